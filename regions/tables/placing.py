"""Give actors that have coordinates and no region their region, with the help of whoever knows geometry."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from regions.errors import Fault, MethodError, StudyError
from regions.messages import Message, say
from regions.study import Study
from regions.tables.checked_table import CheckedTable
from regions.words import Words

Locate = Callable[[Study, pd.DataFrame], pd.DataFrame]
"""Study, actors (index ``id``; ``lon``, ``lat``) -> index ``id``; ``region`` ("" where none), ``distance``, ``how``."""

_POINT = ("lon", "lat")


def check_places(table: CheckedTable, *, drop: bool = False) -> list[Fault]:
    """Find actors that have neither a region nor both coordinates: ``E-MISSING`` by line, ``E-COLUMN`` for all.

    With ``drop`` single actors without a place are no fault: `place_actors` counts them.
    """
    frame = table.frame
    if "id" not in frame:
        return []
    if "region" not in frame and not set(_POINT) <= set(frame.columns):
        shown = ", ".join(table.headers.values())
        return [Fault.of(table.file, say("E-COLUMN/no-place", shown=shown), column="region")]
    if drop:
        return []
    lost = frame["id"][_has_no_region(frame) & ~_has_point(frame)]
    column = "region" if "region" in frame else "lon"
    named = {fault.row for fault in table.faults if fault.is_error}
    return table.fault_cells(column, lost[~lost.index.isin(list(filter(None, named)))], say("E-MISSING/no-place"))


def _has_no_region(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["region"] == "" if "region" in frame else pd.Series(data=True, index=frame.index)


def _has_point(frame: pd.DataFrame) -> "pd.Series[bool]":
    if not set(_POINT) <= set(frame.columns):
        return pd.Series(data=False, index=frame.index)
    return frame["lon"].notna() & frame["lat"].notna()


def place_actors(study: Study, table: CheckedTable, locate: Locate | None, *, drop: bool) -> Study:
    """Place the actors that have coordinates and no region.

    Parameters
    ----------
    study
        Bundled; actors without a region have the region "".
    table
        Its actors, as they were checked, for the lines of messages.
    locate
        Finds the regions of points; None when nothing here can.
    drop
        Leave actors that have, or lie in, no region as they are instead of stopping: they keep the region "".

    Returns
    -------
    Study
        With the regions of the actors; ``W-PLACED`` says how many were placed and how many of them stand on a border
        or outside all polygons, ``W-DROPPED`` how many have none.

    Raises
    ------
    StudyError
        ``E-MISSING`` by line for actors that cannot be placed.
    """
    actors = study.actors
    if actors is None or (actors["region"] != "").all():
        return study
    held = actors[(actors["region"] == "") & _has_point(actors)].reindex(columns=list(_POINT))
    warnings: list[Fault] = []
    if len(held):
        found = _locate(study, table, held, locate)
        region = found["region"].where(found["region"].isin(study.unit_of.index), "")
        if (region == "").any() and not drop:
            raise StudyError(_name_lost(table, held[region == ""]))
        placed = region[region != ""]
        actors = actors.assign(region=placed.reindex(actors.index).fillna(actors["region"]).astype("str"))
        warnings += _describe_placed(table, found.loc[placed.index])
    lost = int((actors["region"] == "").sum())
    if lost:
        warnings.append(Fault.of(table.file, say("W-DROPPED/no-place", lost=lost, actors=len(actors))))
    return replace(study, actors=actors, warnings=(*study.warnings, *warnings))


def _locate(study: Study, table: CheckedTable, held: pd.DataFrame, locate: Locate | None) -> pd.DataFrame:
    if locate is None:
        raise StudyError(_cannot_place(table, held, say("actors/no-locate").words))
    try:
        return locate(study, held)
    except MethodError as error:
        raise StudyError(_cannot_place(table, held, error.words)) from error


def _cannot_place(table: CheckedTable, held: pd.DataFrame, reason: Words) -> Fault:
    first = int(table.frame.index[_has_no_region(table.frame)][0])
    return table.fault(say("E-MISSING/cannot-place", count=len(held), reason=reason), first, "region")


def _name_lost(table: CheckedTable, lost: pd.DataFrame) -> list[Fault]:
    ids = table.frame["id"]
    points = {key: (lon, lat) for key, lon, lat in lost.itertuples()}

    def describe(key: str) -> Message:
        lon, lat = points[key]
        return say("E-MISSING/point-outside", lon=lon, lat=lat)

    return table.fault_cells("lon", ids[ids.isin(lost.index)], describe)


def _describe_placed(table: CheckedTable, found: pd.DataFrame) -> list[Fault]:
    if found.empty:
        return []
    border, near = int((found["how"] == "border").sum()), found.loc[found["how"] == "nearest", "distance"]
    on_border = say("W-PLACED/border", count=border) if border else ""
    outside = say("W-PLACED/nearest", count=len(near), farthest=near.max()) if len(near) else ""
    return [Fault.of(table.file, say("W-PLACED/all", count=len(found), border=on_border, outside=outside))]
