"""Bundle the checked tables of a study."""

from collections.abc import Callable, Mapping

import pandas as pd

from regions.errors import Fault, StudyError
from regions.frames.find_units import Units, find_units
from regions.messages import say
from regions.schema.suggest import suggest
from regions.study import MapSettings, Study
from regions.study_card import StudyCard
from regions.study_folder import StudyFolder
from regions.tables.belonging import settle_levels, warn_levels
from regions.tables.kinds_and_owners import settle_kinds, warn_kinds
from regions.tables.validate import CheckedTable
from regions.words import Words

_REGION_COLUMNS = {
    "level": "",
    "parent": "",
    "lon": None,
    "lat": None,
    "capital_lon": None,
    "capital_lat": None,
}


def bundle_study(folder: StudyFolder, tables: Mapping[str, CheckedTable], *, drop: bool = False) -> Study:
    """Return the study that the tables of a folder make.

    Parameters
    ----------
    drop
        Leave out rows of regions above the units instead of stopping.

    Raises
    ------
    StudyError
        ``E-CONFIG``: the card names a focus, a unit, an indicator or a border that the tables do not have.
    """
    card = folder.card
    regions = _regions_frame(tables["regions"].frame)
    groups = _frame(tables, "groups")
    links = _frame(tables, "links")
    linked = frozenset() if links is None else frozenset(links["source"]) | frozenset(links["target"])
    units = find_units(regions, card, groups, linked=linked)
    tables, warnings = settle_levels(
        tables, units.unit_of, regions, drop=drop or folder.frame.how in {"found", "asked"}
    )
    warnings += warn_kinds(tables["actors"]) if "actors" in tables and "actors" in folder.own else []
    warnings += warn_levels(tables, units.unit_of, regions, folder.own)
    _check_indicator(card, _frame(tables, "indicators"))
    name = card.name or folder.path.stem
    return Study(
        name=name,
        title=card.title or Words(name, name),
        regions=regions.loc[units.inside],
        surroundings=regions.drop(index=units.inside),
        unit_of=units.unit_of,
        links=_frame(tables, "links"),
        indicators=_frame(tables, "indicators", lambda frame: frame.astype({"year": int})),
        dictionary=_frame(tables, "dictionary", lambda frame: frame.set_index("column")),
        actors=_frame(tables, "actors", _actors_frame),
        records=_frame(tables, "records"),
        groups=groups,
        neighbours=_frame(tables, "neighbours", lambda frame: _neighbours_frame(frame, units)),
        dyads=_frame(tables, "dyads"),
        chains=_frame(tables, "chains"),
        activities=_frame(tables, "activities"),
        coverage=_frame(tables, "coverage"),
        borders=_borders(folder, regions.loc[units.inside]),
        indicator=_find_indicator(card, _frame(tables, "indicators")),
        directed=card.directed,
        maps=MapSettings(card.boundaries, card.projection or None, card.insets, card.boundaries_code or None),
        limits=card.limits,
        sources=card.sources,
        warnings=tuple(warnings),
        files=tuple(dict.fromkeys(path for path in (folder.card_file, *folder.files.values()) if path is not None)),
    )


def _check_indicator(card: StudyCard, indicators: pd.DataFrame | None) -> None:
    """Refuse an indicator that the card itself names and no column holds."""
    known = [] if indicators is None else [str(column) for column in indicators if column not in {"code", "year"}]
    if "indicator" in card.given and card.indicator and card.indicator not in known:
        meant = suggest(card.indicator, dict.fromkeys(known, ""))
        message = say("E-CONFIG/indicator", column=card.indicator).with_hint(meant)
        raise StudyError(Fault.of(card.file, message, column=card.place("indicator")))


def _find_indicator(card: StudyCard, indicators: pd.DataFrame | None) -> str | None:
    """Return the indicator of the card; none where it is inherited and the own table lacks it."""
    return card.indicator if card.indicator and indicators is not None and card.indicator in indicators else None


def _frame(
    tables: Mapping[str, CheckedTable],
    name: str,
    change: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> pd.DataFrame | None:
    if name not in tables:
        return None
    frame = tables[name].frame.reset_index(drop=True)
    return change(frame) if change else frame


def _regions_frame(frame: pd.DataFrame) -> pd.DataFrame:
    for column, value in _REGION_COLUMNS.items():
        if column not in frame:
            frame = frame.assign(**{column: float("nan") if value is None else value})
    return frame.set_index("code").sort_index()


def _actors_frame(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame if "region" in frame else frame.assign(region="")
    return settle_kinds(frame).set_index("id").sort_index()


def _neighbours_frame(frame: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Keep pairs of studied units, each once, in sorted order."""
    pairs = frame[["source", "target"]]
    pairs = pairs[pairs.isin(units.inside).all(axis=1)]
    ordered = pd.DataFrame({"source": pairs.min(axis=1), "target": pairs.max(axis=1)})
    return ordered.drop_duplicates().sort_values(["source", "target"], ignore_index=True)


def _borders(folder: StudyFolder, regions: pd.DataFrame) -> tuple[str, ...]:
    """Take the borders that the card names, else the line between parents where there is more than one parent."""
    named = folder.card.borders
    if named is None:
        return ("parent",) if len(set(regions["parent"])) > 1 else ()
    unknown = [column for column in named if column not in regions]
    if unknown:
        raise StudyError(
            Fault.of(
                folder.card.file,
                say("E-CONFIG/border", key=folder.card.call("borders"), column=unknown[0]),
                column=folder.card.place("borders"),
            )
        )
    return named
