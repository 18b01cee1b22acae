"""Tables of collaboration written as people keep them, and what is read out of them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from regions.forms.read_forms import Forms, read_forms
from regions.layouts.understand import read_layout

Row = Sequence[Any]


def write_book(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """Write rows into the sheets of a workbook; None is an empty cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read_rows(path: Path, *rows: Row, **options: Any) -> Forms:
    """Write rows into a workbook of one sheet and read its forms."""
    return read_book(path / "表.xlsx", {"Sheet1": rows}, **options)


def read_book(path: Path, sheets: Mapping[str, Iterable[Row]], **options: Any) -> Forms:
    """Write a workbook and read its forms."""
    return read_forms(read_layout([write_book(path, sheets)], path), **options)


def list_links(forms: Forms) -> list[tuple[Any, ...]]:
    """Return source, target, weight and, where there is one, year of every link."""
    frame = forms.tables["links"].frame
    names = [name for name in ("source", "target", "weight", "year") if name in frame]
    return list(frame[names].itertuples(index=False, name=None))


def list_records(forms: Forms) -> dict[str, list[str]]:
    """Return record -> its actors."""
    frame = forms.tables["records"].frame
    return {str(name): sorted(group) for name, group in frame.groupby("record")["actor"]}


def codes_of(forms: Forms) -> list[str]:
    """Return the codes of the faults, those of tables too, each once, sorted."""
    found = [*forms.faults, *(fault for table in forms.tables.values() for fault in table.faults)]
    return sorted({fault.code for fault in found})


def message_of(forms: Forms, code: str) -> str:
    """Return what the only fault of a code says, in English."""
    found = [*forms.faults, *(fault for table in forms.tables.values() for fault in table.faults)]
    (message,) = [fault.message for fault in found if fault.code == code]
    return message
