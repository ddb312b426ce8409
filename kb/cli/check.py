"""`kb check`: every fault of the content at once."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.checking import check_content
from kb.cli.common import JsonOption, print_json
from kb.clock import read_day, shanghai_today
from kb.content import Fault, read_content_files
from kb.indexing import dictionary_dir
from kb.search.dictionary import open_dictionary
from kb.settings import read_settings

_SEVERITY = {"error": "错误", "warning": "提醒"}


def check(
    json_output: JsonOption = False,
    on: Annotated[str, typer.Option("--on", help="把哪一天当作今天，如 2026-01-01。")] = "",
) -> None:
    """检查全部内容：格式、引用、条件、版本、个人信息、客户原话能否搜到。有错误时退出码为 1。"""
    settings = read_settings()
    files = read_content_files(settings.content_folder)
    dictionary = open_dictionary(dictionary_dir(settings.index_dir))
    faults = check_content(files, read_day(on) or shanghai_today(), dictionary)
    if json_output:
        print_json({"faults": [fault.as_json() for fault in faults]})
    else:
        _print_faults(faults, len(files))
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(1)


def _print_faults(faults: list[Fault], files: int) -> None:
    for fault in faults:
        print(
            f"{fault.file}:{fault.line}:{fault.column}: {_SEVERITY[fault.severity]} [{fault.code}] "
            f"{fault.message}\n    改法：{fault.fix}"
        )
    errors = sum(fault.severity == "error" for fault in faults)
    print(f"检查了 {files} 个文件：{errors} 个错误，{len(faults) - errors} 个提醒。")
