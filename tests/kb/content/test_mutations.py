"""Every fault class is found in every procedure of the real pack, on the damaged line.

Each file is damaged once for each fault code, in memory. The check must report that code on that
file and line, without a traceback, and no other file may gain an error except links that the
damage broke. The intact pack must have no error.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest

import kb.content
from kb.content import Fault, check_pack
from tests.kb.content.mutations.body import BODY_MUTATIONS
from tests.kb.content.mutations.damage import TODAY, Damage, Mutation
from tests.kb.content.mutations.header import HEADER_MUTATIONS
from tests.kb.content.mutations.real_pack import (
    faults_after,
    intact_files,
    intact_pack,
    neighbours,
    procedure_id_of,
    procedure_texts,
)

MUTATIONS: dict[str, Mutation] = {**HEADER_MUTATIONS, **BODY_MUTATIONS}
"""`code` or `code/variant` → the damage that must be reported under that code."""

OF_DATA_FILES = "stands in reference data only; tested with the file's own reader"
OF_EXAMS = "stands in exam files only; tested in test_exam_file and test_exam_check"
OF_THE_LEXICON = "stands in the lexicon only; tested in test_lexicon_check"
UNREACHABLE = {
    "word-unusable": OF_THE_LEXICON,
    "word-repeated": OF_THE_LEXICON,
    "word-is-filler": OF_THE_LEXICON,
    "foreign-is-ours": OF_THE_LEXICON,
    "synonym-circle": OF_THE_LEXICON,
    "synonym-useless": OF_THE_LEXICON,
    "polyphone-syllable": OF_THE_LEXICON,
    "polyphone-too-long": OF_THE_LEXICON,
    "outside-repeats": "stands in the lexicon only; tested in test_taught_lines",
    "heard-repeated": "stands in heard lines only; tested in test_taught_lines",
    "heard-without-procedure": "needs heard lines alone; tested in test_taught_lines",
    "says-shared": "needs the words of another procedure; tested in test_taught_lines",
    "register-value": OF_DATA_FILES,
    "vocabulary-value": OF_DATA_FILES,
    "lexicon-value": OF_DATA_FILES,
    "outside-value": OF_DATA_FILES,
    "calendar-value": OF_DATA_FILES,
    "desk-value": OF_DATA_FILES,
    "phrase-without-words": "stands in the file of the desk; tested in test_desk_check",
    "file-missing": OF_DATA_FILES,
    "exam-heading": OF_EXAMS,
    "exam-stem": OF_EXAMS,
    "exam-field": OF_EXAMS,
    "exam-answer": OF_EXAMS,
    "exam-pin": OF_EXAMS,
    "exam-id-repeated": OF_EXAMS,
    "exam-pin-unconfirmed": OF_EXAMS,
    "exam-pin-missing": OF_EXAMS,
    "exam-explanation-missing": OF_EXAMS,
    "exam-part-gone": OF_EXAMS,
    "yaml-size": "a procedure file meets file-size first; tested in test_strict_yaml",
}


def objections(path: str, code: str, damage: Damage, faults: Collection[Fault]) -> list[str]:
    """Return what is wrong with `faults`, those after `damage` to the file at `path`."""
    damaged_path, last_line = damage.path or path, damage.text.count("\n") + 1
    own = [(fault.code, fault.line) for fault in faults if fault.file == damaged_path]
    wrong = [] if (code, damage.line) in own else [f"line {damage.line} not in {own}"]
    wrong += [f"line {line} of {last_line}" for _, line in own if not 1 <= line <= last_line]
    wrong += [
        str(fault)
        for fault in faults
        if fault.file != damaged_path and fault.severity == "error"
        if fault.code != "link-broken" or procedure_id_of(path) not in fault.message
    ]
    return [f"{path}: {objection}" for objection in wrong]


def test_the_intact_pack_has_no_errors() -> None:
    faults = check_pack(intact_pack(), intact_files(), TODAY)
    assert [fault for fault in faults if fault.severity == "error"] == []


@pytest.mark.parametrize(("number", "name"), list(enumerate(MUTATIONS)))
def test_a_damage_to_a_file_is_reported_where_it_lies_and_nowhere_else(
    number: int, name: str
) -> None:
    found: list[str] = []
    # A third of the files for each mutation, another third for the next.
    for path, text in list(procedure_texts().items())[number % 3 :: 3]:
        if damage := MUTATIONS[name](text):
            faults = faults_after(path, damage, neighbours(path))
            found += objections(path, name.partition("/")[0], damage, faults)
    assert found == []


@pytest.mark.parametrize(("number", "name"), list(enumerate(MUTATIONS)))
def test_a_damage_to_one_file_leaves_the_whole_pack_as_it_was(number: int, name: str) -> None:
    texts = procedure_texts()
    damages = [(path, damage) for path, text in texts.items() if (damage := MUTATIONS[name](text))]
    path, damage = damages[number % len(damages)]
    faults = faults_after(path, damage, texts)
    assert objections(path, name.partition("/")[0], damage, faults) == []


def codes_in_source() -> set[str]:
    """Return every fault code that `kb/content` spells: directly, through a parameter, computed."""
    codes: set[str] = set()
    for module in Path(kb.content.__file__).parent.rglob("*.py"):
        source = module.read_text()
        codes |= set(re.findall(r'\.(?:error|warning)\(\s*[^",]+,\s*"([a-z-]+)"', source))
        codes |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
        codes |= {f"{name}-too-long" for name in re.findall(r'"(\w+)", max_chars=', source)}
    return codes


def test_the_codes_are_found_in_the_source_however_they_are_spelled() -> None:
    spelled = {"encoding", "yaml-syntax", "steps-missing", "block-unknown", "title-too-long"}
    assert spelled | {"review-passed", "link-broken"} <= codes_in_source()


def test_every_fault_code_has_a_mutation_or_a_reason() -> None:
    covered = {name.partition("/")[0] for name in MUTATIONS}
    assert covered.isdisjoint(UNREACHABLE)
    assert covered | set(UNREACHABLE) == codes_in_source()


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_damages_at_least_one_file(name: str) -> None:
    assert any(MUTATIONS[name](text) for text in procedure_texts().values())


def test_a_damage_that_goes_unreported_is_an_objection() -> None:
    """Shows the gate failing: an intact file has none of the faults that a damage must have."""
    path, text = next(iter(procedure_texts().items()))
    intact = Damage(text, 1)
    faults = faults_after(path, intact, procedure_texts())
    assert objections(path, "yaml-syntax", intact, faults) == [f"{path}: line 1 not in []"]
