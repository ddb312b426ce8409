"""A file of exam items beside the sample folder, one of every type, and what is read out of it."""

from __future__ import annotations

from kb.content import (
    PIN_HASH_CHARS,
    ExamFile,
    ExamItem,
    ParsedExamFile,
    block_hash,
    parse_exam_file,
    part_at,
)
from tests.content_samples import SAMPLE, procedure_in

EXAM_PATH = "exams/contact.md"
SEALED_PATH = "exams/contact-exam.md"

_EXAM = """\
---
id: contact
title: 联系电话练习题
bank: 练习
owner: 培训
---
## 单选 {{#contact-1 分值=2 难度=易}}
被保险人来电，要把投保人的号码换掉。

坐席怎么答？

- A: 请他报新号码，马上换
- B: 告诉他要由投保人提出
- C: 让他写委托书
- 答案: B
- 解析: 变更要由投保人提出，见[第1步](contact-change#verify/必说/1)〔示例法§6〕。
- 主题: 保全、联系电话
- 关联: contact-change#verify/必说/1 {must_say}
- 来源: 旧考卷 第12行

## 多选 {{#contact-2 分值=3 难度=中}}
代办人换号码，要收哪些？

- A: 变更申请书
- B: 授权委托书
- C: 户口本
- 答案: A、B
- 解析: 见[材料](contact-change#所需材料/授权委托书)。
- 主题: 保全
- 关联: contact-change#所需材料/授权委托书 {material}

## 判断 {{#contact-3 分值=1 难度=易}}
可以把销售人员的号码登记成客户的。

- 答案: 错
- 解析: 见[提示](contact-change#no-agent-number)。
- 主题: 保全
- 关联: contact-change#no-agent-number {note}

## 填空 {{#contact-4 分值=2 难度=中}}
收到申请起 ____ 个工作日告知结果，录音保存 ____ 年。

- 答案: 5|五
- 答案: 2|二|两
- 解析: 见[时效](contact-change#时效/告知结果)。
- 主题: 保全
- 关联: contact-change#时效/告知结果 {deadline}

## 情景分析 {{#contact-5 分值=5 难度=难}}
怎么处理？

- 背景: 代办人来电，没有委托书。
  客户催得很急。
- 采分点: 3分 说明委托书要写明事项 → contact-change#proxy/必说/1 {proxy}
- 采分点: 2分 请他补交委托书再办
- 解析: 见[第3步](contact-change#proxy)。
- 主题: 保全、代办
- 关联: contact-change#proxy/必说/1 {proxy}

## 行为面试 {{#contact-6 分值=4 难度=中}}
说一次您安抚客户的经过。

- 采分点·情境: 1分 说清当时的情况
- 采分点·任务: 1分 说清自己的任务
- 采分点·行动: 1分 说清怎么做 → contact-change#register {step}
- 采分点·结果: 1分 说清结果
- 解析: 见[第4步](contact-change#register)。
- 主题: 保全
- 关联: contact-change#register {step}
"""


def hash_at(address: str, sample: str = SAMPLE) -> str:
    """Return the digits with which a pin to a part of the sample procedure is confirmed."""
    part = part_at(procedure_in(sample), address)
    assert part is not None, address
    return block_hash(part)[:PIN_HASH_CHARS]


EXAM = _EXAM.format(
    must_say=hash_at("verify/必说/1"),
    material=hash_at("所需材料/授权委托书"),
    note=hash_at("no-agent-number"),
    deadline=hash_at("时效/告知结果"),
    proxy=hash_at("proxy/必说/1"),
    step=hash_at("register"),
)
SEALED = f"""\
---
id: contact-exam
title: 联系电话考试题
bank: 考试
owner: 培训
---
## 判断 {{#contact-7 分值=1 难度=易}}
号码停用的，可以登记家人的号码。

- 答案: 错
- 解析: 家人的号码不登记，见[第2步](contact-change#read-out/禁说/2)。
- 主题: 保全
- 关联: contact-change#read-out/禁说/2 {hash_at("read-out/禁说/2")}
"""


def exam_files() -> dict[str, bytes]:
    """Return the files of both banks."""
    return {EXAM_PATH: EXAM.encode(), SEALED_PATH: SEALED.encode()}


def parse_exam(text: str, path: str = EXAM_PATH) -> ParsedExamFile:
    """Return the file with this text, parsed."""
    return parse_exam_file(path, text.encode())


def exam_in(text: str, path: str = EXAM_PATH) -> ExamFile:
    """Return the items of a text that has no faults."""
    parsed = parse_exam(text, path)
    assert parsed.file is not None, parsed.faults
    return parsed.file


def item_in(item_id: str, text: str = EXAM) -> ExamItem:
    """Return one item of a text that has no faults."""
    return next(item for item in exam_in(text).items if item.id == item_id)
