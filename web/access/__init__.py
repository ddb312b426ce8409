"""Who may see and do what: the gate before every route, and the pages around signing in."""

from web.access.gate import Gate
from web.access.next_path import sign_in_address
from web.access.visitor import Visitor

__all__ = ["Gate", "Visitor", "sign_in_address"]
