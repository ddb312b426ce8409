"""What pages and download sites add to a paper: page numbers, notices, adverts, lists of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.paper_reading.line import Line

_PAGE = re.compile(
    r"第?\s*(?:PAGE|\d{1,4})\s*页?\s*[,、/]?\s*共?\s*(?:NUMPAGES|\d{1,4})\s*页"
    r"|第\s*\d{1,4}\s*页|[-—–·]{1,3}\s*\d{1,4}\s*[-—–·]{1,3}|\d{1,4}\s*/\s*\d{1,4}"
    r"|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
# What is left to write on (names, marks, empty lines), rules between parts, and the end.
_FORM = re.compile(
    r"(?:(?:姓名|部门|工号|单位|岗位|职务|班级|学号|班组|日期|得分|总分|成绩|评卷人|阅卷人|考生|签名)"
    r"[:_\s|/年月日]{1,80}){1,12}"
    r"|(?:(?:考试时间|答题时间|时间|满分|总分|闭卷|开卷)[:\s]*(?:\d{1,3}\s*分钟?)?[\s,;。]*){1,5}"
    r"|题号[\s|一二三四五六七八九十总得分]{1,80}|[\s_\-—–=*·.…]{3,200}"
    r"|[-\s]{0,9}[(]?(?:以下空白|以下无正文|全卷完|试卷结束|试题结束|完)[)]?[-\s]{0,9}"
)
# No question speaks of these.
_SITE_WORDS = re.compile(
    r"VIP文档|成为VIP|book118|原创力文档|道客巴巴|豆丁网|人人文库|淘豆网|百度文库|文档之家|金锄头文库"
    r"|本文档(?:由|来自|共)|下载本文档|下载后.{0,12}(?:文档|编辑)|本站(?:所有|不|规则)|版权申诉|侵权必究"
    r"|文档贡献者|文档评论|该用户很懒|\+\s*关注$|亿.{0,4}精品文档"
    r"|\.(?:docx?|pdf|pptx?|xlsx?|wps)(?:\s*VIP)?$",
    re.IGNORECASE,
)
_SITE_LINE = re.compile(
    r"(?:查看|点击|加载|展开)(?:更多|全文|剩余.{0,12})|免费下载|实名认证|(?:https?://|www\.)\S+"
    r"|.{0,12}(?:内部资料|请勿外传|注意保密).{0,12}|.{0,8}扫码(?:关注|下载).{0,20}",
    re.IGNORECASE,
)
_OTHER_PAPERS = re.compile(
    r"(?:相关|推荐|类似|热门|最新)(?:文档|资料|阅读|下载)|最近下载|[您你]可能(?:关注|喜欢)的.{0,6}"
    r"|猜你喜欢|(?:下载|阅读)排行.{0,6}|文档评论.{0,8}"
)
_TITLE = re.compile(r"公司|中心|考[试核]|试[卷题]|题库|培训|测[试验]")
_ENDS = re.compile(r"[。.?!;:,)]$")
_LIKE_PAPER = re.compile(
    r"(?:\(\s*[√×]?\s*\)\s*)?\d{1,5}\s*[.、)]|\(\d|第\s*\d+\s*题|\(?[A-H]\s*[.、)]"
    r"|[一二三四五六七八九十]{1,3}、|\[?(?:正确|参考|标准)?(?:答案|解析)|.{2,20}题\s*\("
)


def furniture_in(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that are furniture.

    Below the head of a list of other papers everything is, up to a line that looks like one of
    this paper.
    """
    in_list = False
    seen: set[str] = set()
    for line in lines:
        words = line.folded
        begins_list = _OTHER_PAPERS.fullmatch(words) is not None
        is_running_head = words in seen and _is_title(words)
        is_alone = begins_list or is_running_head or _is_furniture(words)
        if is_alone or (in_list and not _LIKE_PAPER.match(words)):
            yield line
        else:
            in_list = False
        in_list = in_list or begins_list
        seen.add(words)


def _is_title(words: str) -> bool:
    """Return whether a line may be the title, which pages repeat at their head."""
    return bool(_TITLE.search(words)) and not (_LIKE_PAPER.match(words) or _ENDS.search(words))


def _is_furniture(words: str) -> bool:
    return bool(
        any(pattern.fullmatch(words) for pattern in (_PAGE, _FORM, _SITE_LINE))
        or _SITE_WORDS.search(words)
    )
