"""Queries that nobody means, and some that attack."""

from __future__ import annotations

HOSTILE_QUERIES = {
    # An address may have 64 KB, and a Chinese character takes nine of them.
    "10,000 characters": "退保tbcl" * 1_600 + "x" * 400,
    "1,000 terms": " ".join(f"词{number}" for number in range(1_000)),
    "200 characters, all different": "".join(chr(0x4E00 + 37 * number) for number in range(200)),
    "200 letters": "tuibaocailiao" * 15,
    "200 letters without vowels": "xzbcdf" * 33,
    "punctuation": "，。？！、；：“”（）《》…—～·`~!@#$%^&*()_+-=[]{}|\\;':\",./<>?",
    "blanks": " \t\n\r\u3000\u00a0\u200b",
    "emoji": "😀😡🤔👨‍👩‍👧‍👦🇨🇳" * 10,
    "control characters": "".join(map(chr, range(1, 32))) + "退保\x7f\x80\x9f",
    "NUL": "退\0保",
    "right to left": "\u202e退保\u202c العربية",
    "combining": "退" + "\u0301" * 150 + "保",
    "regular expression": "(退+)+$|[^a]*(?=保).{0,9999}",
    "query syntax": 'title:退保 AND NOT (says:* OR body:[a TO z])^99 "未闭合',
    "SQL": "'; DROP TABLE search_events; --",
    "markup": "<script>alert(1)</script>{{7*7}}${7*7}%s%n../../etc/passwd",
    "numbers": "9" * 200,
    "rare characters": "\U00020000\U0002a6df𠮷𡃁" * 20,
    "one character": "保",
    "fillers": "那个这个就是说嗯啊请问一下" * 10,
    "the same word": "退保" * 100,
    "all styles": "ｔｕｉｂａｏ 退保 退宝 tb 三十天 13800138000 離婚 ① ㊙ ﷺ",
}
"""What is odd about a query → the query."""
