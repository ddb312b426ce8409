"""What was read is written in the format of exam files, with blanks for what is missing."""

from __future__ import annotations

from kb.paper_reading.exam_draft import exam_draft
from kb.paper_reading.text_paper import read_lines

PAPER = """客服测试
一、单选题（每题2分）
1.先做什么？
A.核身
B.挂断
答案：A 解析：先核对身份。
知识点：核身、退保
二、判断题
1.可以承诺结果。（×）
三、行为面试题
1.请讲述一次你处理投诉的经历。
答案：
行动：倾听并登记。
四、简答题
1.简述流程。"""

DRAFT = """---
id: test
title: 客服测试
bank: 考试
owner: 培训
---
## 单选 {#test-1 分值=2}
先做什么？

- A: 核身
- B: 挂断
- 答案: A
- 解析: 先核对身份。
- 主题: 核身、退保
- 来源: 测试.txt 第3行

## 判断 {#test-2}
可以承诺结果。

- 答案: 错
- 解析:
- 来源: 测试.txt 第9行

## 行为面试 {#test-3}
请讲述一次你处理投诉的经历。

- 采分点: 行动：倾听并登记。
- 解析:
- 来源: 测试.txt 第11行

## 简答 {#test-4}
简述流程。

- 采分点:
- 解析:
- 来源: 测试.txt 第15行
"""


def test_a_draft_has_every_item_with_its_source() -> None:
    paper = read_lines(PAPER.split("\n"))
    assert exam_draft(paper, "test", "测试.txt") == DRAFT
