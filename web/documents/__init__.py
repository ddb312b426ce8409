"""Documents to read away from the desk: a category on paper, a checklist, the offline copy."""
