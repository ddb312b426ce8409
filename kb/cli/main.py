"""Assembles the commands, and turns errors raised on purpose into a message and an exit code."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from kb.cli.audit import list_entries, verify
from kb.cli.calibrate import calibrate
from kb.cli.check import check
from kb.cli.evaluate import evaluate
from kb.cli.exam import confirm, show_coverage, stale
from kb.cli.exam_export import export_exam
from kb.cli.exam_import import import_paper
from kb.cli.exam_link import link
from kb.cli.export import export
from kb.cli.feedback import feedback
from kb.cli.gaps import gaps
from kb.cli.index import index
from kb.cli.init import init
from kb.cli.new import new
from kb.cli.report import report
from kb.cli.search import search
from kb.cli.serve import serve
from kb.cli.show import show
from kb.cli.user import add, disable, list_accounts
from kb.errors import KbError
from kb.privacy import mask_logs

_HELP = "显示用法后退出。"


class _Command(TyperCommand):
    """A command whose help option speaks Chinese."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_chinese(super().get_help_option(ctx))


class _Group(TyperGroup):
    """The group of all commands, likewise."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_chinese(super().get_help_option(ctx))


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = _HELP
    return option


app = typer.Typer(
    name="kb",
    cls=_Group,
    help="保险客服知识库：检查内容、建立索引、检索、查看规程、启动网页。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    serve,
    init,
    check,
    index,
    search,
    show,
    evaluate,
    calibrate,
    gaps,
    feedback,
    report,
    export,
    new,
):
    name = "eval" if command is evaluate else command.__name__
    app.command(name=name, cls=_Command)(command)

user = typer.Typer(name="user", cls=_Group, help="账号：开账号、停用、列出。", no_args_is_help=True)
user.command("add", cls=_Command)(add)
user.command("disable", cls=_Command)(disable)
user.command("list", cls=_Command)(list_accounts)
app.add_typer(user)
audit = typer.Typer(name="audit", cls=_Group, help="审计记录：核对、列出。", no_args_is_help=True)
audit.command("verify", cls=_Command)(verify)
audit.command("list", cls=_Command)(list_entries)
app.add_typer(audit)
exam = typer.Typer(
    name="exam", cls=_Group, help="考题：读入、导出、关联、待复核、覆盖。", no_args_is_help=True
)
exam.command("import", cls=_Command)(import_paper)
exam.command("export", cls=_Command)(export_exam)
exam.command("link", cls=_Command)(link)
exam.command("stale", cls=_Command)(stale)
exam.command("coverage", cls=_Command)(show_coverage)
exam.command("confirm", cls=_Command)(confirm)
app.add_typer(exam)


def main() -> None:
    """Run the command line; an error raised on purpose ends with its message and exit code 2."""
    mask_logs()
    arguments = sys.argv[1:] or ["--help"]
    try:
        sys.exit(app(arguments, standalone_mode=False))
    except (KbError, OSError) as error:
        _fail(f"错误：{error}")
    except typer.Abort:
        _fail("错误：已中断。")
    except TyperException as error:
        _fail(f"错误：命令写法不对（{error}）。加 --help 查看用法。")


def _fail(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(2)
