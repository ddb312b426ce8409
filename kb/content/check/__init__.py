"""Checks of the content as a whole: everything that one file alone cannot tell.

The search check (a `says` line finds its own procedure) needs an engine and lives in
`kb.checking`.
"""

from kb.content.check.file_check import check_file
from kb.content.check.pack_check import check_pack

__all__ = ["check_file", "check_pack"]
