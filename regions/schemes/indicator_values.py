"""Compute the indicators of a scheme from what a study has, and say what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import Message, say
from regions.schema.suggest import suggest
from regions.schemes.indicator_scheme import Indicator, Scheme, list_schemes
from regions.study import Study
from regions.words import Words

_SHOWN = 6
_UNIT = re.compile(r"[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True, eq=False)
class SchemeValues:
    """The indicators of a scheme, by region and year.

    Attributes
    ----------
    scheme
        What was asked for.
    table
        Index (``code``, ``year``), regions in the order of the study; one float column per indicator that the study
        has; NaN is not available. Years without any value are left out.
    made_of
        Indicator -> the columns that it was computed from, ``rd_expenditure / gdp``.
    notes
        What of the file of a scheme is not used, indicators that the study lacks, pillars that stay empty, cells
        divided by zero.
    """

    scheme: Scheme
    table: pd.DataFrame
    made_of: dict[str, str]
    notes: tuple[Words, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those that the table has."""
        return tuple(each for each in self.scheme.indicators if each.key in self.table)

    @property
    def empty_pillars(self) -> tuple[str, ...]:
        """Keys of the pillars without any indicator here."""
        held = {each.pillar for each in self.indicators}
        return tuple(key for key in self.scheme.pillars if key not in held)


def compute_indicators(study: Study, scheme: Scheme) -> SchemeValues:
    """Compute the indicators of a scheme for every region and year of a study.

    Parameters
    ----------
    study
        With indicators.
    scheme
        From `read_scheme`.

    Returns
    -------
    SchemeValues
        A value is NaN where one of its parts is missing, or the divisor is zero or less (counted in a note).

    Raises
    ------
    MethodError
        When the study has none of the indicators.

    Examples
    --------
    >>> from regionet import regions
    >>> from regions.schemes.indicator_scheme import read_scheme
    >>> found = compute_indicators(regions.load_study("china"), read_scheme("five-news"))
    >>> found.made_of["inventions"], found.empty_pillars
    ('patents_granted_invention / residents', ('business forms', 'models'))
    """
    if study.indicators is None:
        raise MethodError(say("scheme/no-indicators", study=study.name, wanted=_list_wanted(study, scheme)))
    rows = study.indicators[study.indicators["code"].isin(study.regions.index)].set_index(["code", "year"])
    columns, made_of, zeros = {}, {}, 0
    for each in scheme.indicators:
        value, per = (_find_column(names, rows) for names in (each.value, each.per))
        if value is None or (each.per and per is None) or not pd.api.types.is_numeric_dtype(rows[value]):
            continue
        cells = rows[value].astype(float)
        if per is not None:
            divisor = rows[per].astype(float)
            zeros += int((divisor <= 0).sum())
            cells = cells / divisor.where(divisor > 0)
        if cells.notna().any():
            columns[each.key], made_of[each.key] = cells, value if per is None else f"{value} / {per}"
    if not columns:
        raise MethodError(_refuse(study, scheme, rows))
    table = pd.DataFrame(columns).dropna(how="all")
    years = sorted({int(year) for year in table.index.get_level_values("year")})
    full = pd.MultiIndex.from_product([study.regions.index, years], names=["code", "year"])
    values = SchemeValues(scheme, table.reindex(full).astype(np.float64), made_of, ())
    return SchemeValues(scheme, values.table, made_of, (*scheme.notes, *_tell(study, values, zeros)))


def _find_column(names: Sequence[str], rows: pd.DataFrame) -> str | None:
    """Return the first of some columns that is there, by its name, else by its header without the unit."""
    exact = next((name for name in names if name in rows), None)
    if exact is not None:
        return exact
    plain = {_strip_unit(str(column)): str(column) for column in rows}
    return next((plain[_strip_unit(name)] for name in names if _strip_unit(name) in plain), None)


def _strip_unit(header: str) -> str:
    return _UNIT.sub("", header).replace(" ", "").casefold()


def _refuse(study: Study, scheme: Scheme, rows: pd.DataFrame) -> Message:
    """Say what the study has in place of what the scheme wants; columns that are empty for its regions apart."""
    names = {str(name): study.describe_indicator(str(name))[0] for name in rows}
    held = dict.fromkeys(names[name] for name in names if rows[name].notna().any())
    empty = dict.fromkeys(words for words in names.values() if words not in held)
    own = {"study": study.name, "wanted": _list_wanted(study, scheme), "known": list(held)}
    if empty:
        return say("scheme/nothing-here", **own, empty=list(empty))
    return say("scheme/nothing", **own)


def _list_wanted(study: Study, scheme: Scheme) -> list[Words]:
    own = scheme.name not in list_schemes()
    first = [_explain(study, each) if own else each.name for each in scheme.indicators[:_SHOWN]]
    more = len(scheme.indicators) > _SHOWN
    return [*first[:-1], Words(f"{first[-1].en} ...", f"{first[-1].zh}等")] if more else first


def _explain(study: Study, each: Indicator) -> Words:
    """Say which column of an indicator of one's own scheme is not there, and which may have been meant."""
    rows = study.indicators
    if rows is None:
        return each.name
    known: dict[str, str] = {}
    for column in map(str, rows.columns.drop(["code", "year"])):
        name, plain = study.describe_indicator(column)[0].zh, _UNIT.sub("", column).strip()
        known |= {plain: ""} if _strip_unit(name) == _strip_unit(column) else {column: name}
    why_en, why_zh = [], []
    for names in (each.value, each.per):
        found, asked = _find_column(names, rows), " | ".join(names)
        if names and found is None:
            hint = suggest(names[0], known)
            why_en.append(f"no column {asked}{'. ' + hint.en if hint.en else ''}")
            why_zh.append(f"没有“{asked}”列{'，' + hint.zh if hint.zh else ''}")
        elif found is not None and not pd.api.types.is_numeric_dtype(rows[found]):
            why_en.append(f"{found} is not of numbers")
            why_zh.append(f"“{found}”列不是数值")
    if not why_en:
        return Words(f"{each.name.en} (no values)", f"{each.name.zh}（没有数值）")
    return Words(f"{each.name.en} ({'; '.join(why_en)})", f"{each.name.zh}（{'；'.join(why_zh)}）")


def _tell(study: Study, values: SchemeValues, zeros: int) -> list[Words]:
    notes = []
    own = values.scheme.name not in list_schemes()
    absent = [each for each in values.scheme.indicators if each.key not in values.table]
    lacking = [_explain(study, each) if own else each.name for each in absent]
    if lacking:
        notes.append(
            Words(
                f"Indicators of the scheme that the data lack: {'; '.join(each.en for each in lacking)}.",
                f"数据中没有的方案指标：{'；'.join(each.zh for each in lacking)}。",
            )
        )
    empty = [values.scheme.pillars[key] for key in values.empty_pillars]
    if empty:
        notes.append(
            Words(
                f"Pillars without any indicator, which the index does not speak of: {', '.join(w.en for w in empty)}.",
                f"没有任何指标的维度，指数不涉及：{'、'.join(words.zh for words in empty)}。",
            )
        )
    if zeros:
        notes.append(
            Words(
                f"{zeros} values are missing because of a divisor of zero or less.",
                f"{zeros} 个数值因分母不大于零而缺失。",
            )
        )
    return notes
