"""Help for the tests of adapters: convert a sample and read back what was written."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from regions.errors import StudyError
from regions.sources import convert_records

SAMPLES = Path(__file__).parent / "data" / "adapters"
Row = dict[str, str]


def convert(
    source: str, inputs: Sequence[Path], out: Path, **options: Any
) -> tuple[list[Row], list[Row], dict[str, int]]:
    """Convert, and return the rows of actors and records, and reason -> count."""
    done = convert_records(source, inputs, out, **options)
    report = dict(zip(done.report["reason"], done.report["count"], strict=True))
    actors, records = read(out / "actors.csv"), read(out / "records.csv")
    assert (done.tables.actors, done.tables.participations) == (len(actors), len(records))
    assert done.tables.records == len({row["record"] for row in records})
    return actors, records, report


def read(path: Path) -> list[Row]:
    """Read a table as rows of text; none when there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(records: Sequence[Row]) -> list[tuple[str, str]]:
    """Return record and actor of every row."""
    return [(row["record"], row["actor"]) for row in records]


def write(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a file with the line ends as they stand."""
    path.write_bytes(text.encode(encoding))
    return path


def faults_of(source: str, inputs: Sequence[Path], out: Path) -> list[tuple[str, str, int | None, str | None]]:
    """Convert what cannot be converted; return code, file, row and column of every fault, nothing being written."""
    with pytest.raises(StudyError) as caught:
        convert_records(source, inputs, out)
    assert not out.exists()
    for fault in caught.value.faults:
        assert fault.message
        assert fault.message_zh
    return [(fault.code, fault.file, fault.row, fault.column) for fault in caught.value.faults]
