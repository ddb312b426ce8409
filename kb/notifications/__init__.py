"""What waits for somebody, told inside the product: no mail, no third party."""

from kb.notifications.notifications import (
    Notification,
    count_unread,
    list_notifications,
    mark_read,
    notify,
    notify_role,
)

__all__ = [
    "Notification",
    "count_unread",
    "list_notifications",
    "mark_read",
    "notify",
    "notify_role",
]
