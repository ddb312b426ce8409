"""A line of a paper, as it is written and as it is recognised.

Papers keep their characters. Words, numbers and marks are looked for in a folded copy that has the
same length, so that what is found in it can be cut out of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# Told from other words in brackets by a tone; bounded, so that open brackets cost nothing.
_PINYIN_NOTE = re.compile(
    rf"(?<=[{_HAN}])[(（]\s?(?=[a-zü\s]{{0,20}}[{_TONES}])[a-zü\s{_TONES}]{{1,40}}[)）]",
    re.IGNORECASE,
)
# Only characters of the words that are looked for.
_TRADITIONAL = (
    "萬與專業個爲為舉麼習億傳餘關內準幾擊則創務動區單卻歷參發變號後場壞處備復頭學實對導屬崗幹"
    "庫應開錄憶總懶戰戶掃擬擇損數斷無時權來標樣檔歡沒測滿點熱獻現碼確種籤簡類級練組細經結績續"
    "編網職節薦見規計認訓議講論證評識訴詞試話該詳誤說説請讀課談貢費資載較輯過這進連適採釋裏裡"
    "針鍾鋤錯鍵門閉問間閱閲難頁顧題驗項選範圍別檢據絕術"
)
_SIMPLIFIED = (
    "万与专业个为为举么习亿传余关内准几击则创务动区单却历参发变号后场坏处备复头学实对导属岗干"
    "库应开录忆总懒战户扫拟择损数断无时权来标样档欢没测满点热献现码确种签简类级练组细经结绩续"
    "编网职节荐见规计认训议讲论证评识诉词试话该详误说说请读课谈贡费资载较辑过这进连适采释里里"
    "针钟锄错键门闭问间阅阅难页顾题验项选范围别检据绝术"
)
_FOLDED = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **str.maketrans("\u3000\u00a0\t【】〖〗＿﹍✓✔☑✗✘╳", "   [][]__√√√×××"),
    **str.maketrans(_TRADITIONAL, _SIMPLIFIED),
}


def fold(text: str) -> str:
    """Return `text` in the forms in which it is recognised; every character keeps its place."""
    return text.translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or one of several things that were written in it."""

    number: int
    """Of the line in its file, from 1."""
    text: str
    folded: str
    """As long as `text`."""

    def cut(self, start: int, end: int | None = None) -> Line:
        """Return the part between two places, without white space at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.folded[start].isspace():
            start += 1
        while end > start and self.folded[end - 1].isspace():
            end -= 1
        return Line(self.number, self.text[start:end], self.folded[start:end])


def line_of(number: int, text: str) -> Line:
    """Return a line without its pinyin notes, which tell readers how a character is spoken."""
    text = _PINYIN_NOTE.sub("", text)
    return Line(number, text, fold(text)).cut(0)


def lines_of(texts: Iterable[str]) -> Iterator[Line]:
    """Yield the lines that have words, counted from 1 with those that have none."""
    for number, text in enumerate(texts, 1):
        line = line_of(number, text)
        if line.text:
            yield line
