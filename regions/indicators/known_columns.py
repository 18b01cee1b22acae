"""The columns that schemes ask for, recognised under the headers that people write."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pandas as pd

from regions.layouts.unit_words import is_unit, split_unit
from regions.schema.word_files import read_words
from regions.study import Study
from regions.words import Words

_KEYS = ("code", "year")
_BRACKET, _COMMA = re.compile(r"\(([^()]*)\)$"), re.compile("[,，;；]")
_REAL = ("不变价", "可比价", "constant")
_PRICES = ("现价", "当年价", "不变价", "可比价", "constant", "current")


def recognise_columns(study: Study) -> tuple[Study, tuple[Words, ...]]:
    """Give the indicators of a study the names that schemes know, beside their own.

    ``社会消费品零售总额（亿元）`` is there as ``retail_sales`` too, with its unit in the dictionary. A column that the
    study has under that name already is left alone.

    Parameters
    ----------
    study
        With indicators, or without.

    Returns
    -------
    tuple
        The study with further columns, and what was taken for what; the study as it is, and (), where nothing was.

    Examples
    --------
    >>> import pandas as pd
    >>> from regions import Study
    >>> own = pd.DataFrame({"code": ["A"], "year": [2020], "地区生产总值（亿元）": [5.0]})
    >>> study = Study.from_frames(regions=pd.DataFrame({"code": ["A"], "name": ["A"]}), indicators=own)
    >>> found, notes = recognise_columns(study)
    >>> float(found.indicators["gdp"].iloc[0]), found.describe_indicator("gdp")[1].zh, notes[0].zh
    (5.0, '亿元', '按表头识别：地区生产总值（亿元） → gdp。')
    """
    if study.indicators is None:
        return study, ()
    table = study.indicators
    wanted: dict[str, str] = {}
    numbers = [str(name) for name in table if name not in _KEYS and pd.api.types.is_numeric_dtype(table[name])]
    for header in numbers:
        key = _list_headers().get(_strip(header))
        if key is not None and key not in table:
            wanted.setdefault(key, header)
    units = {name: split_header(name)[1] for name in numbers}
    if not wanted and not any(units.values()):
        return study, ()
    more = table.assign(**{key: table[header] for key, header in wanted.items()})
    told = replace(study, indicators=more, dictionary=_describe(study, numbers, wanted))
    pairs = "；".join(f"{header} → {key}" for key, header in wanted.items())
    notes = (
        (Words(f"Taken by their headers: {pairs.replace('；', '; ')}.", f"按表头识别：{pairs}。"),) if wanted else ()
    )
    return told, notes


def split_header(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit with its prices: ``产出（亿元，2015年不变价）``.

    Examples
    --------
    >>> split_header("地区生产总值（亿元，2015年不变价）"), split_header("总人口（户籍）（万人）")
    (('地区生产总值', '亿元,2015年不变价'), ('总人口(户籍)', '万人'))
    """
    name, unit = split_unit(header)
    bracket = None if unit else _BRACKET.search(name)
    if bracket is None:
        return name, unit
    inside = bracket.group(1)
    priced = any(word in inside for word in _PRICES)
    if priced or is_unit(_COMMA.split(inside)[0]):
        return name[: bracket.start()].strip(), inside
    return name, ""


def _strip(header: str) -> str:
    """Return what a header is looked up by; product at constant prices apart from that at current ones."""
    name, unit = split_header(header)
    plain = name.replace(" ", "").casefold()
    real = any(word in unit for word in _REAL)
    return f"{plain}(不变价)" if real and "(" not in plain else plain


@cache
def _list_headers() -> dict[str, str]:
    """Return header as `_strip` leaves it -> the column that it is."""
    known = read_words("regions.indicators", "known_columns.yaml")
    return {name.replace(" ", "").casefold(): key for key, names in known.items() for name in names}


def _describe(study: Study, numbers: list[str], wanted: dict[str, str]) -> pd.DataFrame:
    """Return the dictionary with the units that stand in headers; a row that tells a unit already stays."""
    rows = pd.DataFrame() if study.dictionary is None else study.dictionary.copy()
    sources = {**{name: name for name in numbers}, **wanted}
    titles = Counter(study.describe_indicator(name)[0].zh for name in numbers)
    fresh = {}
    for column, header in sources.items():
        name_there, known = study.describe_indicator(column)
        name, unit = split_header(header)
        titled = titles[name_there.zh] > len(numbers) / 2 > 1  # the title of the sheet, which is no name of a column
        if column not in wanted and (known.zh or not unit) and not titled:
            continue
        unit = unit or known.zh or study.describe_indicator(header)[1].zh
        fresh[column] = {"unit": unit, "unit_zh": unit, "description": name, "description_zh": name}
    told = pd.DataFrame.from_dict(fresh, orient="index")
    kept = rows[~rows.index.isin(told.index)]
    return pd.concat([kept, told]).rename_axis("column")
