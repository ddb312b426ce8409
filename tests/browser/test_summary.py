"""The summary of a call, and its text for the ticket."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk
from tests.web.site import TODAY, Site

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
TITLE = "退保申请材料"
OTHER, OTHER_TITLE = "断保", "保单效力中止（断保）"


def test_the_summary_lists_what_was_shown_and_how(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.tick(3)
    desk.enter_answer(OTHER)
    desk.tick(1)
    desk.page.locator("select[name='地区']").select_option("深圳")
    desk.wait_for_address("地区=深圳")
    revision = desk.page.locator("article").get_attribute("data-revision") or ""
    desk.page.locator("#kb_main").focus()
    listed = desk.open_summary().locator("ol li")

    expect(listed).to_have_count(2)
    expect(listed.nth(0)).to_contain_text(f"{TITLE}：第3步")
    expect(listed.nth(1)).to_contain_text(f"{OTHER_TITLE}：第1步")
    expect(listed.nth(1)).to_contain_text(f"修订 {revision[:12]}，按 {TODAY}")
    expect(listed.nth(1)).to_contain_text("地区=深圳")


def test_duties_are_open_until_their_step_is_ticked(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    duty = desk.page.locator(".step[value='3'] .block[data-kind='复述'] .words").inner_text()
    desk.page.locator("#kb_main").focus()
    desk.tick(1)
    summary = desk.open_summary()
    expect(summary.locator("ul li", has_text=duty)).to_contain_text(f"复述 {duty} {TITLE} 第3步")
    desk.page.keyboard.press("Escape")
    desk.tick(3)

    expect(desk.open_summary().locator("ol li")).to_have_count(1)
    expect(summary.locator("ul li", has_text=duty)).to_have_count(0)


def test_the_text_for_the_ticket_says_what_was_done_said_and_promised(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.tick(3)
    desk.page.keyboard.press("m")
    desk.page.keyboard.press("p")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")
    desk.open_summary()
    text = desk.page.locator("#kb_ticket").input_value()

    assert text.startswith(f"来电事由：{QUERY}\n规程：{TITLE}（修订 ")
    assert "\n已办：3. 说明退保后保障终止，退的钱怎么算。\n" in text
    assert "\n已告知：退保后保障终止。" in text
    assert "\n材料：退保申请书" in text
    assert f"\n待答：{QUERY}，承诺回复时间：6月1日（周一）18:00前" in text
    desk.page.get_by_role("button", name="复制小结").click()
    desk.wait_for_copied(text)


def test_the_command_line_shows_the_steps_of_an_entry_again(desk: BrowserDesk, site: Site) -> None:
    desk.open(f"/?q={QUERY}&办理人=本人")
    desk.page.locator("#kb_main").focus()
    desk.tick(1)
    (entry,) = json.loads(desk.page.evaluate("sessionStorage.getItem('kb.call')"))["entries"]
    command = [sys.executable, "-m", "kb.cli", "show", entry["id"], "--json"]
    command += ["--revision", entry["revision"], "--on", entry["day"]]
    for given in entry["given"]:
        command += ["--set", given]
    environment = {**os.environ, "KB_DATA_DIR": str(site.settings.data_dir)}
    printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    steps = [step for step in json.loads(printed)["steps"] if step["state"] != "folded"]
    assert entry["given"] == ["办理人=本人"]
    assert len(json.loads(printed)["steps"]) > len(steps)
    assert [(step["number"], step["text"]) for step in steps] == [
        (step["number"], step["text"]) for step in entry["steps"]
    ]
