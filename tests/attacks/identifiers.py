"""Made-up texts with identifiers of nobody, written from the public formats.

Written apart from `kb.privacy`: what the masks do not find is theirs to mend, never this module's.
Sources: GB 11643 (identity numbers), the numbering plan of telephones, ISO/IEC 7812 (bank cards,
Luhn), GA 36 (plates). Policy and claim numbers have no common format; these are the usual ones.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_REGIONS = (
    *("110105", "120101", "130102", "210203", "310115", "320506", "330106", "350203", "370202"),
    *("410105", "420106", "430104", "440305", "450102", "500112", "510104", "610113", "650102"),
)
_AREA_CODES_OF_THREE = ("010", "020", "021", "022", "023", "024", "025", "027", "028", "029")
_AREA_CODES_OF_FOUR = ("0755", "0571", "0512", "0411", "0532", "0592", "0731", "0769", "0991")
_MOBILE_PREFIXES = (
    *("130", "133", "135", "136", "137", "138", "139", "147", "150", "155", "158", "159"),
    *("166", "170", "173", "177", "180", "182", "186", "188", "189", "191", "198", "199"),
)
_CARD_PREFIXES = (("622202", 19), ("621700", 19), ("622848", 19), ("621226", 19), ("623059", 18))
_CREDIT_PREFIXES = (("622575", 16), ("438088", 16), ("518710", 16), ("625965", 16))
_PLATE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))} | {0x20: 0x3000}
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_CHINESE_ROUND = str.maketrans("0123456789", "〇一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_TO_DIGITS = str.maketrans("零〇幺一二三四五六七八九", "001123456789")


@dataclass(frozen=True)
class Identifier:
    """A number of somebody."""

    kind: str
    number: str
    """In its plain form."""
    written: str
    """As the text holds it."""

    def remains_in(self, text: str) -> bool:
        """Return whether six of its signs in a row, or all but two, are still to be read."""
        plain, number = _without_spelling(text), _without_spelling(self.number)
        length = min(6, len(number) - 2)
        return any(number[i : i + length] in plain for i in range(len(number) - length + 1))


@dataclass(frozen=True)
class SyntheticText:
    """A text as somebody might type it."""

    text: str
    identifiers: tuple[Identifier, ...]
    harmless: tuple[str, ...]
    """Parts of it that look like numbers of somebody, and are none."""


class _Kind(NamedTuple):
    make: Callable[[random.Random], str]
    groups: tuple[int, ...]
    """Where people pause; what is left over is the last group."""
    sentences: tuple[str, ...]


def _without_spelling(text: str) -> str:
    """Return letters and digits alone, in one written form."""
    text = unicodedata.normalize("NFKC", text).translate(_TO_DIGITS).upper()
    return "".join(sign for sign in text if sign.isalnum())


def identity_check_digit(digits: str) -> str:
    """Return the check digit of the first seventeen (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return "10X98765432"[total % 11]


def luhn_digit(digits: str) -> str:
    """Return the digit that makes a card number right (ISO/IEC 7812)."""
    doubled = [int(digit) * 2 for digit in reversed(digits)][::2]
    total = sum(value // 10 + value % 10 for value in doubled)
    return str(-(total + sum(int(digit) for digit in digits[-2::-2])) % 10)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _birthday(chance: random.Random, years: int) -> date:
    return date(1935, 1, 1) + timedelta(days=chance.randrange(years * 365))


def _identity_18(chance: random.Random) -> str:
    born = _birthday(chance, 80)
    digits = f"{chance.choice(_REGIONS)}{born:%Y%m%d}{_digits(chance, 3)}"
    check = identity_check_digit(digits)
    return digits + (check.lower() if chance.random() < 0.5 else check)


def _identity_15(chance: random.Random) -> str:
    # None has been issued since 1999.
    born = _birthday(chance, 60)
    return f"{chance.choice(_REGIONS)}{born:%y%m%d}{_digits(chance, 3)}"


def _mobile(chance: random.Random) -> str:
    return chance.choice(_MOBILE_PREFIXES) + _digits(chance, 8)


def _landline(chance: random.Random) -> str:
    if chance.random() < 0.5:
        area, count = chance.choice(_AREA_CODES_OF_THREE), 7
    else:
        count = 6 if chance.random() < 0.3 else 7
        area = chance.choice(_AREA_CODES_OF_FOUR)
    return f"{area}-{chance.choice('2345678')}{_digits(chance, count)}"


def _bank_card(chance: random.Random) -> str:
    prefix, length = chance.choice(_CARD_PREFIXES + _CREDIT_PREFIXES)
    digits = prefix + _digits(chance, length - len(prefix) - 1)
    return digits + luhn_digit(digits)


def _policy(chance: random.Random) -> str:
    shapes = (
        lambda: f"P{_digits(chance, 15)}",
        lambda: f"20{chance.randrange(10, 27)}{chance.choice(_REGIONS)}S{_digits(chance, 9)}",
        lambda: f"AGUAZ{_digits(chance, 13)}",
        lambda: f"8800{_digits(chance, 11)}",
        lambda: f"00{_digits(chance, 12)}88",
        lambda: f"GP{_digits(chance, 12)}",
    )
    return chance.choice(shapes)()


def _claim(chance: random.Random) -> str:
    shapes = (
        lambda: f"RDZA20{chance.randrange(18, 27)}{chance.choice(_REGIONS)}{_digits(chance, 9)}",
        lambda: f"90{_digits(chance, 17)}",
        lambda: f"C{_digits(chance, 14)}",
        lambda: f"LP{chance.randrange(2018, 2027)}{_digits(chance, 10)}",
    )
    return chance.choice(shapes)()


def _plate(chance: random.Random) -> str:
    head = chance.choice(_PROVINCES) + chance.choice("ABCDEFGHJKLMNPQ")
    if chance.random() < 0.25:
        return f"{head}{chance.choice('DF')}{_digits(chance, 5)}"
    # At most two letters, the others are digits.
    signs = [chance.choice("0123456789") for _ in range(5)]
    for _ in range(chance.randrange(3)):
        signs[chance.randrange(5)] = chance.choice(_PLATE_SIGNS)
    return head + "".join(signs)


_IDENTITY_SENTENCES = (
    "客户身份证号是{}，要改受益人",
    "身份证{}的保单还能复效吗",
    "证件号码：{}。请帮忙核实",
    "投保人（{}）要退保",
    "我身份证{},查一下我有几张保单",
    "{}这个身份证名下的保单",
    "核身：张三 {} 已核",
)
_KINDS: dict[str, _Kind] = {
    "身份证18": _Kind(_identity_18, (6, 4, 4, 4), _IDENTITY_SENTENCES),
    "身份证15": _Kind(_identity_15, (6, 6, 3), _IDENTITY_SENTENCES),
    "手机": _Kind(
        _mobile,
        (3, 4, 4),
        (
            "我的手机{}收不到短信",
            "手机号{}，改成新的",
            "请回电{}。",
            "联系电话：{}",
            "客户{}说没收到保单",
            "打{}找王女士",
            "原来的号码（{}）停用了",
            "tel:{}",
            "用{}登录不了App",
        ),
    ),
    "座机": _Kind(
        _landline,
        (),
        (
            "家里电话{}",
            "座机{}没人接",
            "单位电话：{}，下午打",
            "请打{}找李先生",
            "回访电话（{}）不对",
        ),
    ),
    "银行卡": _Kind(
        _bank_card,
        (4, 4, 4, 4),
        (
            "扣款卡号{}换一张",
            "银行卡{}没扣成功",
            "退到{}这张卡上",
            "账号：{}，开户行工行",
            "卡（{}）已经注销了",
            "尾号变了，新卡是{}",
        ),
    ),
    "保单号": _Kind(
        _policy,
        (4, 4, 4, 4),
        (
            "保单号{}什么时候到期",
            "保单{}要退保",
            "保单号码：{}，查现金价值",
            "合同号{}的续期保费",
            "我的保单号是{}。",
            "{}这张保单失效了",
        ),
    ),
    "赔案号": _Kind(
        _claim,
        (4, 4, 4, 4),
        (
            "赔案号{}到哪一步了",
            "报案号{}的材料",
            "理赔案件号：{}，为什么还没结案",
            "赔案（{}）拒赔了",
            "立案号是{}",
        ),
    ),
    "车牌": _Kind(
        _plate,
        (2,),
        (
            "车牌{}出险了",
            "我的车{}被撞了",
            "{}这辆车的商业险",
            "车牌号：{}，三者险",
            "标的车（{}）在修理厂",
        ),
    ),
}

_HARMLESS: tuple[Callable[[random.Random], str], ...] = (
    lambda c: f"第{c.randrange(1, 185)}条第{c.randrange(1, 5)}款",
    lambda c: f"保险法第{c.randrange(1, 185)}条",
    lambda c: f"民法典第{c.choice(('一百六十五', '一千一百六十五', '四百九十六', '二百零一'))}条",
    lambda c: f"保险法§{c.randrange(1, 185)}",
    lambda c: f"银保监规〔20{c.randrange(18, 27)}〕{c.randrange(1, 60)}号",
    lambda c: f"GB/T {c.randrange(10000, 40000)}-20{c.randrange(10, 25)}",
    lambda c: f"{2000 + c.randrange(40)}-{c.randrange(1, 13):02}-{c.randrange(1, 29):02}",
    lambda c: f"{2000 + c.randrange(40)}年{c.randrange(1, 13)}月{c.randrange(1, 29)}日",
    lambda c: f"{2000 + c.randrange(40)}{c.randrange(1, 13):02}{c.randrange(1, 29):02}生效",
    lambda c: f"{2000 + c.randrange(40)}/{c.randrange(1, 13)}/{c.randrange(1, 29)}",
    lambda c: f"二〇二{c.choice('三四五六')}年{c.choice('一二三四五六七八九')}月",
    lambda c: f"{c.randrange(24):02}:{c.randrange(60):02}",
    lambda c: f"2026-0{c.randrange(1, 10)}-1{c.randrange(10)} {c.randrange(10, 24)}:30:15",
    lambda c: f"{c.randrange(1, 1000) * 1000}元",
    lambda c: f"{c.randrange(1, 100) * 100_000}元",
    lambda c: f"{c.randrange(1000, 9_999_999):,}.{c.randrange(100):02}元",
    lambda c: f"¥{c.randrange(10_000, 9_999_999)}.{c.randrange(100):02}",
    lambda c: f"{c.randrange(1, 999)}.{c.randrange(10)}万元",
    lambda c: f"人民币{c.choice('壹贰叁伍捌')}拾万元整",
    lambda c: f"保额{c.randrange(1, 100)}万",
    lambda c: f"{c.choice(('一百八十', '九十', '三十', '六十'))}天",
    lambda c: f"{c.randrange(1, 100)}.{c.randrange(100)}%",
    lambda c: f"{c.randrange(1, 366)}日",
    lambda c: f"{c.randrange(18, 80)}周岁",
    lambda c: f"{c.choice(('1', '2', '3'))}-{c.choice(('5', '6', '7'))}个工作日",
    lambda c: f"产品代码{c.choice(('1502', '2043', 'PL2023A', 'ZX0118', '00115', 'CRT-2021B'))}",
    lambda c: f"{c.choice(('金生', '康健', '鑫享'))}{c.randrange(18, 27)}款",
    lambda c: f"条款编号〔20{c.randrange(15, 27)}〕终身寿险{c.randrange(1, 400):03}号",
    lambda c: f"拨打{c.choice(('12378', '12315', '12345', '12363', '95519', '95518', '95511'))}",
    lambda c: f"{c.choice(('110', '119', '120', '122'))}报警",
    lambda c: f"客服热线400-{c.choice(('810', '818', '666'))}-{c.randrange(1000, 9999)}",
    lambda c: f"邮编{c.choice(('518000', '100032', '200120', '510620'))}",
    lambda c: f"办理时长{c.randrange(1, 30)}分钟",
    lambda c: f"附件{c.randrange(1, 20)}表{c.randrange(1, 9)}",
    lambda c: f"{c.choice('粤京沪浙')}{c.choice('ABC')}牌照",
    lambda c: f"尾号{c.randrange(1000, 9999)}的卡",
    lambda c: f"第{c.randrange(1, 40)}期保费",
    lambda c: f"iPhone {c.randrange(12, 17)} 微信 8.0.{c.randrange(10, 60)}",
)
_HARMLESS_SENTENCES = (
    "按{}办理",
    "{}是什么意思",
    "客户问{}怎么算",
    "{}，还来得及吗",
    "说明里写的是{}。",
    "（{}）",
    "请看{}和{}",
    "从{}到{}",
)


def texts_with_identifiers(count: int, seed: int = 1) -> Iterator[SyntheticText]:
    """Yield texts with one identifier, or two, and sometimes something harmless beside them."""
    chance = random.Random(seed)
    kinds = list(_KINDS)
    for number in range(count):
        found = [_sentence(chance, kinds[number % len(kinds)])]
        if chance.random() < 0.15:
            found.append(_sentence(chance, chance.choice(kinds)))
        text = chance.choice(("，", " ", "；", "\u3000")).join(text for text, _ in found)
        harmless: tuple[str, ...] = ()
        if chance.random() < 0.3:
            harmless = (chance.choice(_HARMLESS)(chance),)
            text = f"{text}，{harmless[0]}"
        yield SyntheticText(text, tuple(identifier for _, identifier in found), harmless)


def harmless_texts(count: int, seed: int = 1) -> Iterator[SyntheticText]:
    """Yield texts with numbers that are nobody's."""
    chance = random.Random(seed)
    for number in range(count):
        sentence = _HARMLESS_SENTENCES[number % len(_HARMLESS_SENTENCES)]
        makers = (_HARMLESS[number % len(_HARMLESS)], chance.choice(_HARMLESS))
        parts = [make(chance) for make in makers[: sentence.count("{}")]]
        yield SyntheticText(sentence.format(*parts), (), tuple(parts))


def _sentence(chance: random.Random, kind: str) -> tuple[str, Identifier]:
    number = _KINDS[kind].make(chance)
    written = chance.choice(_spellings(kind))(chance, number)
    identifier = Identifier(kind, number, written)
    return chance.choice(_KINDS[kind].sentences).format(written), identifier


_Spelling = Callable[[random.Random, str], str]


def _spellings(kind: str) -> tuple[_Spelling, ...]:
    """Return the ways in which people write numbers of a kind; the plain one more often."""
    groups = _KINDS[kind].groups
    common: tuple[_Spelling, ...] = (_plain, _plain, _plain, _wide)
    if kind == "车牌":
        return (*common, _lower, _parted((2,), " "), _parted((2,), "·"), _parted((2,), "-"))
    if kind == "座机":
        return (*common, _without_dash, _spaced_landline, _bracketed, _with_extension, _chinese)
    spaced, dashed = _parted(groups, " "), _parted(groups, "-")
    more: tuple[_Spelling, ...] = (spaced, dashed, _wide_of(spaced), _chinese, _one_by_one)
    return (*common, *more, _with_country) if kind == "手机" else (*common, *more)


def _plain(_: random.Random, number: str) -> str:
    return number


def _lower(_: random.Random, number: str) -> str:
    return number.lower()


def _wide(_: random.Random, number: str) -> str:
    return number.translate(_WIDE)


def _wide_of(spelling: _Spelling) -> _Spelling:
    return lambda chance, number: spelling(chance, number).translate(_WIDE)


def _parted(groups: tuple[int, ...], separator: str) -> _Spelling:
    def write(_: random.Random, number: str) -> str:
        parts, rest = [], number
        for length in groups:
            parts.append(rest[:length])
            rest = rest[length:]
        return separator.join(part for part in (*parts, rest) if part)

    return write


def _chinese(chance: random.Random, number: str) -> str:
    return number.translate(chance.choice((_CHINESE, _CHINESE_ROUND, _SPOKEN)))


def _one_by_one(_: random.Random, number: str) -> str:
    return " ".join(number)


def _with_country(chance: random.Random, number: str) -> str:
    return chance.choice(("+86", "+86 ", "86-", "0086 ", "（+86）")) + number


def _without_dash(_: random.Random, number: str) -> str:
    return number.replace("-", "")


def _spaced_landline(_: random.Random, number: str) -> str:
    return number.replace("-", " ")


def _bracketed(chance: random.Random, number: str) -> str:
    area, rest = number.split("-")
    shapes = (f"({area}){rest}", f"（{area}）{rest}", f"（{area}）{rest[:4]}-{rest[4:]}")
    return chance.choice(shapes)


def _with_extension(chance: random.Random, number: str) -> str:
    return f"{number}{chance.choice(('转', '-', '转分机'))}{chance.randrange(1, 9999)}"
