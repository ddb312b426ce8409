"""Two texts side by side: every line once, in order, with what differs inside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.changes import ComparedLine, ComparedRow, RowKind, Span, compare

LINES = st.one_of(
    st.none(), st.lists(st.sampled_from(["甲", "甲乙", "甲乙丙丁", "", "x 12"])).map("\n".join)
)


def drawn(rows: list[ComparedRow]) -> list[str]:
    """Return the rows as `1 甲|2 甲[乙]`, what differs in brackets."""

    def side(line: ComparedLine | None) -> str:
        if line is None:
            return "-"
        text = "".join(f"[{item.text}]" if item.is_changed else item.text for item in line.spans)
        return f"{line.number} {text}"

    return [f"{row.kind} {side(row.left)}|{side(row.right)}" for row in rows]


def test_equal_texts_have_equal_rows() -> None:
    assert drawn(compare("甲\n\n乙", "甲\n\n乙")) == [
        "未改 1 甲|1 甲",
        "未改 2 |2 ",
        "未改 3 乙|3 乙",
    ]


def test_the_words_that_differ_are_marked() -> None:
    (row,) = compare("在 30 日内退还现金价值。", "在 15 日内退还现金价值。")

    assert row.kind is RowKind.CHANGED
    assert row.left is not None
    assert row.left.spans == (
        Span("在 ", False),
        Span("30", True),
        Span(" 日内退还现金价值。", False),
    )
    assert row.right is not None
    assert row.right.spans[1] == Span("15", True)


def test_lines_that_have_little_in_common_are_removed_and_added() -> None:
    assert drawn(compare("一\n收齐代办材料\n二", "一\n核对来电身份\n二")) == [
        "未改 1 一|1 一",
        "删除 2 [收齐代办材料]|-",
        "新增 -|2 [核对来电身份]",
        "未改 3 二|3 二",
    ]


def test_a_line_that_was_inserted_does_not_shift_the_changed_one() -> None:
    assert drawn(compare("记下新地址。\n完", "另加的一行字\n记下旧地址。\n完")) == [
        "新增 -|1 [另加的一行字]",
        "修改 1 记下[新]地址。|2 记下[旧]地址。",
        "未改 2 完|3 完",
    ]


def test_a_new_file_is_added_and_a_deleted_one_removed() -> None:
    assert drawn(compare(None, "甲\n乙")) == ["新增 -|1 [甲]", "新增 -|2 [乙]"]
    assert drawn(compare("甲", None)) == ["删除 1 [甲]|-"]


@given(left=LINES, right=LINES)
def test_every_line_stands_in_its_column_once_in_order(left: str | None, right: str | None) -> None:
    rows = compare(left, right)
    for text, side in (
        (left, [row.left for row in rows if row.left]),
        (right, [row.right for row in rows if row.right]),
    ):
        lines = [] if text is None else text.split("\n")
        assert ["".join(span.text for span in line.spans) for line in side] == lines
        assert [line.number for line in side] == list(range(1, len(lines) + 1))


@given(left=LINES, right=LINES)
def test_a_row_is_called_after_the_sides_that_it_has(left: str | None, right: str | None) -> None:
    for row in compare(left, right):
        assert (row.left is None) == (row.kind is RowKind.ADDED)
        assert (row.right is None) == (row.kind is RowKind.REMOVED)
        if row.left and row.right:
            assert (row.left.spans == row.right.spans) == (row.kind is RowKind.SAME)
