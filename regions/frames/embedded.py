"""The embedded studies as frames: which regions each studies, and all the names that it knows."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from regions.frames.find_units import find_units
from regions.frames.name_index import NameIndex, build_name_index
from regions.study_card import CARD, StudyCard, read_card
from regions.words import Words

EMBEDDED = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A set of regions that data may be about.

    Attributes
    ----------
    name, title
        Of the embedded study.
    index
        Every name that it knows, its units preferred.
    inside
        The code of every studied unit and of every region inside one -> code of the unit.
    size
        How many units are studied.
    known
        How many regions it knows.
    """

    name: str
    title: Words
    index: NameIndex
    inside: dict[str, str]
    size: int
    known: int


def list_embedded() -> list[str]:
    """Return the names of the embedded studies, sorted."""
    return sorted(item.parent.name for item in EMBEDDED.glob(f"*/{CARD}"))


def find_embedded(word: str) -> str | None:
    """Return the embedded study of this name, be it the Chinese one (``yangtze-delta``, 长三角); None for none."""
    plain = word.strip().casefold()
    if plain in list_embedded():
        return plain
    return next((name for name in list_embedded() if plain in _read_chain(name)[0].names), None)


def list_other_names(name: str) -> tuple[str, ...]:
    """Return what else an embedded study is called, the usual Chinese name first."""
    return _read_chain(name)[0].names


@cache
def load_frames() -> tuple[Frame, ...]:
    """Return the embedded studies as frames, those that study fewer regions first; of one size, ``china`` first."""
    frames = [load_frame(name) for name in list_embedded()]
    return tuple(sorted(frames, key=lambda frame: (frame.size, frame.name != "china", -frame.known, frame.name)))


@cache
def load_frame(name: str) -> Frame:
    """Return one embedded study as a frame."""
    card, files = _read_chain(name)
    regions = _read_text(files["regions"])
    groups = _read_text(files["groups"]) if "groups" in files else None
    units = find_units(regions.set_index("code"), card, groups)
    members = frozenset(units.inside)
    inside = {str(code): unit for code, unit in units.unit_of.items() if unit in members}
    index = replace(_index_names(files["regions"]), preferred=members)
    return Frame(name, card.title or Words(name, name), index, inside, len(members), len(regions))


@cache
def _index_names(path: Path) -> NameIndex:
    """Index the names of one table of regions, which several studies share."""
    return build_name_index(_read_text(path), simplified=True)


@cache
def _read_text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@cache
def _read_chain(name: str) -> tuple[StudyCard, dict[str, Path]]:
    """Return the card of an embedded study over those that it extends, and the nearest file of each table."""
    card = read_card(EMBEDDED / name / CARD)
    own = {item.stem: item for item in (EMBEDDED / name).glob("*.csv")}
    if not card.extends:
        return card, own
    base, files = _read_chain(card.extends)
    return card.over(base, {"boundaries"}), {**files, **own}
