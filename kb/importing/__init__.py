"""Office documents and plain text become drafts of procedures.

What strangers made is read in a process of its own, with little memory and time, and without files
and network. That process starts with this package: `kb.importing.to_procedure`, which needs all of
`kb.content`, is imported where it is used.
"""

from kb.importing.document import Place, SourceDocument, SourceParagraph, SourceTable
from kb.importing.reading import read_document

__all__ = ["Place", "SourceDocument", "SourceParagraph", "SourceTable", "read_document"]
