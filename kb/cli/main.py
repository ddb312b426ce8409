"""Assembles the commands, and turns errors raised on purpose into a message and an exit code."""

from __future__ import annotations

import sys

import typer

from kb.cli.check import check
from kb.cli.evaluate import evaluate
from kb.cli.index import index
from kb.cli.new import new
from kb.cli.search import search
from kb.cli.serve import serve
from kb.cli.show import show
from kb.errors import KbError

app = typer.Typer(
    name="kb",
    help="保险客服知识库：检查内容、建立索引、检索、查看规程、启动网页。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (serve, check, index, search, show, evaluate, new):
    name = "eval" if command is evaluate else command.__name__
    app.command(name=name)(command)


def main() -> None:
    """Run the command line; an error raised on purpose ends with its message and exit code 2."""
    try:
        app()
    except KbError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(2)
