"""The check of one file while it is written: shallow, fast enough for every pause of the typing.

What only the whole content can tell is found when the change is submitted (`kb.checking`).
"""

from __future__ import annotations

from datetime import date

from kb.content import (
    Fault,
    FaultCollector,
    check_exam_file,
    check_file,
    check_personal_data,
    is_exam_path,
    is_procedure_path,
    parse_exam_file,
    parse_procedure_file,
    read_reference_data,
)
from kb.editing.surroundings import Surroundings


def check_text(path: str, text: str, surroundings: Surroundings, today: date) -> list[Fault]:
    """Return the faults of the file at `path` if it held `text`, in the order of lines.

    `path` names a content file of any kind; `today` decides whether the review date has passed.
    """
    data = text.encode("utf-8", "surrogatepass")
    if is_exam_path(path):
        exam = parse_exam_file(path, data)
        addresses = surroundings.addresses(without=path)
        return check_exam_file(exam, data, surroundings.reference, addresses)
    if not is_procedure_path(path):
        return _data_file_faults(path, data)
    file = parse_procedure_file(path, data)
    addresses = surroundings.addresses(without=path)
    if file.draft is not None:
        own = frozenset(part.address for part in file.draft.parts())
        addresses[file.draft.id] = addresses.get(file.draft.id, frozenset()) | own
    return check_file(file, data, surroundings.reference, addresses, today)


def _data_file_faults(path: str, data: bytes) -> list[Fault]:
    faults = FaultCollector(path)
    check_personal_data(data, faults)
    # Alone it is read fastest; that the others are missing is not its fault.
    read = (fault for fault in read_reference_data({path: data}).faults if fault.file == path)
    return sorted({*read, *faults.faults})
