"""Find the files of a study: its own folder, and the embedded study that it extends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from regions.errors import Fault, StudyError
from regions.files.text_table import TextTable
from regions.files.writing import refuse_special
from regions.folder_files import GEOMETRY, find_unused_boundaries, list_visible, locate_boundaries, refuse_outside
from regions.foreign.mixed_forms import read_mixed_book, read_mixed_files, take_mixed
from regions.frames.embedded import EMBEDDED, find_embedded, list_embedded
from regions.messages import say
from regions.schema.headers import recognise_table
from regions.schema.suggest import suggest
from regions.schema.tables import TABLES
from regions.study_card import CARD, StudyCard, read_card
from regions.study_frame import FrameSource, explain_no_frame, find_frame, take_boundaries, warn_frame
from regions.study_workbook import open_book
from regions.table_file import ANY_TABLE, NO_SHEETS, SUFFIXES, TEXT, UNREAD, WORKBOOKS, is_workbook
from regions.tables.checked_table import CheckedTable
from regions.understood import Total, Understood

if TYPE_CHECKING:
    from regions.workbooks.workbook import Workbook

Loaded: TypeAlias = dict[str, TextTable | CheckedTable | StudyError]
_CHAIN_FACTS = frozenset({"links", "records", "actors", "chains", "activities", "coverage"})
"""Own tables beside which the chains of the extended study, and what is declared of them, do not count."""

_REPORTS = frozenset({"dropped.csv", "unplaced.csv", "duplicates.csv"})
"""What our own commands leave beside the tables, for people to read."""


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """The files of a study.

    Attributes
    ----------
    path
        The folder, absolute.
    card
        Its card, with what it leaves open taken from the study that it extends.
    files
        Table name -> file.
    faults
        Warnings about files that were not read.
    loaded
        Tables that are read already, because one file holds them all.
    card_file
        The file of the card, None when there is none.
    base
        Table -> file of the extended study, for tables that the folder has too: some are added to each other.
    frame
        Where the regions come from.
    told
        How tables of a form that is not our own were understood, and what they sum to.
    """

    path: Path
    card: StudyCard
    files: dict[str, Path]
    faults: list[Fault] = field(default_factory=list)
    loaded: Loaded = field(default_factory=dict)
    card_file: Path | None = None
    base: dict[str, Path] = field(default_factory=dict)
    frame: FrameSource = field(default_factory=lambda: FrameSource("own"))
    told: tuple[tuple[Understood, ...], tuple[Total, ...]] = ((), ())

    @property
    def own(self) -> frozenset[str]:
        """Return the tables that are the study's own, not those of the one that it extends."""
        return frozenset(name for name, file in self.files.items() if EMBEDDED not in file.parents)


def open_folder(path: Path, *, records: bool = True, frame: str | None = None, bare: bool = False) -> StudyFolder:
    """Find the files of the study in ``path``: a folder, or one Excel workbook with a sheet per table.

    Without ``records`` they come from elsewhere: regions and actors are enough; ``bare``: regions are. The regions
    are those of ``frame``, an embedded study or a folder; where it is None those of the study, or of the one that it
    extends, or else of the embedded study that the names in its tables fit, see `regions.frames.choose_frame`.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when there is no such folder or a needed table is missing, ``E-CONFIG`` for a faulty card.
    """
    path = path.absolute()
    refuse_special([] if path.is_dir() else [path])
    if path.is_file() and is_workbook(path):
        return _open_workbook(path, records=records, frame=frame)
    if path.is_file() and path.suffix.lower() not in NO_SHEETS:
        return _open_foreign(path, [path], StudyCard(), frame)
    if not path.is_dir():
        key = "E-FOLDER/no-study-file" if path.exists() else "E-FOLDER/no-folder"
        raise StudyError(Fault.of(str(path), say(key)))
    refuse_special(_list_wanted(path))
    card_file = path / CARD if (path / CARD).is_file() else None
    refuse_outside(path, [path / CARD])
    card = read_card(card_file) if card_file else StudyCard()
    own = _own_files(path, card)
    refuse_outside(path, own.values())
    others = [item for item in list_visible(path) if item.suffix.lower() in (*TEXT, *WORKBOOKS) and item.is_file()]
    if not own and others and not bare:
        refuse_outside(path, others)
        return _open_foreign(path, others, card, frame)
    loaded: Loaded = {}
    mixed = None if bare or not records else read_mixed_files(own, loaded, directed=card.directed, missing=card.missing)
    others_told = take_mixed(mixed, own, loaded, []) if mixed else []
    source = find_frame(card, own, frame, loaded)
    if source.how == "own" and "regions" not in own and own:
        take_boundaries(path, card, own, loaded)
    card, files, base = _extend(card, own, source)
    _refuse_damaged(files, loaded)
    _check_complete(path, files, own, loaded, records=records, bare=bare)
    card = locate_boundaries(path, card, search=True)
    faults = [*warn_frame(source, card, own), *_stray_files(path, own), *find_unused_boundaries(path, card.boundaries)]
    faults += others_told
    told = (mixed.found.understood, mixed.found.totals) if mixed else ((), ())
    return StudyFolder(path, card, files, faults, loaded, card_file=card_file, base=base, frame=source, told=told)


def _list_wanted(path: Path) -> Iterator[Path]:
    """Iterate over whatever has the name of a file that is read without being mentioned."""
    yield path / CARD
    tables = (item for item in list_visible(path) if recognise_table(item.stem))
    yield from (item for item in tables if item.suffix.lower() in (*SUFFIXES, *UNREAD))
    yield from (path / name for name in GEOMETRY)


def _open_workbook(path: Path, *, records: bool, frame: str | None) -> StudyFolder:
    book = open_book(path)
    if not book.tables and not book.named:
        return _open_foreign(path, [path], book.card, frame, book.workbook)
    own = dict.fromkeys(book.tables, path)
    loaded: Loaded = dict(book.tables)
    mixed = read_mixed_book(book, path, missing=book.card.missing)
    noticed = take_mixed(mixed, own, loaded, book.faults) if mixed else book.faults
    source = find_frame(book.card, own, frame, loaded)
    card, files, base = _extend(book.card, own, source)
    _refuse_damaged(files, loaded)
    _check_complete(path, files, own, loaded, records=records)
    card = locate_boundaries(path.parent, card, search=False)
    faults = [*warn_frame(source, book.card, own), *noticed]
    faults += find_unused_boundaries(path.parent, card.boundaries, suffixes=())
    told = (mixed.found.understood, mixed.found.totals) if mixed else ((), ())
    return StudyFolder(path, card, files, faults, loaded, base=base, frame=source, told=told)


def _open_foreign(
    path: Path, files: list[Path], card: StudyCard, frame: str | None, workbook: "Workbook | None" = None
) -> StudyFolder:
    """Read files in whatever form; indicators of the study that is only their frame stay out of their own."""
    from regions.foreign.read_foreign import read_foreign  # noqa: PLC0415 - only for files that are not in our own form

    found = read_foreign(files, path, directed=card.directed, workbook=workbook, missing=card.missing)
    if found.directed and "directed" not in card.given:
        card = replace(card, directed=True, given=card.given | {"directed"})
    loaded: Loaded = dict(found.tables)
    source = find_frame(card, found.files, frame, loaded)
    if source.how == "own" and "regions" not in found.files and path.is_dir():
        take_boundaries(path, card, found.files, loaded)
    card, wanted, base = _extend(card, found.files, source)
    _check_complete(path, wanted, found.files, loaded, records=True)
    if "indicators" in loaded and source.how != "extends":
        base = {name: file for name, file in base.items() if name not in {"indicators", "dictionary"}}
    card = locate_boundaries(path if path.is_dir() else path.parent, card, search=path.is_dir())
    faults = [*warn_frame(source, card, found.files), *found.faults]
    told = (found.understood, found.totals)
    return StudyFolder(path, card, wanted, faults, loaded, base=base, frame=source, told=told)


def open_tables(
    path: Path, card: StudyCard, tables: Mapping[str, TextTable], *, frame: str | None = None
) -> StudyFolder:
    """Take tables that are in memory for the files of a study; ``path`` is its name for messages."""
    loaded: Loaded = dict(tables)
    own = {name: Path(name) for name in tables}
    source = find_frame(card, own, frame, loaded)
    card, files, base = _extend(card, own, source)
    _check_complete(path, files, own, loaded, records=True)
    return StudyFolder(path, card, files, list(warn_frame(source, card, own)), loaded, base=base, frame=source)


def _extend(
    card: StudyCard, own: dict[str, Path], source: FrameSource
) -> tuple[StudyCard, dict[str, Path], dict[str, Path]]:
    """Fill in what the card and the tables leave open from the study that the regions come from.

    A study that is only the frame gives its regions and what is known of them, and none of its links.
    """
    if source.how == "own":
        return card, own, {}
    base = _open_base(source.name, card)
    own = {name: file for name, file in own.items() if name != "regions" or source.how == "extends"}
    dropped = {"links"} if "records" in own else ({"records", "actors"} if "links" in own else set())
    if source.how != "extends":
        dropped = {"links", "records", "actors", "chains", "activities", "coverage"}
    if own.keys() & _CHAIN_FACTS:  # what is said of inherited actors does not hold of other ones
        dropped |= {"chains", "activities", "coverage"}
    taken = {name: file for name, file in base.files.items() if name not in {*own, *dropped}}
    both = {name: file for name, file in base.files.items() if name in own}
    unlike = {"focus"} if "regions" in own else set()  # a group of other regions
    return card.over(base.card, set(taken) | {"boundaries"}, unlike), {**taken, **own}, both


def _open_base(name: str, card: StudyCard) -> StudyFolder:
    if find_embedded(name) is None and Path(name).is_dir():
        return open_folder(Path(name), records=False, bare=True)
    embedded = find_embedded(name)
    if embedded:
        return open_folder(EMBEDDED / embedded)
    meant = suggest(name, dict.fromkeys(list_embedded(), ""))
    message = say("E-CONFIG/extends", name=name).with_hint(meant)
    raise StudyError(Fault.of(card.file, message, column=card.place("extends")))


def _own_files(path: Path, card: StudyCard) -> dict[str, Path]:
    """Find the file of every table: the one that the card names, else the one of the table's name."""
    refuse_special(path / file for file in card.files.values())
    faults = [
        Fault.of(CARD, say("E-FOLDER/no-such-file", file=file), column=name)
        for name, file in card.files.items()
        if not (path / file).is_file()
    ]
    found: dict[str, list[Path]] = {}
    for item in list_visible(path):
        name = recognise_table(item.stem)
        readable = item.suffix.lower() in (*UNREAD, *(SUFFIXES if name == "links" else ANY_TABLE))
        if name and name not in card.files and readable and item.is_file():
            found.setdefault(name, []).append(item)
    for name, files in found.items():
        if len(files) > 1:  # regions.json is a file of boundaries where another holds the table
            files[:] = [file for file in files if file.name not in GEOMETRY] or files
        if len(files) > 1:
            shown = ", ".join(file.name for file in files)
            faults.append(
                Fault.of(str(path), say("E-FOLDER/twins", table=name, files=shown, card=CARD, file=files[0].name))
            )
    if faults:
        raise StudyError(faults)
    return {
        name: path / card.files[name] if name in card.files else found[name][0]
        for name in TABLES
        if name in card.files or name in found
    }


def _refuse_damaged(files: dict[str, Path], loaded: Loaded) -> None:
    """Where nothing names the regions, tell first what is wrong with the tables that were to name them."""
    faults = [fault for table in loaded.values() if isinstance(table, StudyError) for fault in table.faults]
    if "regions" not in files and faults:
        raise StudyError(faults)


def _check_complete(
    path: Path, files: dict[str, Path], own: dict[str, Path], loaded: Loaded, *, records: bool, bare: bool = False
) -> None:
    """Refuse a study without regions, or with nothing about them: neither links, nor records, nor own indicators."""
    missing = None
    if "regions" not in files:
        strange = explain_no_frame(loaded)
        if strange is not None:
            raise StudyError(Fault.of(path.name, strange))
        missing = say("study/no-regions")
    elif bare or (
        records and {"indicators", "groups", "activities"} & set(own) and not {"links", "records"} & set(files)
    ):
        return
    elif records and "links" not in files and "records" not in files:
        missing = say("study/neither-links-nor-records")
    elif (not records or "links" not in files) and "actors" not in files:
        missing = say("study/records-need-actors")
    if missing is None:
        return
    if path.is_dir():
        present = sorted(item.name for item in path.iterdir() if not item.name.startswith("."))
        raise StudyError(Fault.of(str(path), say("E-FOLDER/incomplete", missing=missing, present=present[:12])))
    raise StudyError(
        Fault.of(str(path), say("E-FOLDER/incomplete-workbook", missing=missing, present=sorted(own)[:12]))
    )


def _stray_files(path: Path, own: dict[str, Path]) -> Iterator[Fault]:
    used = {file.resolve() for file in own.values()}
    for item in list_visible(path):
        if item.name in _REPORTS or item.resolve() in used:
            continue
        if not item.is_file() and item.suffix.lower() in SUFFIXES:
            yield Fault.of(item.name, say("W-FILE/no-file"))
        elif item.suffix.lower() in {".yaml", ".yml"} and not (item.name.lower() == CARD and (path / CARD).is_file()):
            yield Fault.of(item.name, say("W-FILE/card", card=CARD))
        elif item.suffix.lower() in SUFFIXES:
            meant = suggest(item.stem, dict.fromkeys(TABLES, ""))
            yield Fault.of(item.name, say("W-FILE/no-table").with_hint(meant))
