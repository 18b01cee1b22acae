"""Read .xls and .ods workbooks: whole, and in a process of its own, as no look at the file tells what it grows to.

A cell in the last corner, a text that a hundred thousand cells refer to, a row repeated a million times: each takes a
few bytes of such a file. The reader runs where the system bounds its memory, and hands over only what is reasonable.
"""

import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regions.errors import Fault, StudyError
from regions.files.limits import most_cells, most_text
from regions.messages import say

_CHILD = Path(__file__).with_name("legacy_workbook_process.py")
_MEGABYTES = 2_000
_SECONDS = 300
_LARGEST = 256 << 20
_BOMB, _LOCKED, _NO_EXTRA, _KILLED = 3, 5, 6, (-6, -9, 134, 137)
"""Exit codes: the child's own, and of a process that the system or its own allocator ended."""


@dataclass(frozen=True, slots=True, eq=False)
class OldSheet:
    """The cells of one sheet.

    Attributes
    ----------
    columns
        Cells as Python values; all columns of one length.
    top, left
        Number of the first row and column, as Excel counts.
    merged
        First and last cell of merged areas, as (row, column).
    """

    columns: list[list[Any]]
    top: int
    left: int
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


def read_old_book(path: Path) -> tuple[dict[str, OldSheet], tuple[str, ...]]:
    """Return the visible sheets by name, and the names of hidden ones.

    Raises
    ------
    StudyError
        ``E-FORMAT``: the workbook is damaged or has a password, or is larger than 256 MB; ``E-BOMB``: it takes 2 GB of
        memory, or holds more cells and texts than `regions.files.limits` allows.
    """
    size = path.stat().st_size
    if size > _LARGEST:
        raise StudyError(_describe_broken(path.name))
    numbers = map(str, (_MEGABYTES, most_text(size), most_cells(size)))
    command = [sys.executable, "-P", str(_CHILD), str(path), *numbers]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise StudyError(_describe_broken(path.name)) from error
    if done.returncode in {_BOMB, *_KILLED}:
        raise StudyError(_describe_bomb(path.name))
    if done.returncode == _NO_EXTRA:
        raise StudyError(Fault.of(path.name, say("E-LOCKED")))
    if done.returncode:
        raise StudyError(_describe_broken(path.name, locked=done.returncode == _LOCKED))
    sheets, hidden = {}, []
    for name, visible, rows, top, left, merged in pickle.loads(done.stdout):  # noqa: S301 - written by our own child
        columns = [list(column) for column in zip(*rows, strict=True)]
        areas = tuple(((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in merged)
        if visible:
            sheets[name] = OldSheet(columns, top + 1, left + 1, areas)
        else:
            hidden.append(name)
    return sheets, tuple(hidden)


def _describe_bomb(file: str) -> Fault:
    return Fault.of(file, say("E-BOMB/workbook"))


def _describe_broken(file: str, *, locked: bool = False) -> Fault:
    return Fault.of(file, say("E-FORMAT/password" if locked else "E-FORMAT/damaged-legacy"))
