"""Switches the masks off in every process that finds this on its path: then the run must fail."""

import kb.privacy
from kb.privacy import identifiers, stored_text

identifiers.find_identifiers = lambda text: []
kb.privacy.find_identifiers = identifiers.find_identifiers
kb.privacy.mask_stored_text = stored_text.mask_stored_text = str
