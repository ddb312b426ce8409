"""The confined process that reads a paper: its bytes come in, what was read as JSON goes out."""

from __future__ import annotations

from dataclasses import asdict

from kb.importing.child import answer
from kb.paper_reading.file_paper import read_file

if __name__ == "__main__":
    answer(lambda data: asdict(read_file(data)))
