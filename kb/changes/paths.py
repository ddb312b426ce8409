"""Which files a change set may hold: those that `kb.content` reads, and no others."""

from __future__ import annotations

import re

from kb.content import DATA_FILES, ID_PATTERN
from kb.errors import ChangeInvalid

_MAX_CHARS = 200
_ID = ID_PATTERN.pattern
# A category is a word; with it no path can lead out of its folder, or to a hidden file.
_PROCEDURE = re.compile(rf"procedures/\w+/{_ID}(?:@\d{{4}}-\d{{2}}-\d{{2}})?\.md")
_HEARD = re.compile(rf"heard/{_ID}\.txt")
_EXAM = re.compile(rf"exams/{_ID}\.md")

_SHAPES = (_PROCEDURE, _HEARD, _EXAM)


def check_path(path: str) -> None:
    """Raise ChangeInvalid unless `path` is that of a content file."""
    is_known = path in DATA_FILES or any(shape.fullmatch(path) for shape in _SHAPES)
    if not is_known or len(path) > _MAX_CHARS:
        raise ChangeInvalid(
            "这个路径不是内容文件。规程写成 procedures/分类/编号.md 或 编号@生效日.md，"
            "听到的说法写成 heard/编号.txt，考题写成 exams/编号.md，其余只能是已有的数据文件。"
        )
