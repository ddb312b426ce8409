"""The pages away from the desk, listed for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.people import Permission
from web.access import Visitor


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A page, and who may see it."""

    label: str
    href: str
    permission: Permission

    @property
    def section(self) -> str:
        """What the page calls itself in its shell."""
        return self.href.removeprefix("/")


_OFFICE = (
    MenuLink("草稿", "/drafts", Permission.EDIT),
    MenuLink("改动", "/changes", Permission.SEE_CHANGES),
    MenuLink("停用", "/suspensions", Permission.SEE_CHANGES),
    MenuLink("回放", "/replay", Permission.SEE_CHANGES),
    MenuLink("复核", "/reviews", Permission.SEE_CHANGES),
    MenuLink("看板", "/figures", Permission.SEE_FIGURES),
    MenuLink("审计", "/audit", Permission.AUDIT),
    MenuLink("账号", "/people", Permission.ADMINISTER),
)


def menu_of(visitor: Visitor) -> tuple[MenuLink, ...]:
    """Return the pages that are open to the visitor, in the order of the menu."""
    return tuple(link for link in _OFFICE if visitor.may(link.permission))
