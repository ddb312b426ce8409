"""`kb exam import`: what was read as a table, as JSON, and as a draft."""

from __future__ import annotations

from pathlib import Path

from tests.kb.cli.commands import Shell, assert_refused

PAPER = """一、单选题（共2题，每题2分）
1.先做什么？
A.核身
B.挂断
答案：A
二、判断题
1.可以承诺结果。（×）
三、简答题（每题5分）
1.客户说：
"""
ITEM_KEYS = {
    *("type", "section", "number", "context", "stem", "options", "answer"),
    *("explanation", "points", "line", "complete"),
}


def paper_in(folder: Path, text: str = PAPER) -> str:
    """Write a paper and return its path."""
    path = folder / "Test Paper.txt"
    path.write_bytes(text.encode("gb18030"))
    return str(path)


def test_json_has_the_items_and_the_problems(shell: Shell, tmp_path: Path) -> None:
    finished = shell.run("exam", "import", paper_in(tmp_path), "--dry-run", "--json")
    assert finished.code == 0
    assert set(finished.json) == {"items", "problems"}
    choice, verdict, question = finished.json["items"]
    assert set(choice) == ITEM_KEYS
    assert choice["type"] == "single_choice"
    assert choice["options"] == [{"letter": "A", "text": "核身"}, {"letter": "B", "text": "挂断"}]
    assert (choice["answer"], choice["points"], choice["complete"]) == (["A"], 2, True)
    assert (verdict["type"], verdict["answer"], verdict["line"]) == ("true_false", False, 7)
    assert (question["answer"], question["complete"]) == (None, False)
    assert finished.json["problems"][0] == {
        "line": 1,
        "message": "单选题：标明2题，读到1题：缺第2题。",
    }


def test_a_dry_run_lists_what_was_read(shell: Shell, tmp_path: Path) -> None:
    finished = shell.run("exam", "import", paper_in(tmp_path), "--dry-run", COLUMNS="150")
    assert finished.code == 0
    assert "读到 3 题，其中 2 题完整。" in finished.output
    assert "第 1 行 单选题：标明2题，读到1题：缺第2题。" in finished.output


def test_a_draft_is_printed_or_written(shell: Shell, tmp_path: Path) -> None:
    path, out = paper_in(tmp_path), tmp_path / "phone-test.md"
    printed = shell.run("exam", "import", path)
    assert printed.output.startswith("---\nid: test-paper\n")
    written = shell.run("exam", "import", path, "--out", str(out))
    assert (written.code, written.output) == (0, f"已写出 {out}，3 题。\n")
    assert "## 判断 {#phone-test-2}" in out.read_text("utf-8")


def test_what_is_no_paper_becomes_no_draft(shell: Shell, tmp_path: Path) -> None:
    path = paper_in(tmp_path, "一、目的\n1、规范接听。\n2、提高满意度。\n")
    dry = shell.run("exam", "import", path, "--dry-run", "--json")
    assert (dry.code, dry.json["items"]) == (0, [])
    assert "不是试卷" in dry.json["problems"][0]["message"]
    assert_refused(shell.run("exam", "import", path), "不是试卷，没有写草稿")


def test_a_file_that_cannot_be_read_is_refused(shell: Shell, tmp_path: Path) -> None:
    renamed = tmp_path / "试卷.docx"
    renamed.write_bytes(b"%PDF-1.7\n")
    assert_refused(shell.run("exam", "import", str(renamed), "--json"), "这是 PDF")
    assert_refused(shell.run("exam", "import", str(tmp_path / "none.txt")), "none.txt")
