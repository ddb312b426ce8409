"""The blank files from which new ones are written."""

from __future__ import annotations

import json
from datetime import date, timedelta

from kb.content.exam_item import Bank

BLANK = "（待写："
"""How every blank in the body begins, so that the check finds those left over."""

_HEADER = """---
id: {id}
title:{title}
category: {category}
# 摘要不超过 125 字：先写结论，再写条件，最后写底线。
summary:
# 客户真会说的话，6 条以上。
says: []
keywords: []
applies: {{products: [个人人身险]}}
owner:
effective_from: {effective_from}
review_by: {review_by}
related: []
---
"""

_BODY = """## 办理步骤
1. 核对来电人身份。 {#verify}
   - 必核: 姓名、证件号码、预留手机号码
2. （待写：这一步坐席要做的事） {#act 需核身}
   - 必说: （待写：照读给客户的话）
   - 必记: （待写：要记进工单的内容）

## 所需材料
| 材料 | 何时需要 | 要求 |
|---|---|---|
| 有效身份证件 | | 在有效期内〔公司规定〕 |

## 合规提示
- 必须: （待写：必须做到的事）〔公司规定〕 {#must}

## 时效
| 事项 | 期限 | 起算 | 依据 |
|---|---|---|---|
| 办结 | 以公司公示为准 | 公司收到齐全材料 | 〔公司规定〕 |

## 常见追问
### （待写：客户接着会问的话） {#next-question}
（待写：答句）

## 升级与转办
- 转二线: （待写：什么情况转、交代什么）
"""

_EXAM = """---
id: {id}
title: {title}
bank: {bank}
owner:
---
## 单选 {{#{id}-1 分值=2 难度=中}}
（待写：题干）

- A: （待写：选项）
- B: （待写：另一个选项）
- 答案: A
- 解析: （待写：为什么对、为什么错，链接到规程里的那一步）
"""


def blank_exam_file(exam_id: str, title: str, bank: Bank) -> str:
    """Return a file of exam items whose only faults are its blanks."""
    return _EXAM.format(id=exam_id, title=json.dumps(title, ensure_ascii=False), bank=bank)


def blank_procedure(procedure_id: str, category: str, today: date) -> str:
    """Return a procedure file whose only faults are its blanks."""
    return blank_header(procedure_id, category, today) + _BODY


def blank_header(procedure_id: str, category: str, today: date, title: str = "") -> str:
    """Return the header of a new procedure with its blanks."""
    return _HEADER.format(
        id=procedure_id,
        title=f" {json.dumps(title, ensure_ascii=False)}" if title else "",
        category=category,
        effective_from=today.isoformat(),
        review_by=(today + timedelta(days=365)).isoformat(),
    )
