"""YAML keeps the author's spelling and refuses every trap, with the line it stands on."""

from __future__ import annotations

import pytest

from kb.content.reading.strict_yaml import MAX_BYTES, MAX_DEPTH, YamlList, YamlMap, parse_yaml
from tests.content_samples import collector, places


def read(text: str, first_line: int = 1) -> tuple[YamlMap, list[tuple[str, int]]]:
    faults = collector()
    return parse_yaml(text, faults, first_line), places(faults.faults)


@pytest.mark.parametrize(
    "spelling", ["no", "010", "1:30", "~", "1e3", "0x1F", "2026-01-01", "null"]
)
def test_a_plain_scalar_keeps_its_spelling(spelling: str) -> None:
    node, faults = read(f"answer: {spelling}")
    assert node.text("answer") == spelling
    assert faults == []


def test_nested_maps_and_lists_keep_order_and_lines() -> None:
    node, faults = read("b: 1\na:\n  - x\n  - [y, z]\nc: {d: e}")
    assert list(node.entries) == ["b", "a", "c"]
    assert node.key_lines == {"b": 1, "a": 2, "c": 5}
    items = node.entries["a"]
    assert isinstance(items, YamlList)
    assert [item.line for item in items.items] == [3, 4]
    assert faults == []


def test_text_and_texts_return_nothing_for_other_kinds_of_node() -> None:
    node, _ = read("a: [x, {y: z}]\nb: {c: d}")
    assert node.text("a") == ""
    assert node.text("absent") == ""
    assert node.texts("a") == ("x",)
    assert node.texts("b") == ()


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_document_is_an_empty_map_without_fault(text: str) -> None:
    assert read(text) == (YamlMap(line=1), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\nb: *x", "yaml-alias"),
        ("a: 1\nb: &x 2", "yaml-alias"),
        ("a: 1\nb: [&x y, z]", "yaml-alias"),
        ("a: 1\nb: !!str 2", "yaml-tag"),
        ('a: 1\nb: "x\\0y"', "encoding"),
        ('a: 1\nb: ["\\u0007"]', "encoding"),
        ('a: 1\n"\\u2028": 2', "encoding"),
        ("a: 1\nb: !custom {c: d}", "yaml-tag"),
        ("a: 1\n!!python/name:os.system b: 2", "yaml-tag"),
        ("a: 1\na: 2", "yaml-duplicate-key"),
        ("a: 1\n[b]: 2", "yaml-syntax"),
        ("a: 1\nb: c: d", "yaml-syntax"),
        ("a:\n\tb: c", "yaml-syntax"),
    ],
)
def test_a_trap_is_a_fault_on_its_own_line(text: str, code: str) -> None:
    assert read(text)[1] == [(code, 2)]


def test_the_first_of_two_equal_keys_wins_and_the_fault_names_its_line() -> None:
    faults = collector()
    node = parse_yaml("a: 1\nb: 2\na: 3", faults)
    assert node.text("a") == "1"
    assert [(fault.code, fault.line) for fault in faults.faults] == [("yaml-duplicate-key", 3)]
    assert "第 1 行" in faults.faults[0].message


def test_a_merge_key_is_only_a_key() -> None:
    node, faults = read("<<: {a: b}")
    assert (list(node.entries), faults) == (["<<"], [])


def test_lines_are_counted_from_the_first_line_given() -> None:
    node, faults = read("a: 1\nb: *x", first_line=10)
    assert faults == [("yaml-alias", 11)]
    assert node == YamlMap(line=10)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 3000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_a_fault_and_never_a_crash(opening: str, depth: int) -> None:
    text = opening * depth if opening == "- " else "a: " + opening * depth
    assert read(text)[1] == [("yaml-depth", 1)]


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))[1] == []


def test_a_text_over_the_size_limit_is_refused_by_its_bytes() -> None:
    fits = "# " + "x" * (MAX_BYTES - 2)
    assert read(fits)[1] == []
    assert read(fits + "x")[1] == [("yaml-size", 1)]
    assert read("# " + "保" * (MAX_BYTES // 3))[1] == [("yaml-size", 1)]


@pytest.mark.parametrize("text", ["- a\n- b", "only words", "[a]"])
def test_a_document_that_is_no_map_is_a_fault(text: str) -> None:
    assert read(text) == (YamlMap(line=1), [("yaml-syntax", 1)])


@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_unclosed_quote_is_reported_on_the_line_where_it_opens(quote: str) -> None:
    assert read(f"a: 1\nb: {quote}open\nc: 3\nd: 4")[1] == [("yaml-syntax", 2)]


@pytest.mark.parametrize("text", ["a: 1\n...\nb: 2", "a: 1\n---\nb: 2", "{a: 1}\njunk ]"])
def test_text_after_the_document_is_a_fault_instead_of_vanishing(text: str) -> None:
    assert [code for code, _ in read(text)[1]] == ["yaml-syntax"]


def test_unicode_line_separators_do_not_move_the_lines_of_faults() -> None:
    assert read("a: x\u2028\u2029\u0085y\nb: *z")[1] == [("yaml-alias", 2)]


def test_a_control_character_is_reported_on_its_own_line() -> None:
    assert read("a: 1\nb: x\x86y")[1] == [("yaml-syntax", 2)]
