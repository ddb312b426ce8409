"""Where a procedure says that customers can do it themselves.

Nothing is added to what stands there: a route is a sentence that an agent may say, or what is
asked of a paper, and that names a channel without staff.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.content import Block, FollowUp, Material, Part, Procedure, Step, prose_of, statements_of

# “我在线上陪着您” is said of the phone.
_CHANNEL = re.compile(r"自助|(?<!我在)线上|官网|APP|公众号|小程序|官方平台|官方渠道")
_SPOKEN = ("必说", "话术")


@dataclass(frozen=True, slots=True)
class SelfServiceRoute:
    """A sentence that names a channel without staff."""

    address: str
    """Of the part in which it stands."""
    text: str


def self_service_routes(procedure: Procedure) -> tuple[SelfServiceRoute, ...]:
    """Return the routes of a version in reading order; a sentence counts once."""
    routes: dict[str, SelfServiceRoute] = {}
    for part in filter(_tells_customers, procedure.parts()):
        name = f"{part.name}：" if isinstance(part, Material) else ""
        for prose in prose_of(part):
            for statement in statements_of(prose):
                # What is to be said stands in quotation marks, which a sentence takes half of.
                text = f"{name}{statement.text.strip(' “”')}"
                if _CHANNEL.search(text):
                    routes.setdefault(text, SelfServiceRoute(part.address, text))
    return tuple(routes.values())


def _tells_customers(part: Part) -> bool:
    if isinstance(part, Block):
        return part.kind in _SPOKEN
    return isinstance(part, Step | Material | FollowUp)
