"""Where the regions of a study come from: its own table, a study that it extends, one that was asked for or found."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from regions.errors import Fault, StudyError
from regions.files.boundary_regions import SUFFIXES, read_boundary_regions
from regions.files.text_table import TextTable
from regions.folder_files import GEOMETRY
from regions.frames.embedded import find_embedded
from regions.frames.frame_choice import ENOUGH, choose_frame, describe_alternative, find_nearest, recognise
from regions.frames.weigh import NAMING, weigh_columns, weigh_words
from regions.messages import Message, say
from regions.study import Study
from regions.study_card import StudyCard
from regions.table_file import NETWORKS, read_file
from regions.tables.checked_table import CheckedTable
from regions.words import Words

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_CLEARLY = 2.0
_MOSTLY = 0.5
_SHOWN = 5
COUNTY = re.compile("[县区旗市]$")
"""The end of names of counties, and of cities of their level."""


@dataclass(frozen=True, slots=True)
class FrameSource:
    """Where the regions of a study come from.

    Attributes
    ----------
    how
        ``own``: its own table; ``extends``: the card says so; ``asked``: the caller; ``found``: by the names.
    name
        The embedded study or folder; "" for ``own``.
    """

    how: Literal["own", "extends", "asked", "found"]
    name: str = ""


def find_frame(
    card: StudyCard, own: dict[str, Path], asked: str | None, loaded: dict[str, TextTable | CheckedTable | StudyError]
) -> FrameSource:
    """Say where the regions come from; tables that must be read for it are put into ``loaded``."""
    if asked is not None:
        return FrameSource("asked", find_embedded(asked) or asked)
    if card.frame:
        return FrameSource("asked", find_embedded(card.frame) or card.frame)
    if card.extends:
        return FrameSource("extends", find_embedded(card.extends) or card.extends)
    if "regions" in own:
        return FrameSource("own")
    unread = [name for name in NAMING if name in own and name not in loaded]
    for name in [name for name in unread if own[name].suffix.lower() not in NETWORKS]:
        try:
            loaded[name] = read_file(name, own[name])
        except StudyError as error:
            loaded[name] = error
    weights = weigh_words({name: table for name, table in loaded.items() if not isinstance(table, StudyError)})
    found = choose_frame(weights).name or choose_frame(keep_main_level(weights)).name
    return FrameSource("found", found) if found else FrameSource("own")


def explain_no_frame(loaded: Mapping[str, TextTable | CheckedTable | StudyError]) -> Message | None:
    """Say why no embedded study was found for the names of the regions; None where they are of no study at all."""
    weights = weigh_words({name: table for name, table in loaded.items() if not isinstance(table, StudyError)})
    if not weights:
        return None
    near = find_nearest(weights)
    strange = sorted(near.unknown, key=lambda word: -near.unknown[word])
    told = {"shown": strange[:_SHOWN], "count": len(strange)}
    counties = [word for word in strange if COUNTY.search(word)]
    if len(counties) > _MOSTLY * len(strange) and near.share < _MOSTLY:
        return say("E-FOLDER/counties", **told)
    if not near.share:
        return None
    return say("E-FOLDER/no-frame", frame=near.name, share=f"{near.share:.0%}", needed=f"{ENOUGH:.0%}", **told)


def keep_main_level(weights: Mapping[str, float]) -> dict[str, float]:
    """Leave out provinces among cities, or cities among provinces, where most of the weight is on the other level.

    Municipalities are of both levels. The reader names what is left out, see W-LEVEL.
    """
    codes = {word: next(iter(recognise(word).codes), "") for word in weights}
    both = {word: weight for word, weight in weights.items() if codes[word][:2] in _MUNICIPALITIES or not codes[word]}
    provinces = {word: weight for word, weight in weights.items() if codes[word].endswith("0000") and word not in both}
    cities = {word: weight for word, weight in weights.items() if word not in {*both, *provinces}}
    more, less = sorted((provinces, cities), key=lambda part: sum(part.values()), reverse=True)
    return {**more, **both} if sum(more.values()) > _CLEARLY * sum(less.values()) else dict(weights)


def take_boundaries(
    path: Path, card: StudyCard, own: dict[str, Path], loaded: dict[str, TextTable | CheckedTable | StudyError]
) -> None:
    """Make the regions of the boundary file in the folder, where nothing else names any."""
    named = [card.boundaries] if card.boundaries else [name for name in GEOMETRY if (path / name).is_file()]
    files = [path / name for name in named if Path(name).suffix.lower() in SUFFIXES and (path / name).is_file()]
    tables = {name: table for name, table in loaded.items() if not isinstance(table, StudyError)}
    words = weigh_words(tables)
    if files and words:
        loaded["regions"] = read_boundary_regions(files[0], words, card.boundaries_code)
        own["regions"] = files[0]


def warn_frame(source: FrameSource, card: StudyCard, own: dict[str, Path]) -> Iterator[Fault]:
    """Say what the frame that was asked for stands in for."""
    if source.how != "asked":
        return
    if card.extends and find_embedded(card.extends) != source.name:
        yield Fault.of(card.file, say("W-FRAME/extends", frame=source.name, extends=card.extends))
    if "regions" in own:
        yield Fault.of(own["regions"].name, say("W-FRAME/regions", frame=source.name))


_HOW = {
    "asked": Words("as asked", "按要求采用"),
    "extends": Words("as the settings say", "按设置采用"),
    "found": Words("found by the names", "按名称识别"),
}


def describe_frame(source: FrameSource, study: Study, weights: Mapping[str, float]) -> Words:
    """Return the first line of every output: the frame, its number of regions, what it holds, and the alternative.

    Parameters
    ----------
    weights
        Word -> weight of the study's own tables, see `regions.frames.weigh`.
    """
    embedded = find_embedded(source.name) if source.name else None
    name = embedded or (Path(source.name).name if source.name else study.name)
    size = len(study.regions)
    parts, parts_zh = [f"{size} regions"], [f"{size} 个地区"]
    if source.how in _HOW:
        parts.append(_HOW[source.how].en)
        parts_zh.append(_HOW[source.how].zh)
    choice = choose_frame(weights, embedded) if embedded and weights else None
    if choice is not None:
        parts.append(f"{choice.share:.1%} of the weight; the rest counts as external")
        parts_zh.append(f"含数据量的 {choice.share:.1%}，其余计为外部")
    ends = [
        describe_alternative(choice.alternative, choice.alternative_size, language) if choice else end
        for language, end in (("en", "."), ("zh", "。"))
    ]
    return Words(f"Frame: {name} ({', '.join(parts)}){ends[0]}", f"数据集：{name}（{'，'.join(parts_zh)}）{ends[1]}")


def weigh_tables(tables: Mapping[str, CheckedTable], own: Container[str]) -> dict[str, float]:
    """Return word -> weight of the first of a study's own tables that names regions."""
    for name, columns in NAMING.items():
        if name in tables and name in own:
            weights = weigh_columns(tables[name].frame, columns)
            if weights:
                return weights
    return {}
