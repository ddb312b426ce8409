"""What staff call the actions of the audit trail, and the details of an entry."""

from __future__ import annotations

ACTION_NAMES = {
    "account.created": "开账号",
    "account.changed": "改账号",
    "account.enabled": "启用账号",
    "account.disabled": "停用账号",
    "account.linked": "关联公司账号",
    "link.made": "取一次性链接",
    "password.set": "用链接设密码",
    "password.changed": "改密码",
    "session.begun": "登录",
    "session.ended": "退出登录",
    "sessions.ended": "在所有地方退出",
    "team.renamed": "班组改名",
    "change.created": "新建改动",
    "change.described": "改动说明",
    "change.saved": "保存草稿",
    "change.commented": "评论改动",
    "change.submitted": "提交审核",
    "change.changes-requested": "要求修改",
    "change.approved": "批准改动",
    "change.approval-taken-back": "收回批准",
    "change.withdrawn": "撤回改动",
    "change.reopened": "重新打开改动",
    "change.published": "改动已发布",
    "repository.started": "建立内容库",
    "baseline.approved": "批准初始内容",
    "publication.published": "发布",
    "publication.failed": "发布失败",
    "publication.acknowledged": "确认必读",
    "suspension.started": "紧急停用",
    "suspension.lift-asked": "申请恢复使用",
    "suspension.lifted": "恢复使用",
    "question.asked": "提出问题",
    "question.taken": "接手问题",
    "question.assigned": "移交问题",
    "question.answered": "答复问题",
    "question.drafted": "问题转为草稿",
    "question.draft-lost": "问题的草稿撤回",
    "question.renewed": "重新约定答复时间",
    "question.handed-up": "问题转主管",
    "question.closed": "关闭问题",
    "question.reopened": "重新打开问题",
    "question.reminded": "提醒答复",
    "review.taken": "领取复核",
    "review.assigned": "转交复核",
    "review.noted": "复核备注",
    "review.confirmed": "复核确认",
    "review.reopened": "撤回复核确认",
}
_DETAIL_NAMES = {
    "as_role": "以何角色",
    "cause": "起因",
    "change": "改动",
    "change_set": "改动",
    "commit": "提交",
    "digest": "摘要值",
    "from": "原名",
    "line": "行",
    "login": "登录名",
    "name": "姓名",
    "note": "备注",
    "number": "第几次保存",
    "owner": "经办人",
    "path": "文件",
    "reason": "理由",
    "roles": "角色",
    "subject": "公司账号",
    "team": "班组",
    "texts": "内容指纹",
    "title": "标题",
    "to": "新名",
}


def action_name(action: str) -> str:
    """Return what staff call an action; one without a name stands as it is."""
    return ACTION_NAMES.get(action, action)


def detail_name(key: str) -> str:
    """Return what staff call a detail, likewise."""
    return _DETAIL_NAMES.get(key, key)
