"""A small synthetic content folder that many tests start from, and what they read out of it.

Nothing here is a real rule: 示例法 and its articles are invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import settings

from kb.content import (
    ContentPack,
    Fault,
    ParsedFile,
    Procedure,
    ReferenceData,
    parse_procedure_file,
    read_pack,
    read_reference_data,
)
from kb.content.fault import FaultCollector
from kb.content.reading.section import Line, Section

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
"""Settings of every property test: the same examples on each run, nothing written to disk."""

SAMPLE_PATH = "procedures/保全/contact-change.md"
LINKED_PATH = "procedures/保全/address-change.md"

SAMPLE = """\
---
id: contact-change
title: 变更联系电话
category: 保全
summary: 联系电话由投保人申请变更，核身后当场登记；别人来电只登记待办。
says:
  - 我换号码了
  - 以前留的号停机了
  - 收不到你们的短信
  - 电话写错一位怎么改
  - 想换成我女儿的号
  - 换了新卡要不要告诉你们
keywords: [改号码, 联系方式]
applies:
  products: [寿险]
  channels: [电话]
asks:
  办理人: [本人, 代办]
  号码状态: [在用, 停用]
owner: 保全运营
effective_from: 2026-01-01
review_by: 2026-12-31
related: [address-change]
---
## 办理步骤
1. 核对来电人身份。 {#verify}
   - 必核: 姓名和证件号码〔示例法§6〕
   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}
   - 禁说: “随便报个号就行”〔公司规定〕
2. 报出登记号码的后几位。 {#read-out 需核身}
   - 必记: 报出的后几位
   - 禁说: 完整号码
   - 禁说: 家人的号码 {号码状态=停用}
   - 话术: “尾号是这几位吗？” {号码状态=在用}
3. 请代办人提交委托书。 {#proxy 办理人=代办}
   - 必说: 委托书写明代办事项〔示例法§16第2款〕
   - 复述: 您本人同意代办，对吗？
4. 登记新号码，同时问地址变没变，见[变更联系地址](address-change#collect)。 {#register}

## 所需材料
| 材料 | 何时需要 | 要求 |
|---|---|---|
| 变更申请书 | | 投保人签名〔公司规定〕 |
| 授权委托书 | 办理人=代办 | 写明事项〔示例法§16〕 |

## 合规提示
- 必须: 只核对，不代报〔示例法§6〕 {#no-read-out}
- 禁止: 登记销售人员的号码〔公司规定〕 {#no-agent-number 办理人=代办}
- 提示: 深圳另有登记表〔合同约定〕 {#local-form 地区=深圳}

## 时效
| 事项 | 期限 | 起算 | 依据 | 何时适用 |
|---|---|---|---|---|
| 告知结果 | 5工作日 | 收到申请 | 〔示例法§6〕 | |
| 保存录音 | 2年 不顺延 | 通话结束 | 〔示例法§6〕 | |
| 清理停用号码 | 30自然日 或 60自然日 | 发出提醒 或 号码停用 | 〔示例法§16〕 | 号码状态=停用 |
| 更新短信名单 | 以公司公示为准 | 变更完成 | 〔公司规定〕 | |

## 常见追问
### 多久生效 {#when}
登记后当天生效〔公司规定〕。

当天没收到短信的，请再来电。

### 代办人能留自己的号吗 {#own-number 办理人=代办}
不能〔示例法§16〕。

## 升级与转办
- 转二线: 系统登记不上。
- 转主管: 客户坚持留别人的号。 {办理人=代办}
"""

LINKED = """\
---
id: address-change
title: 变更联系地址
category: 保全
summary: 联系地址由投保人申请变更，核身后登记。
says: [我搬家了, 地址换了, 信寄错地方了, 改一下通信地址, 收不到保单, 换了小区]
owner: 保全运营
effective_from: 2026-01-01
review_by: 2026-12-31
---
## 办理步骤
1. 记下新地址。 {#collect}
## 合规提示
- 提示: 地址以客户说的为准〔公司规定〕 {#as-told}
"""

VOCABULARY = """\
categories: [保全, 理赔]
call:
  来电人: [投保人, 被保险人, 受益人, 代办人]
  核身: [未核, 已核]
  产品:
    人身险:
      寿险: [定期寿险, 终身寿险]
      医疗险: []
  渠道: [电话, 柜面]
  地区:
    全国:
      北京: []
      广东: [深圳, 广州]
"""

REGISTER = """\
示例法:
  title: 示例法全称
  issuer: 示例机关
  versions: [{name: 首版, from: 2010-01-01, until: 2019-12-31}, {name: 修订, from: 2020-01-01}]
  article_count: 20
  articles:
    "6": {paragraphs: 1, note: 只收必要的信息。}
    "16": {paragraphs: 2, note: 代办要有委托书。}
旧示例法:
  title: 旧示例法全称
  issuer: 示例机关
  versions: [{name: 首版, from: 2000-01-01, until: 2009-12-31}]
  article_count: 5
  articles:
    "1": {note: 已经废止。}
示例标准:
  title: 示例标准全称
  number: 示例〔2020〕1号
  issuer: 示例协会
  scope: 只管电话服务
  versions: [{name: 首版, from: 2020-01-01}]
  articles:
    3.1.2: {note: 先报工号。}
"""

REFERENCE_FILES = {
    "regulations.yaml": REGISTER,
    "vocabulary.yaml": VOCABULARY,
    "calendar.yaml": "# 没有登记\n",
    "desk.yaml": "reply: {hours: 8, from: 09:00, to: 18:00}\n",
    "lexicon/terms.txt": "投保人\n现金价值 # 说明\n",
    "lexicon/fillers.txt": "的 了 吗\n",
    "lexicon/foreign.txt": "社保 快递\n",
    "lexicon/products.txt": "重疾险\n",
    "lexicon/outside.yaml": "社会保险:\n  handled_by: 社会保险经办机构\n  says: [社保断了能补吗]\n",
    "lexicon/synonyms.yaml": "手机号: [联系电话]\n",
    "lexicon/polyphones.yaml": "重疾: [zhong, ji]\n",
}


def sample_files(**changes: str) -> dict[str, bytes]:
    """Return the whole sample folder; `changes` is text by the names sample and linked."""
    texts = {
        SAMPLE_PATH: changes.get("sample", SAMPLE),
        LINKED_PATH: changes.get("linked", LINKED),
        **REFERENCE_FILES,
    }
    return {path: text.encode() for path, text in texts.items()}


def sample_pack(**changes: str) -> ContentPack:
    """Return the sample folder as a pack."""
    return read_pack(sample_files(**changes))


def sample_reference(**changes: str) -> ReferenceData:
    """Return the sample's reference data; `changes` is text by file stem (calendar, …)."""
    stems = {Path(name).stem: name for name in REFERENCE_FILES}
    texts = {**REFERENCE_FILES, **{stems[stem]: text for stem, text in changes.items()}}
    return read_reference_data({name: text.encode() for name, text in texts.items()})


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write `files` below `folder` and return it."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def changed(old: str, new: str, text: str = SAMPLE) -> str:
    """Return `text` with its one occurrence of `old` replaced; fails when there is not one."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
    return text.replace(old, new)


def line_of(fragment: str, text: str) -> int:
    """Return the 1-based line on which `fragment` first stands."""
    assert fragment in text
    return text.count("\n", 0, text.index(fragment)) + 1


def parse(text: str, path: str = SAMPLE_PATH) -> ParsedFile:
    """Return the file with this text, parsed."""
    return parse_procedure_file(path, text.encode())


def procedure_in(text: str, path: str = SAMPLE_PATH) -> Procedure:
    """Return the procedure in a text that has no faults."""
    file = parse(text, path)
    assert file.procedure is not None, file.faults
    return file.procedure


def places(faults: Iterable[Fault]) -> list[tuple[str, int]]:
    """Return (code, line) of each fault, in order."""
    return [(fault.code, fault.line) for fault in faults]


def collector() -> FaultCollector:
    """Return a collector for a file whose name does not matter."""
    return FaultCollector("some-file")


def section(name: str, *rows: str) -> Section:
    """Return a section whose heading is line 1 and whose rows start on line 2."""
    return Section(name, 1, [Line(number, row) for number, row in enumerate(rows, 2)])
