"""What is offered at each kind of place, and what choosing it writes."""

from __future__ import annotations

import pytest

from kb.content import BLOCK_KINDS, HEADER_FIELDS, NOTE_KINDS, ROUTE_KINDS
from kb.editing import Completion, Surroundings, check_text, complete, read_surroundings
from kb.editing.header_completion import FIELD_NAMES
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.kb.editing.test_faults import TODAY

CURSOR = "▌"
"""Where the cursor stands."""


@pytest.fixture(scope="module")
def surroundings() -> Surroundings:
    return read_surroundings(sample_files())


def at_cursor(text: str, surroundings: Surroundings, path: str = SAMPLE_PATH) -> Completion:
    """Return the completion at the mark."""
    before, after = text.split(CURSOR)
    line = before.count("\n") + 1
    column = len(before.rpartition("\n")[2]) + 1
    return complete(path, before + after, line, column, surroundings)


def written(text: str, surroundings: Surroundings, label: str) -> str:
    """Return the line that choosing a candidate makes of the cursor's line."""
    completion = at_cursor(text, surroundings)
    (chosen,) = [item for item in completion.candidates if item.label == label]
    before, after = text.split(CURSOR)
    kept = before.rpartition("\n")[2][: completion.column - 1]
    return kept + chosen.insert + after.partition("\n")[0]


def labels(text: str, surroundings: Surroundings) -> list[str]:
    """Return what is offered at the mark."""
    return [item.label for item in at_cursor(text, surroundings).candidates]


def in_step(words: str) -> str:
    """Return the sample with a block that ends in `words`."""
    return changed("   - 必记: 报出的后几位\n", f"   - 必记: 报出的后几位\n{words}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed("category: 保全", f"category: {CURSOR}"), ["保全", "理赔"]),
        (changed("category: 保全", f"category: 理{CURSOR}"), ["理赔"]),
        (changed("products: [寿险]", f"products: [寿险, 定{CURSOR}"), ["定期寿险"]),
        (changed("channels: [电话]", f"channels: [{CURSOR}]"), ["电话", "柜面"]),
        (
            changed("  channels: [电话]", f"  regions:\n    - 广{CURSOR}"),
            ["广东", "广州"],
        ),
        (
            changed("  products: [寿险]\n  channels: [电话]\n", "").replace(
                "applies:\n", f"applies: {{products: [寿险], channels: [柜{CURSOR}]}}\n"
            ),
            ["柜面"],
        ),
        (
            changed("related: [address-change]", f"related: [{CURSOR}]"),
            ["address-change", "contact-change"],
        ),
        (
            changed("related: [address-change]", f"related:\n  - 地址{CURSOR}"),
            ["address-change"],
        ),
        (changed("related: [", f"replaced_by: addr{CURSOR}\nrelated: ["), ["address-change"]),
        (changed("owner: 保全运营", f"owner: 保{CURSOR}"), []),
        (changed("  - 我换号码了", f"  - 我{CURSOR}"), []),
    ],
)
def test_header_values_come_from_the_vocabulary_and_the_procedures(
    surroundings: Surroundings, text: str, expected: list[str]
) -> None:
    assert labels(text, surroundings) == expected


def test_fields_are_offered_that_the_header_has_not(surroundings: Surroundings) -> None:
    text = changed("owner: 保全运营\n", f"{CURSOR}\n")
    assert labels(text, surroundings) == ["owner", "effective_until", "replaced_by"]
    assert written(text, surroundings, "owner") == "owner: "


def test_every_field_of_the_header_is_explained() -> None:
    assert set(FIELD_NAMES) == set(HEADER_FIELDS)


@pytest.mark.parametrize(
    ("words", "label", "line"),
    [
        ("   - ▌", "必说", "   - 必说: "),
        ("   - 话▌", "话术", "   - 话术: "),
        ("   - 必说: 见〔▌", "示例法", "   - 必说: 见〔示例法§"),
        ("   - 必说: 见〔示例▌〕", "公司规定", ""),
        ("   - 必说: 见〔公▌〕。", "公司规定", "   - 必说: 见〔公司规定〕。"),
        ("   - 必说: 见〔示例法§▌", "示例法§16", "   - 必说: 见〔示例法§16〕"),
        ("   - 必说: 见〔示例法§1▌〕", "示例法§16", "   - 必说: 见〔示例法§16〕"),
        ("   - 必说: 见〔示例法§16第▌", "示例法§16第2款", "   - 必说: 见〔示例法§16第2款〕"),
        ("   - 必说: 见[▌", "变更联系地址", "   - 必说: 见[变更联系地址](address-change)"),
        ("   - 必说: 见[地](▌)", "address-change", "   - 必说: 见[地](address-change)"),
        (
            "   - 必说: 见[地](address-change#▌",
            "collect",
            "   - 必说: 见[地](address-change#collect)",
        ),
        ("   - 必说: 话 {▌}", "办理人", "   - 必说: 话 {办理人=}"),
        ("   - 必说: 话 {办理人=▌}", "代办", "   - 必说: 话 {办理人=代办}"),
        ("   - 必说: 话 {地区=北京|深▌", "深圳", "   - 必说: 话 {地区=北京|深圳"),
        ("   - 必说: 话 {办理人=代办 核▌", "核身", "   - 必说: 话 {办理人=代办 核身="),
        ("5. 收尾。 {#end 需▌}", "需核身", "5. 收尾。 {#end 需核身}"),
        ("## 所▌", "所需材料", ""),
    ],
)
def test_a_candidate_writes_what_was_begun(
    surroundings: Surroundings, words: str, label: str, line: str
) -> None:
    text = in_step(words)
    if line:
        assert written(text, surroundings, label) == line
    else:
        assert label not in labels(text, surroundings)


def test_laws_not_in_force_on_the_versions_day_are_not_offered(surroundings: Surroundings) -> None:
    assert labels(in_step("   - 必说: 〔" + CURSOR), surroundings) == [
        "示例法",
        "示例标准",
        "公司规定",
        "合同约定",
    ]
    earlier = in_step("   - 必说: 〔" + CURSOR).replace("2026-01-01", "2005-01-01")
    assert labels(earlier, surroundings)[0] == "旧示例法"


def test_a_law_is_found_by_its_full_title_and_an_article_by_its_note(
    surroundings: Surroundings,
) -> None:
    assert labels(in_step("   - 必说: 〔标准全称" + CURSOR), surroundings) == ["示例标准"]
    candidates = at_cursor(in_step("   - 必说: 〔示例法§" + CURSOR), surroundings).candidates
    assert [item.detail for item in candidates] == ["只收必要的信息。", "代办要有委托书。"]


def test_anchors_of_the_text_itself_are_offered_as_it_is_now(surroundings: Surroundings) -> None:
    text = in_step("   - 必说: 见[上](contact-change#re" + CURSOR).replace("{#read-out", "{#recite")
    assert "recite" in labels(text, surroundings)


@pytest.mark.parametrize(
    ("section", "mark", "kinds"),
    [
        ("合规提示", "- ", NOTE_KINDS),
        ("升级与转办", "- ", ROUTE_KINDS),
        ("办理步骤", "   - ", BLOCK_KINDS),
    ],
)
def test_the_kinds_are_those_of_the_section(
    surroundings: Surroundings, section: str, mark: str, kinds: tuple[str, ...]
) -> None:
    text = changed(f"## {section}\n", f"## {section}\n{mark}{CURSOR}\n")
    assert tuple(labels(text, surroundings)) == kinds


def test_a_condition_cell_of_a_table_takes_conditions(surroundings: Surroundings) -> None:
    material = changed("| 变更申请书 | | 投保人", f"| 变更申请书 | 办{CURSOR} | 投保人")
    assert labels(material, surroundings) == ["办理人"]
    value = changed("| 变更申请书 | | 投保人", f"| 变更申请书 | 号码状态={CURSOR} | 投保人")
    assert labels(value, surroundings) == ["在用", "停用"]
    requirement = changed("投保人签名〔公司规定〕", f"投保人签{CURSOR}名〔公司规定〕")
    assert labels(requirement, surroundings) == []
    deadline = changed("| 〔公司规定〕 | |", f"| 〔公司规定〕 | {CURSOR} |")
    assert labels(deadline, surroundings)[0] == "办理人"


def test_verification_is_offered_on_steps_alone(surroundings: Surroundings) -> None:
    assert "需核身" not in labels(in_step("   - 必说: 话 {" + CURSOR), surroundings)
    assert "需核身" in labels(in_step("5. 收尾。 {" + CURSOR), surroundings)


def test_a_section_is_offered_once(surroundings: Surroundings) -> None:
    text = changed("## 升级与转办", f"## {CURSOR}")
    assert labels(text, surroundings) == ["升级与转办"]


def test_columns_count_characters(surroundings: Surroundings) -> None:
    completion = at_cursor(in_step("   - 必说: 𠮷〔示" + CURSOR), surroundings)
    assert completion.column == len("   - 必说: 𠮷〔") + 1


@pytest.mark.parametrize(
    ("line", "column"), [(0, 1), (1, 0), (10_000, 1), (-1, -1), (1, 1), (3, 10_000)]
)
def test_a_place_that_says_nothing_has_no_candidates(
    surroundings: Surroundings, line: int, column: int
) -> None:
    assert complete(SAMPLE_PATH, SAMPLE, line, column, surroundings).candidates == ()


@pytest.mark.parametrize("sign", ["a", "{", "〔", "[", "a=", "|", "“", "- "])
def test_an_endless_line_is_not_searched(surroundings: Surroundings, sign: str) -> None:
    for text in (in_step(f"{sign * 100_000}:{CURSOR}"), f"---\n{sign * 100_000}:{CURSOR}"):
        assert at_cursor(text, surroundings).candidates == ()


def test_data_files_are_not_completed(surroundings: Surroundings) -> None:
    assert at_cursor(f"〔{CURSOR}", surroundings, "lexicon/terms.txt").candidates == ()


@pytest.mark.parametrize(
    "text", ["▌", "---▌", "---\n▌", "---\n---\n{▌", "no header\n〔▌", "\ud800〔▌"]
)
def test_a_half_written_file_breaks_nothing(surroundings: Surroundings, text: str) -> None:
    at_cursor(text, surroundings)


def test_what_is_offered_passes_the_check(surroundings: Surroundings) -> None:
    """Citations, links and conditions: each candidate leads somewhere."""
    for words, ending in (
        ("   - 必说: 见〔示例法§▌", ""),
        ("   - 必说: 见[地](address-change#▌", ""),
        ("   - 必说: 话 {来电人=▌", "}"),
    ):
        text = in_step(words)
        for label in labels(text, surroundings):
            line = written(text, surroundings, label) + ending
            faults = check_text(SAMPLE_PATH, in_step(line), surroundings, TODAY)
            assert faults == [], line


def test_no_more_than_fifty_are_offered() -> None:
    files = sample_files()
    linked = files[LINKED_PATH]
    for number in range(60):
        path = LINKED_PATH.replace("address-change", f"other-{number}")
        files[path] = linked.replace(b"id: address-change", f"id: other-{number}".encode())
    many = read_surroundings(files)
    text = changed("related: [address-change]", f"related: [{CURSOR}]")
    assert len(labels(text, many)) == 50
