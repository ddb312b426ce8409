"""Buttons and keys write parts where they belong; what they write only lacks its blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.content import SECTIONS
from tests.browser.editor.editor import BrowserEditor
from tests.browser.editor.site import KEYS, PARTS, EditorSite
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, line_of, parse

pytestmark = pytest.mark.browser

_WITH_PART = """
async ([text, line, what]) => {
  const { withPart } = await import("/static/editor/insertions.js");
  return withPart(text, line, what);
}
"""
ANCHOR = r"\{#[a-z]+-[a-z0-9]{4}\}"


WithPart = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def module_page(browser: Browser) -> Iterator[Page]:
    """A page on which a module of the editor may be tried alone."""
    site = EditorSite()
    with site.running():
        page = browser.new_page()
        page.goto(site.address)
        yield page
        page.close()


@pytest.fixture
def with_part(module_page: Page) -> WithPart:
    """Give a function that returns what inserting a part at the line of `at` makes of a text."""

    def insert(what: str, at: str, text: str = SAMPLE) -> dict[str, Any]:
        made: dict[str, Any] = module_page.evaluate(_WITH_PART, [text, line_of(at, text), what])
        return made

    return insert


def added(made: dict[str, Any], text: str = SAMPLE) -> list[str]:
    """Return the lines that are new."""
    old = text.split("\n")
    return [line for line in made["text"].split("\n") if line not in old]


def after(made: dict[str, Any], fragment: str) -> str:
    """Return the line before the one with `fragment`."""
    lines = made["text"].split("\n")
    return str(lines[next(row for row, line in enumerate(lines) if fragment in line) - 1])


@pytest.mark.parametrize(
    ("what", "at", "line_before", "written"),
    [
        ("step", "1. 核对来电人身份", "   - 禁说: “随便报个号就行”", rf"2\. （待写：.*） {ANCHOR}"),
        ("step", "   - 必核: 姓名", "   - 禁说: “随便报个号就行”", rf"2\. （待写：.*） {ANCHOR}"),
        ("step", "title:", "4. 登记新号码", rf"5\. （待写：.*） {ANCHOR}"),
        ("block 必说", "   - 必核: 姓名", "   - 必核: 姓名", r"   - 必说: （待写：内容）"),
        ("block 必记", "1. 核对来电人身份", "   - 禁说: “随便报", r"   - 必记: （待写：内容）"),
        ("block 必问", "title:", "4. 登记新号码", r"   - 必问: （待写：内容）"),
        ("material", "| 变更申请书", "| 变更申请书", r"\| （待写：材料名称） \| \| .* \|"),
        ("material", "| 材料 |", "|---|---|---|", r"\| （待写：材料名称） \| \| .* \|"),
        ("material", "title:", "| 授权委托书", r"\| （待写：材料名称） \| \| .* \|"),
        ("deadline", "| 告知结果", "| 告知结果", r"\|( [^|]+ \|){4} \|"),
        (
            "note 禁止",
            "- 必须: 只核对",
            "- 必须: 只核对",
            rf"- 禁止: （待写：.*）〔公司规定〕 {ANCHOR}",
        ),
        ("note 提示", "title:", "- 提示: 深圳", rf"- 提示: （待写：.*）〔公司规定〕 {ANCHOR}"),
    ],
)
def test_a_part_is_written_after_the_one_at_the_cursor_or_last(
    with_part: WithPart, what: str, at: str, line_before: str, written: str
) -> None:
    made = with_part(what, at)
    new = added(made)[0]
    assert re.fullmatch(written, new), new
    assert after(made, new).startswith(line_before)
    assert made["text"][made["select"]["from"] : made["select"]["to"]].startswith("（待写：")


def test_a_follow_up_is_a_question_with_an_answer(with_part: WithPart) -> None:
    made = with_part("follow-up", "登记后当天生效")
    question, answer = added(made)
    assert re.fullmatch(rf"### （待写：.*） {ANCHOR}", question)
    assert answer == "（待写：答句）"
    # The answer at the cursor has two paragraphs.
    assert f"当天没收到短信的，请再来电。\n\n{question}\n{answer}\n\n### 代办人" in made["text"]


def test_steps_are_numbered_anew(with_part: WithPart) -> None:
    made = with_part("step", "2. 报出登记号码")
    numbers = re.findall(r"^(\d+)\. ", made["text"], re.MULTILINE)
    assert numbers == ["1", "2", "3", "4", "5"]
    assert "5. 登记新号码" in made["text"]


@pytest.mark.parametrize("at", ["title:", "1. ", "## 合规提示"])
@pytest.mark.parametrize(("text", "path"), [(SAMPLE, SAMPLE_PATH), (LINKED, LINKED_PATH)])
def test_what_is_written_can_be_read(with_part: WithPart, at: str, text: str, path: str) -> None:
    """Whatever stood there before, and also where the section was missing."""
    before = parse(text, path).procedure
    assert before is not None
    for part in PARTS:
        file = parse(with_part(part, at, text)["text"], path)
        assert file.faults == ()
        assert file.procedure is not None
        assert len(list(file.procedure.parts())) == len(list(before.parts())) + 1


def test_a_block_without_a_step_is_not_written(module_page: Page) -> None:
    text = "---\nid: x\n---\n## 合规提示\n"
    assert module_page.evaluate(_WITH_PART, [text, 1, "block 必说"]) is None


def test_an_anchor_is_never_the_same_again(with_part: WithPart) -> None:
    anchors = [re.findall(ANCHOR, with_part("step", "1. ")["text"]) for _ in range(5)]
    assert all(len(found) == 1 for found in anchors)
    assert len({found[0] for found in anchors}) == 5


def test_the_sections_are_those_of_the_content(module_page: Page) -> None:
    sections = module_page.evaluate(
        "async () => (await import('/static/editor/insertions.js')).SECTIONS"
    )
    assert tuple(sections) == SECTIONS


@pytest.mark.parametrize("part", ["step", "block 禁说"])
@pytest.mark.parametrize("surface", ["rich", "plain"])
def test_button_and_key_do_the_same_and_the_blank_is_typed_over(
    editor: BrowserEditor, part: str, surface: str
) -> None:
    if surface == "plain":
        editor.page.get_by_role("button", name="纯文本").click()
    editor.go_to(line_of("1. 核对来电人身份", SAMPLE))
    editor.page.locator(f"[data-insert='{part}']").click()
    expect(editor.content).to_be_focused()
    editor.type("甲")
    editor.wait_for_text("甲")
    editor.page.keyboard.press(f"Alt+{KEYS[part]}")
    editor.type("乙")
    editor.wait_for_text("乙")
    lines = editor.text.split("\n")
    first = next(row for row, line in enumerate(lines) if "甲" in line)
    assert "乙" in lines[first + 1]
    assert "待写" not in editor.text
