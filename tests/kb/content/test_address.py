"""Addresses lead to parts; block hashes change with the meaning and with nothing else."""

from __future__ import annotations

import pytest

from kb.content import Procedure, block_hash, part_at
from tests.content_samples import SAMPLE, changed, procedure_in

SAMPLED = procedure_in(SAMPLE)


def hash_at(address: str, procedure: Procedure = SAMPLED) -> str:
    part = part_at(procedure, address)
    assert part is not None, address
    return block_hash(part)


@pytest.mark.parametrize(
    "address",
    [
        "verify",
        "read-out/禁说/2",
        "所需材料/授权委托书",
        "no-read-out",
        "时效/保存录音",
        "when",
        "升级与转办/2",
    ],
)
def test_an_address_leads_to_its_part(address: str) -> None:
    part = part_at(SAMPLED, address)
    assert part is not None
    assert part.address == address


@pytest.mark.parametrize("address", ["", "absent", "verify/必说/2", "verify/", "办理步骤/1"])
def test_an_unknown_address_leads_nowhere(address: str) -> None:
    assert part_at(SAMPLED, address) is None


def test_every_part_of_a_procedure_has_its_own_address() -> None:
    addresses = [part.address for part in SAMPLED.parts()]
    assert len(set(addresses)) == len(addresses)


def test_a_hash_is_64_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(hash_at("verify"))) == 32


def test_different_parts_have_different_hashes() -> None:
    hashes = [block_hash(part) for part in SAMPLED.parts()]
    assert len(set(hashes)) == len(hashes)


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("## 办理步骤\n", "\n\n## 办理步骤\n\n", "verify"),
        ("1. 核对", "9.   核对", "verify"),
        ("核对来电人身份。", "核对来电人身份。  ", "verify"),
        ("   - 必核: 姓名", " *   必核：  姓名", "verify"),
        ("报出登记号码的后几位。 {", "报出登记号码的后几位。\n   {", "read-out"),
        ("系统登记不上。", "系统登记不上｡", "升级与转办/1"),
        ("您本人同意代办，对吗？", "您本人同意代办,对吗?", "proxy"),
        ("| 授权委托书 | 办理人=代办 |", "|   授权委托书|办理人=代办   |", "所需材料/授权委托书"),
        ("title: 变更联系电话", "title: 换个标题", "verify"),
    ],
)
def test_a_hash_stays_when_only_line_blanks_or_width_of_characters_change(
    old: str, new: str, address: str
) -> None:
    assert hash_at(address, procedure_in(changed(old, new))) == hash_at(address)


def test_a_run_of_white_space_counts_as_one_blank() -> None:
    one = procedure_in(changed("系统登记不上。", "系统 登记不上。"))
    many = procedure_in(changed("系统登记不上。", "系统 \u3000\t登记不上。"))
    wrapped = procedure_in(changed("系统登记不上。", "系统\n  登记不上。"))
    assert len({hash_at("升级与转办/1", item) for item in (one, many, wrapped)}) == 1


def test_a_hash_stays_when_a_step_moves() -> None:
    start, end = SAMPLE.index("3. 请代办人"), SAMPLE.index("4. 登记新号码")
    moved = SAMPLE[:start] + SAMPLE[end:]
    moved = changed("1. 核对", f"{SAMPLE[start:end]}1. 核对", moved)
    assert hash_at("proxy", procedure_in(moved)) == hash_at("proxy")


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("{#verify}", "{#check}", "verify", "check"),
        ("{#no-read-out}", "{#other}", "no-read-out", "other"),
        ("{#when}", "{#how-soon}", "when", "how-soon"),
        (
            "   - 必记: 报出的后几位\n",
            "   - 必记: 别的\n   - 必记: 报出的后几位\n",
            "read-out/必记/1",
            "read-out/必记/2",
        ),
        (
            "- 转二线: 系统登记不上。\n",
            "- 转二线: 别的。\n- 转二线: 系统登记不上。\n",
            "升级与转办/1",
            "升级与转办/2",
        ),
    ],
)
def test_a_hash_stays_when_only_the_address_changes(
    old: str, new: str, before: str, after: str
) -> None:
    assert hash_at(after, procedure_in(changed(old, new))) == hash_at(before)


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("核对来电人身份。", "核对来电人姓名。", "verify"),
        ("核对来电人身份。", "核对 来电人身份。", "verify"),
        ("{#register}", "{#register 办理人=本人}", "register"),
        ("{#proxy 办理人=代办}", "{#proxy 办理人=本人}", "proxy"),
        ("{#read-out 需核身}", "{#read-out}", "read-out"),
        ("   - 必记: 报出的后几位\n", "", "read-out"),
        ("   - 必记: 报出的后几位", "   - 必核: 报出的后几位", "read-out"),
        ("{来电人=被保险人|受益人}", "{来电人=被保险人}", "verify"),
        ("委托书写明代办事项〔示例法§16第2款〕", "委托书写明代办事项〔示例法§16第1款〕", "proxy"),
        ("只核对，不代报〔示例法§6〕", "只核对，不代报〔示例法§16〕", "no-read-out"),
        ("- 必须: 只核对", "- 提示: 只核对", "no-read-out"),
        ("{#no-read-out}", "{#no-read-out 办理人=代办}", "no-read-out"),
        ("写明事项〔示例法§16〕", "写明期限〔示例法§16〕", "所需材料/授权委托书"),
        ("| 授权委托书 | 办理人=代办 |", "| 授权委托书 | |", "所需材料/授权委托书"),
        ("2年 不顺延", "2年", "时效/保存录音"),
        ("2年 不顺延", "3年 不顺延", "时效/保存录音"),
        ("| 通话结束 |", "| 通话开始 |", "时效/保存录音"),
        ("30自然日 或 60自然日", "30自然日 或 90自然日", "时效/清理停用号码"),
        ("| 〔示例法§16〕 | 号码状态=停用 |", "| 〔示例法§16〕 | |", "时效/清理停用号码"),
        ("### 多久生效", "### 何时生效", "when"),
        ("当天没收到短信的，请再来电。", "当天没收到短信的，请等一天。", "when"),
        ("- 转二线: 系统", "- 转专岗: 系统", "升级与转办/1"),
    ],
)
def test_a_hash_changes_with_what_the_part_means(old: str, new: str, address: str) -> None:
    assert hash_at(address, procedure_in(changed(old, new))) != hash_at(address)


def test_the_hash_of_a_step_changes_with_any_of_its_blocks_and_theirs_does_not() -> None:
    after = procedure_in(changed("   - 禁说: 完整号码", "   - 禁说: 任何号码"))
    assert hash_at("read-out", after) != hash_at("read-out")
    assert hash_at("read-out/必记/1", after) == hash_at("read-out/必记/1")
    assert hash_at("verify", after) == hash_at("verify")


def test_a_renamed_row_of_a_table_has_another_hash() -> None:
    after = procedure_in(changed("| 变更申请书 |", "| 申请书 |"))
    assert hash_at("所需材料/申请书", after) != hash_at("所需材料/变更申请书")
