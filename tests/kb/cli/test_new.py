"""`kb new`: a template whose only faults are its blanks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kb.content import DATA_FILES
from kb.content.desk import DESK_FILE
from kb.content.lexicon import SYNONYMS_FILE
from kb.content.template import BLANK
from kb.settings import PACKAGED_CONTENT
from tests.dictionaries import lay_dictionary
from tests.kb.cli.commands import CommandServer, Shell, assert_refused

BLANK_CODES = {"blank-left", "header-missing", "says-too-few"}
FILLED = {
    "title:": "title: 理赔报案",
    "summary:": "summary: 报案由知情人打电话登记，核身后告知后续材料。",
    "owner:": "owner: 理赔运营",
    "says: []": "says: [要报个案子, 怎么报理赔, 住院了要报案, 出事了找谁, 想申请理赔, 摔伤能赔吗]",
}


@pytest.fixture
def shell(tmp_path: Path, server: CommandServer) -> Shell:
    """Return a shell over the packaged data files without procedures."""
    shell = Shell(tmp_path / "content", tmp_path / "data", server)
    for name in DATA_FILES:
        (shell.content / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGED_CONTENT / name, shell.content / name)
    # What they mean stands in the packaged procedures.
    for name in (SYNONYMS_FILE, DESK_FILE):
        (shell.content / name).write_text("# 还没有\n", encoding="utf-8")
    (shell.content / "procedures").mkdir()
    lay_dictionary(shell.data / "index")
    return shell


def fill(text: str) -> str:
    """Return the template with every blank filled."""
    for blank, filled in FILLED.items():
        text = re.sub(f"^{re.escape(blank)}$", filled, text, flags=re.MULTILINE)
    return re.sub(f"{BLANK}[^）]*）", "按公司公示办理", text)


def test_the_only_faults_of_the_template_are_its_blanks_and_filled_it_has_none(
    shell: Shell,
) -> None:
    made = shell.run("new", "claim-report", "--category", "理赔")
    path = shell.content / "procedures/理赔/claim-report.md"
    assert (made.code, made.errors) == (0, "")
    assert str(path) in made.output
    blank = shell.run("check", "--json")
    assert blank.code == 1
    assert {fault["code"] for fault in blank.json["faults"]} == BLANK_CODES
    path.write_text(fill(path.read_text(encoding="utf-8")), encoding="utf-8")
    filled = shell.run("check", "--json")
    assert (filled.code, filled.json) == (0, {"faults": []})


def test_without_a_category_the_first_one_is_taken(shell: Shell) -> None:
    assert shell.run("new", "claim-report").code == 0
    (path,) = shell.content.rglob("claim-report.md")
    assert path.parent.name == "续期缴费"


def test_an_existing_procedure_is_never_overwritten(shell: Shell) -> None:
    path = shell.content / "procedures/保全/claim-report.md"
    path.parent.mkdir()
    path.write_text("kept", encoding="utf-8")
    refused = shell.run("new", "claim-report", "--category", "理赔")
    assert_refused(refused, "procedures/保全/claim-report.md")
    assert path.read_text(encoding="utf-8") == "kept"
    assert not (shell.content / "procedures/理赔").exists()


@pytest.mark.parametrize("name", ["Claim", "../claim", "理赔", "claim report"])
def test_an_id_in_another_spelling_is_refused(shell: Shell, name: str) -> None:
    assert_refused(shell.run("new", name), name, "claim-report")
    assert list(shell.content.rglob("*.md")) == []


def test_an_unknown_category_is_refused_with_the_nearest(shell: Shell) -> None:
    assert_refused(shell.run("new", "claim-report", "--category", "理陪"), "理陪", "理赔")
