"""A sound study to spoil: the folder of ``badinputs/good``, and what its tables look like with one thing changed."""

import shutil
from pathlib import Path

from regions import StudyError
from regions.errors import Fault

GOOD = Path(__file__).parent / "data" / "badinputs" / "good"
LINKS = (GOOD / "links.csv").read_text(encoding="utf-8")
REGIONS = (GOOD / "regions.csv").read_text(encoding="utf-8")
ACTORS = (GOOD / "actors.csv").read_text(encoding="utf-8")
RECORDS = (GOOD / "records.csv").read_text(encoding="utf-8")
HEADER = "source,target,weight,year,type\n"
SECOND = "310100,320200,7,2020,contract\n"


def copy_good(folder: Path) -> Path:
    """Copy the sound study."""
    for path in GOOD.iterdir():
        shutil.copy(path, folder)
    return folder


def put(folder: Path, name: str, content: str | bytes) -> None:
    """Write one file of the study in the place of the sound one of its name."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def links_with(cells: str) -> str:
    """Return a table of links whose first row is made of ``cells``."""
    return f"{HEADER}{cells}\n{SECOND}"


def faults_of(folder: Path) -> list[Fault]:
    """Open a study as the command line does; return the errors that refuse it, or the warnings that come with it."""
    from regionet.steps.open_study import open_study  # noqa: PLC0415 - geometry is loaded only by tests that open a study

    before = sorted(path.name for path in folder.iterdir())
    try:
        found = list(open_study(str(folder)).warnings)
        assert not any(fault.is_error for fault in found)
    except StudyError as error:
        found = list(error.faults)
        assert all(fault.is_error for fault in found)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert all(fault.message and fault.message_zh for fault in found)
    assert all(bool(fault.hint) == bool(fault.hint_zh) for fault in found)
    return found


def places_of(faults: list[Fault]) -> list[tuple[str, str, int | None, str | None]]:
    """Return code, file, row and column of every fault."""
    return [(fault.code, fault.file, fault.row, fault.column) for fault in faults]
