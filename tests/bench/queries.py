"""Queries over a synthetic pack: what agents type and what customers ask, all distinct."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from kb.content import (
    Lexicon,
    Procedure,
    content_paths,
    is_procedure_path,
    parse_procedure_file,
    read_reference_data,
)
from kb.search.dictionary import open_dictionary
from kb.search.segmenter import Segmenter
from kb.search.text import CJK_RUN, normalise

AGENT, QUESTION = STYLES = ("agent", "question")
AGENT_CHARS = range(2, 7)
QUESTION_CHARS = range(16, 26)
_OPENINGS = (
    "你好我想问一下",
    "请问",
    "那个",
    "麻烦帮我看看",
    "不好意思",
    "我想咨询一下",
    "就是说",
    "您好",
    "哎你帮我查查",
    "",
)
_CLOSINGS = (
    "怎么办啊",
    "这个要怎么弄",
    "可以吗",
    "行不行呢",
    "是不是这样的",
    "需要多久呢",
    "要什么东西吗",
    "能不能办",
    "你们管不管",
    "",
)
_TRIES_A_QUERY = 50


class QueryWriter:
    """Draws queries from random documents of a content folder."""

    def __init__(self, content_dir: Path, seed: int, dictionary_dir: Path) -> None:
        """Draw from `content_dir`; the dictionary is made below `dictionary_dir`."""
        self._content_dir = content_dir
        self._paths = [path for path in content_paths(content_dir) if is_procedure_path(path)]
        self._seed = seed
        self._lexicon = self._read_lexicon()
        self._segmenter = Segmenter(open_dictionary(dictionary_dir), self._lexicon.terms)

    def _read_lexicon(self) -> Lexicon:
        folder = self._content_dir / "lexicon"
        names = (path.relative_to(self._content_dir).as_posix() for path in folder.iterdir())
        files = {name: (self._content_dir / name).read_bytes() for name in names}
        return read_reference_data(files).lexicon

    def write(self, style: str, count: int) -> list[str]:
        """Return `count` distinct queries of a style; of one seed they are always the same."""
        chance = random.Random(f"{self._seed}:{style}")
        write: Callable[[Procedure, random.Random], str] = {
            AGENT: self._agent_query,
            QUESTION: self._question,
        }[style]
        queries: dict[str, None] = {}
        for _ in range(count * _TRIES_A_QUERY):
            query = write(self._procedure(chance), chance)
            if query:
                queries[query] = None
            if len(queries) == count:
                return list(queries)
        raise ValueError(f"{self._content_dir} gives only {len(queries)} {style} queries")

    def _procedure(self, chance: random.Random) -> Procedure:
        path = chance.choice(self._paths)
        procedure = parse_procedure_file(path, (self._content_dir / path).read_bytes()).procedure
        assert procedure is not None, path
        return procedure

    def _content_words(self, text: str) -> Iterator[str]:
        for word in self._segmenter.words(normalise(text)):
            if CJK_RUN.fullmatch(word) and word not in self._lexicon.fillers:
                yield word

    def _agent_query(self, procedure: Procedure, chance: random.Random) -> str:
        """Return two content words of the title or of what customers say, or nothing."""
        line = chance.choice((procedure.title, *procedure.says, *procedure.keywords))
        words = list(dict.fromkeys(self._content_words(line)))
        if len(words) < 2:
            return ""
        first, second = chance.sample(words, 2)
        if len(first) + len(second) not in AGENT_CHARS:
            return ""
        return f"{first}{' ' if chance.random() < 0.3 else ''}{second}"

    def _question(self, procedure: Procedure, chance: random.Random) -> str:
        """Return what a customer says with small talk around it, or nothing."""
        core = chance.choice((*procedure.says, *(item.question for item in procedure.follow_ups)))
        room = QUESTION_CHARS.stop - 1 - len(core)
        openings = [text for text in _OPENINGS if len(text) <= room]
        if not openings:
            return ""
        opening = chance.choice(openings)
        closings = [text for text in _CLOSINGS if len(text) <= room - len(opening)]
        query = f"{opening}{core}{chance.choice(closings)}"
        return query if len(query) in QUESTION_CHARS else ""


def write_queries(
    content_dir: Path, count: int, seed: int, dictionary_dir: Path
) -> dict[str, list[str]]:
    """Return style → `count` distinct queries."""
    writer = QueryWriter(content_dir, seed, dictionary_dir)
    return {style: writer.write(style, count) for style in STYLES}
