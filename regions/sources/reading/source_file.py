"""One input file of an adapter: its faults, what is counted in it, and the cells that several adapters read alike."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from regions.errors import Fault, StudyError
from regions.messages import Message, say
from regions.sources.reading.store import Store
from regions.sources.reading.streams import MOST_FAULTS, open_stream
from regions.sources.reading.tally import Tally

_NUTS = re.compile(r"^[A-Z]{2}[0-9A-Z]{0,3}$")
_YEAR = re.compile(r"^(1[5-9]\d\d|20\d\d)(?:$|[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T].*)?$|年)", re.ASCII)
_DAY_FIRST = re.compile(r"^\d{1,2}[-/.]\d{1,2}[-/.](1[5-9]\d\d|20\d\d)(?: .*)?$", re.ASCII)
_EMPTY_WORDS = frozenset(
    {"0", "9999", "9999-12-31", "na", "n/a", "#n/a", "nan", "nat", "null", "none", "-", "--", "—", "——", "无", "缺失"}
)


@dataclass(slots=True)
class Source:
    """One input file, and the faults found in it.

    Attributes
    ----------
    path
        The file.
    tally
        Counts what is left out of it.
    faults
        Every fault so far, in the order of the rows; ``refuse`` raises them.
    headers
        Name -> header in the file, once its first row was read.
    """

    path: Path
    tally: Tally
    faults: list[Fault] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def add_fault(self, message: Message, row: int | None, column: str) -> None:
        """Words a fault in a row and column.

        Raises
        ------
        StudyError
            When the file has very many faults already: it is then of another kind than expected.
        """
        header = self.headers.get(column, column) or None
        self.faults.append(Fault.of(self.path.name, message, row=row, column=header))
        if len(self.faults) >= MOST_FAULTS:
            raise StudyError(self.faults)

    def count(self, reason: str, line: int | None, count: int = 1) -> None:
        """Count something left out of or noted in a line."""
        if count:
            self.tally.add(reason, self.path.name if line is None else f"{self.path.name}:{line}", count)

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Open the file as text; an encoding that was told by the words in it is counted."""
        with open_stream(self.path) as text:
            if not text.encoding.startswith("utf"):
                shown = {"cp950": "Big5"}.get(text.encoding, text.encoding.upper())
                self.tally.add("encoding", f"{self.path.name}: {shown}")
            yield text

    def refuse(self) -> None:
        """Raise every fault found, if there is one."""
        if self.faults:
            raise StudyError(self.faults)


def is_empty_word(cell: str) -> bool:
    """Tell whether a cell holds a word that stands for nothing (``NA``, ``null``, ``—``)."""
    return cell.strip().casefold() in _EMPTY_WORDS - {"0"}


def read_year(cell: str, source: Source, line: int | None, column: str) -> int | None:
    """Return the year of ``2021``, ``2021.0``, ``2021-05-01``, ``01/05/2021``, ``2021年``; None for an empty cell.

    ``NA``, ``NaN``, ``null``, ``None``, as other programs write an empty cell, and ``0``, ``9999``, ``9999-12-31``, as
    registers write an unknown date, count as empty; how many there were is counted as ``year-word``. Anything else is
    noted as ``E-YEAR``.
    """
    plain = cell.removesuffix(".0").strip()
    if not plain:
        return None
    if plain.casefold() in _EMPTY_WORDS:
        source.count("year-word", line)
        return None
    match = _YEAR.match(plain) or _DAY_FIRST.match(plain)
    if match:
        return int(match.group(1))
    source.add_fault(say("E-YEAR/source", cell=cell[:40]), line, column)
    return None


def read_nuts(cell: str, source: Source, line: int) -> str:
    """Return a NUTS code in capitals; "" for anything else, which is counted."""
    code = cell.strip().upper()
    if not code or _NUTS.match(code):
        return code
    source.count("no-nuts", line)
    return ""


def read_all(jobs: Iterable[tuple[Path, Callable[[Source], None]]], store: Store) -> None:
    """Let every file be read, and raise the faults of all of them together.

    Parameters
    ----------
    jobs
        Files and what reads them, in the order in which they are read.
    store
        Where the readers put what they find; its tally counts what they leave out.

    Raises
    ------
    StudyError
        Every fault that a reader noted in its source or raised.
    """
    faults: dict[Fault, None] = {}
    for path, read in jobs:
        source = Source(path, store.tally)
        try:
            read(source)
        except StudyError as error:
            faults |= dict.fromkeys([*source.faults, *error.faults])
        else:
            faults |= dict.fromkeys(source.faults)
    if faults:
        raise StudyError(faults)
