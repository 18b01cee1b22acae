"""Read the field-tagged export of the Web of Science: a tag of two letters begins a field, ER ends a record."""

import re
from collections.abc import Iterator
from pathlib import Path

from regions.messages import say
from regions.sources.reading.sheets import is_excel
from regions.sources.reading.source_file import Source
from regions.sources.reading.streams import open_stream

_TAG = re.compile(r"^([A-Z][A-Z0-9])(?: (.*))?$")
_CONTINUED = "   "
_HEAD = frozenset({"FN", "VR"})
_LONGEST_LINE = 16_000_000

Fields = dict[str, list[str]]
"""Tag -> its lines: one address each for C1, one author each for AU."""


def is_tagged(path: Path) -> bool:
    """Tell whether a file is a field-tagged export, by its first line."""
    if is_excel(path):
        return False
    with open_stream(path) as text:
        first = text.readline(1000).strip()
    return first.startswith(("FN ", "PT ")) and "\t" not in first


def read_tagged(source: Source) -> Iterator[tuple[int, Fields]]:
    """Read the records of a field-tagged export.

    Yields
    ------
    line, fields
        Line on which the record begins.

    Raises
    ------
    StudyError
        ``E-FORMAT`` for every line that is neither a field nor goes on with one, and for a last record that breaks off.
    """
    fields: Fields = {}
    begin, tag = 0, ""
    with source.open() as text:
        for number, raw in enumerate(iter(lambda: text.readline(_LONGEST_LINE), ""), 1):
            line = raw.strip("\r\n\ufeff")
            match = _TAG.match(line)
            if line.startswith(_CONTINUED) and tag:
                fields[tag].append(line.strip())
            elif match and match.group(1) == "ER":
                yield begin, fields
                fields, tag = {}, ""
            elif match and match.group(1) not in {*_HEAD, "EF"}:
                tag = match.group(1)
                begin = begin if fields else number
                fields.setdefault(tag, []).append((match.group(2) or "").strip())
            elif line.strip() and not match:
                source.add_fault(say("E-FORMAT/no-field", line=line[:60]), number, "")
    if fields:
        source.add_fault(say("E-FORMAT/no-end"), begin, "")
    source.refuse()
