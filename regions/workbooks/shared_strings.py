"""Count the texts that the cells of a worksheet refer to, before a reader writes each of them out."""

import re
from collections.abc import Mapping

from regions.files.limits import is_cheap, refuse_expansion
from regions.files.xml_events import walk_xml

_REFERENCE = re.compile(rb'<c [^<>]*\bt="s"[^<>]*><v>([0-9]{1,9})</v>')
_ANY_REFERENCE = re.compile(rb"""\bt\s*=\s*["'](?:s["']|[^"'<>]*&)""")


def refuse_shared_texts(sheet: bytes, shared: bytes, cells: int, *, size: int, file: str) -> None:
    """Refuse a sheet whose references to shared texts expand beyond measure.

    Parameters
    ----------
    sheet, shared
        The XML of the worksheet and of the list of shared texts.
    cells
        How many cells the sheet has. Where even the longest text in each of them would be little, nothing is counted.
    size
        Bytes of the workbook as it is packed.
    file
        Names the sheet in messages.

    Raises
    ------
    StudyError
        ``E-BOMB``, see `regions.files.limits.refuse_expansion`.
    """
    if is_cheap(cells * len(shared)):
        return
    lengths = _list_lengths(shared, file)
    if not is_cheap(cells * max(lengths, default=0)):
        used = _list_references(sheet, file)
        refuse_expansion(sum(lengths[place] for place in used if place < len(lengths)), size, file)


def _list_lengths(xml: bytes, file: str) -> list[int]:
    """Return the bytes of every shared text; rich text is joined, phonetic guides among it."""
    lengths: list[int] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if name == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data.encode("utf-8", "surrogatepass"))

    walk_xml(xml, file, start=start, end=lambda _: None, text=text)
    return lengths


def _list_references(xml: bytes, file: str) -> list[int]:
    """Return the place of the text of every cell that refers to one."""
    found = _REFERENCE.findall(xml)
    if len(found) == len(_ANY_REFERENCE.findall(xml)):  # no cell is written in another way
        return list(map(int, found))
    places: list[int] = []
    state = {"kind": "", "value": ""}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        state["value"] = ""
        if name == "c":
            state["kind"] = attributes.get("t", "").strip()

    def text(data: str) -> None:
        state["value"] += data

    def end(name: str) -> None:
        value = state["value"].strip()
        if name == "v" and state["kind"] == "s" and value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004 - as above
            places.append(int(value))
        state["value"] = ""

    walk_xml(xml, file, start=start, end=end, text=text)
    return places
