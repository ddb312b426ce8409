"""The general dictionary, made once for all tests: making it takes more than a second."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kb.indexing.build import dictionary_dir
from kb.search.dictionary import Dictionary, dictionary_files, read_dictionary


@cache
def _made_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kb-dictionary-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    dictionary_files(folder)
    return folder


@cache
def general_dictionary() -> Dictionary:
    """Return the dictionary as it is read in a process."""
    return read_dictionary(dictionary_files(_made_folder()))


def lay_dictionary(index_dir: Path) -> None:
    """Copy the dictionary to where an index looks for it; a copy, for tests that damage it."""
    shutil.copytree(_made_folder(), dictionary_dir(index_dir), dirs_exist_ok=True)
