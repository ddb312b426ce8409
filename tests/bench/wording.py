"""Cuts authored sentences into words once, and says them again with other words.

The words come from the content pack (nouns, verbs, numbers, regions), from its lexicon and, for
the rare ones that make a vocabulary grow with the corpus, from jieba's dictionary.
"""

from __future__ import annotations

import logging
import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import jieba
from jieba import posseg

from kb.content import REGION, ReferenceData

LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
jieba.setLogLevel(logging.WARNING)
_MARKUP = re.compile(rf"(〔[^〔〕]*〕|{LINK_TARGET.pattern})")
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_SWAP_SHARE = 0.35
"""Share of the nouns, verbs and regions of a sentence that are replaced."""
_NUMBER_SHARE = 0.8
_TOPIC_SHARE = 0.3
"""Share of replacements that are the document's own rare words."""
_RARE_SHARE = 0.08
_REPEAT_SHARE = 0.6
"""How often a word is replaced as it was before in the same document."""
_RARE_FREQUENCIES = range(3, 400)
"""How often the rare words stand in the corpus behind jieba's dictionary."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a sentence, and which list its replacement comes from; "" means none."""

    text: str
    kind: str


Sentence = tuple[Token, ...]


class WordList:
    """Words of one kind, drawn as often as the pack uses them."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = sorted(counts)
        self._ends = list(accumulate(counts[word] for word in self._words))

    def draw(self, chance: random.Random) -> str:
        """Return a word."""
        return self._words[bisect(self._ends, chance.random() * self._ends[-1])]


class Wording:
    """Cuts sentences, and holds the word lists."""

    def __init__(self, reference: ReferenceData, sentences: Iterable[str], cache_dir: Path) -> None:
        """Learn the words of the pack's `sentences` and of its lexicon.

        `cache_dir` is jieba's private cache folder.
        """
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(cache_dir)
        for term in reference.lexicon.terms:
            tokenizer.add_word(term, tag="n")
        self._tagger = posseg.POSTokenizer(tokenizer)
        self._fillers = reference.lexicon.fillers
        self._regions = frozenset(reference.vocabulary.values(REGION))
        self._lists = self._word_lists(reference, sentences)
        self._rare = {kind: self._rare_words(kind) for kind in ("noun", "verb")}

    def cut(self, sentence: str) -> Sentence:
        """Return the sentence in tokens; citations and the targets of links are one token."""
        pieces = _MARKUP.split(sentence)
        return tuple(
            token
            for place, piece in enumerate(pieces)
            for token in ((Token(piece, ""),) if place % 2 else self._cut_text(piece))
        )

    def _cut_text(self, text: str) -> Iterator[Token]:
        for pair in self._tagger.cut(text, HMM=False) if text else ():
            yield Token(pair.word, self._kind(pair.word, pair.flag))

    def _kind(self, word: str, flag: str) -> str:
        if _NUMBER.fullmatch(word):
            return "number"
        if word in self._regions:
            return "region"
        if len(word) < 2 or word in self._fillers or not _CHINESE.fullmatch(word):
            return ""
        return {"n": "noun", "v": "verb"}.get(flag[:1], "")

    def _word_lists(
        self, reference: ReferenceData, sentences: Iterable[str]
    ) -> dict[str, WordList]:
        counts: dict[str, Counter[str]] = {"noun": Counter(), "verb": Counter()}
        for sentence in sentences:
            for token in self.cut(sentence):
                if token.kind in counts:
                    counts[token.kind][token.text] += 1
        lexicon = reference.lexicon
        counts["noun"].update(lexicon.terms)
        counts["noun"].update(word for words in lexicon.synonyms.values() for word in words)
        regions = Counter(sorted(self._regions))
        return {kind: WordList(counted) for kind, counted in {**counts, "region": regions}.items()}

    def _rare_words(self, kind: str) -> Sequence[str]:
        """Return words that the pack may lack, the more frequent ones first."""
        frequencies = self._tagger.tokenizer.FREQ
        words = (
            word
            for word, flag in self._tagger.word_tag_tab.items()
            if len(word) in (2, 3) and frequencies.get(word, 0) in _RARE_FREQUENCIES
            if self._kind(word, flag) == kind
        )
        return sorted(words, key=lambda word: (-frequencies[word], word))

    def draw_rare(self, kind: str, chance: random.Random) -> str:
        """Return a rare word, the more frequent ones more often."""
        words = self._rare[kind]
        return words[int(len(words) * chance.random() ** 2)]

    def draw(self, kind: str, chance: random.Random) -> str:
        """Return a word of the pack, or now and then a rare one."""
        if kind in self._rare and chance.random() < _RARE_SHARE:
            return self.draw_rare(kind, chance)
        return self._lists[kind].draw(chance)


class Rewording:
    """Says sentences again for one document, which keeps to its own topic words."""

    def __init__(self, wording: Wording, chance: random.Random) -> None:
        self._wording = wording
        self._chance = chance
        self._topic = {
            "noun": [wording.draw_rare("noun", chance) for _ in range(3)],
            "verb": [wording.draw_rare("verb", chance) for _ in range(2)],
        }
        self._before: dict[str, str] = {}

    def say(self, sentence: Sentence) -> str:
        """Return the sentence with at least one word replaced if it has any that may be."""
        chance = self._chance
        open_places = [place for place, token in enumerate(sentence) if token.kind]
        forced = chance.choice(open_places) if open_places else -1
        said: list[str] = []
        for place, token in enumerate(sentence):
            share = _NUMBER_SHARE if token.kind == "number" else _SWAP_SHARE
            if token.kind and (place == forced or chance.random() < share):
                said.append(self._replacement(token))
            else:
                said.append(token.text)
        return "".join(said)

    def _replacement(self, token: Token) -> str:
        chance = self._chance
        if token.kind == "number":
            digits = len(token.text)
            return str(chance.randrange(10 ** (digits - 1), 10**digits))
        if token.text in self._before and chance.random() < _REPEAT_SHARE:
            return self._before[token.text]
        if token.kind in self._topic and chance.random() < _TOPIC_SHARE:
            word = chance.choice(self._topic[token.kind])
        else:
            word = self._wording.draw(token.kind, chance)
        self._before[token.text] = word
        return word
