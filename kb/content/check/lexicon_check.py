"""Checks the lexicon's words: that search can use each, and that none contradicts another.

Lines that teach the intent model two things at once are found by `kb.content.check.taught_lines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.content.fault import Fault, FaultCollector
from kb.content.lexicon import (
    FILLERS_FILE,
    FOREIGN_FILE,
    POLYPHONES_FILE,
    PRODUCTS_FILE,
    SYNONYMS_FILE,
    TERMS_FILE,
    Lexicon,
    PlacedWord,
    placed_keys,
    placed_words,
)
from kb.content.pack import ContentFiles, ContentPack, read_text
from kb.content.procedure import Procedure

_TEXT_FILES = (TERMS_FILE, FILLERS_FILE, FOREIGN_FILE, PRODUCTS_FILE)
_YAML_FILES = (SYNONYMS_FILE, POLYPHONES_FILE)
_CHINESE_WORD = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:a(?:i|o|ng?)?|e(?:i|r|ng?)?|i(?:a(?:o|ng?)?|e|n|ng|ong|u)?|o(?:u|ng)?"
    r"|u(?:a(?:i|ng?)?|e|i|n|o)?|v[en]?)"
)

_Words = Mapping[str, Sequence[PlacedWord]]
"""File of the lexicon → its words, or its keys, in the order of the file."""
_Collectors = Mapping[str, FaultCollector]


def check_lexicon(pack: ContentPack, files: ContentFiles) -> list[Fault]:
    """Return the faults of terms, fillers, foreign words, products, synonyms and polyphones."""
    words = {name: tuple(placed_words(read_text(files, name))) for name in _TEXT_FILES}
    words |= {name: tuple(placed_keys(read_text(files, name))) for name in _YAML_FILES}
    faults = {name: FaultCollector(name) for name in words}
    lexicon = pack.reference.lexicon
    for name in (TERMS_FILE, PRODUCTS_FILE, POLYPHONES_FILE):
        _check_usable(words[name], faults[name])
    for name in _TEXT_FILES:
        _check_repeated(words[name], faults[name])
    _check_against_fillers(words, faults)
    _check_foreign(words[FOREIGN_FILE], pack.procedures, faults[FOREIGN_FILE])
    content = "\n".join(read_text(files, file.path) for file in pack.files)
    _check_synonyms(words[SYNONYMS_FILE], lexicon, content, faults[SYNONYMS_FILE])
    _check_polyphones(words[POLYPHONES_FILE], lexicon, faults[POLYPHONES_FILE])
    return [fault for collector in faults.values() for fault in collector.faults]


def _check_usable(words: Iterable[PlacedWord], faults: FaultCollector) -> None:
    for word in words:
        if not _CHINESE_WORD.fullmatch(word.text):
            faults.error(
                word.line,
                "word-unusable",
                f"“{word.text}”不是两个以上的汉字，检索用不上。",
                "只写汉字词，中间不留空格、标点和字母；单个字删去。",
                column=word.column,
            )


def _check_repeated(words: Iterable[PlacedWord], faults: FaultCollector) -> None:
    first: dict[str, PlacedWord] = {}
    for word in words:
        if first.setdefault(word.text, word) is not word:
            faults.error(
                word.line,
                "word-repeated",
                f"“{word.text}”在第 {first[word.text].line} 行已经写过。",
                "删去其中一处。",
                column=word.column,
            )


def _check_against_fillers(words: _Words, faults: _Collectors) -> None:
    fillers = {word.text: word for word in words[FILLERS_FILE]}
    for name in (TERMS_FILE, FOREIGN_FILE, SYNONYMS_FILE):
        for word in words[name]:
            if filler := fillers.get(word.text):
                faults[name].error(
                    word.line,
                    "word-is-filler",
                    f"“{word.text}”又写在 fillers.txt 第 {filler.line} 行，检索时会去掉。",
                    "确实不指明事情就从本文件删去，否则从 fillers.txt 删去。",
                    column=word.column,
                )


def _check_foreign(
    words: Iterable[PlacedWord], procedures: Sequence[Procedure], faults: FaultCollector
) -> None:
    """Record foreign words that a title contains or a keyword is.

    A longer keyword may contain one: 快递理赔 is ours although 快递 is not.
    """
    for word in words:
        owners = (
            procedure
            for procedure in procedures
            if word.text in procedure.title or word.text in procedure.keywords
        )
        if owner := next(owners, None):
            faults.error(
                word.line,
                "foreign-is-ours",
                f"“{word.text}”是规程“{owner.id}”的标题用词或检索词，不是别家的业务。",
                "从 foreign.txt 删去，或改写规程的标题、检索词。",
                column=word.column,
            )


def _check_synonyms(
    keys: Iterable[PlacedWord], lexicon: Lexicon, content: str, faults: FaultCollector
) -> None:
    for key in keys:
        if circle := _circle(key.text, lexicon.synonyms):
            faults.error(
                key.line,
                "synonym-circle",
                f"同义词绕回自己：{' → '.join(circle)}。",
                "只留从客户的说法到规程的说法的那一条。",
            )
        for meant in lexicon.synonyms[key.text]:
            if meant not in content:
                faults.warning(
                    key.line,
                    "synonym-useless",
                    f"没有一份规程写到“{meant}”，“{key.text}”通过它什么也搜不到。",
                    "换成规程里的说法，或删去。",
                )


def _circle(start: str, synonyms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words by which `start` leads back to itself, or none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        for meant in synonyms.get(path[-1], ()):
            if meant == start:
                return (*path, meant)
            if meant not in seen:
                seen.add(meant)
                waiting.append((*path, meant))
    return ()


def _check_polyphones(keys: Iterable[PlacedWord], lexicon: Lexicon, faults: FaultCollector) -> None:
    polyphones = lexicon.polyphones
    for key in keys:
        for syllable in polyphones[key.text]:
            if not _SYLLABLE.fullmatch(syllable):
                faults.error(
                    key.line,
                    "polyphone-syllable",
                    f"“{key.text}”的读音“{syllable}”不是拼音。",
                    "写小写字母，不带声调，ü 写成 v，如 lv。",
                )
        if shorter := _same_reading_inside(key.text, polyphones):
            faults.warning(
                key.line,
                "polyphone-too-long",
                f"“{key.text}”里的“{shorter}”已经写过同样的读音。",
                "只留较短的一条。",
            )


def _same_reading_inside(phrase: str, polyphones: Mapping[str, tuple[str, ...]]) -> str:
    """Return another phrase that stands inside `phrase` and is read the same there, or empty."""
    for shorter, read in polyphones.items():
        start = phrase.find(shorter) if shorter != phrase else -1
        if start >= 0 and polyphones[phrase][start : start + len(shorter)] == read:
            return shorter
    return ""
