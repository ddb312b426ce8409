"""How a sign-in with the provider fails: the reason for the log, a sentence for who signs in."""

from __future__ import annotations

import logging
import re
from typing import Any, NoReturn
from urllib.parse import urlsplit

from kb.errors import ProviderAnswerRefused, ProviderUnavailable

_REFUSED = "公司账号系统的答复没有通过核对，已拒绝。请重新登录；再出现请告诉管理员。"
# As the standard writes them. Whatever else stands there was made up by who knows whom.
_ERROR_CODE = re.compile(r"[a-z_]{1,40}")
_LOG = logging.getLogger(__name__)


def refuse(reason: str, message: str = _REFUSED) -> NoReturn:
    """Raise ProviderAnswerRefused. `reason` holds nothing of what was sent."""
    _LOG.warning("a sign-in with the provider was refused: %s", reason)
    raise ProviderAnswerRefused(message)


def give_up(address: str, reason: str) -> NoReturn:
    """Raise ProviderUnavailable."""
    _LOG.warning("the provider at %s cannot be asked: %s", urlsplit(address).netloc, reason)
    raise ProviderUnavailable


def error_code(text: Any) -> str:
    """Return the code of an error as it may be logged."""
    is_code = isinstance(text, str) and _ERROR_CODE.fullmatch(text)
    return str(text) if is_code else "something that is no code"
