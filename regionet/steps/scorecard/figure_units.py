"""Units in which a reader takes in a figure: per 10,000 people, percent, instead of 0.0000899."""

import re
from typing import NamedTuple

from regions.schemes.indicator_values import SchemeValues
from regions.study import Study
from regions.words import Words

_SCALES = (
    ("100 million", "亿", 1e8),
    ("10 thousand", "万", 1e4),
    ("billion", "十亿", 1e9),
    ("million", "百万", 1e6),
    ("thousand", "千", 1e3),
)
_PEOPLE = ("residents", "population")
_HEADS = 10_000
_MONEY = ("cny", "yuan", "rmb", "eur", "euro", "euros", "usd", "gbp", "元", "欧元", "美元")
_NUMBERS = ("count", "number")
_REMARK = re.compile("[,，(（]")


class FigureUnit(NamedTuple):
    """How a figure is shown.

    Attributes
    ----------
    factor
        What the computed value is multiplied by.
    unit
        What it is then in; empty where the units of its columns are not known, and the value stays as it is.
    """

    factor: float
    unit: Words


PERCENT = FigureUnit(100.0, Words("%", "%"))
PLAIN = FigureUnit(1.0, Words("", ""))


def split_scale(unit: Words) -> FigureUnit:
    """Split a unit into how many it counts and of what, without remarks.

    Examples
    --------
    >>> split_scale(Words("10 thousand km, year-end", "万公里（年末）"))
    FigureUnit(factor=10000.0, unit=Words(en='km', zh='公里'))
    """
    en, zh = (_REMARK.split(text)[0].strip() for text in unit)
    for word, sign, factor in _SCALES:
        if en.casefold().startswith(word):
            return FigureUnit(factor, Words(en[len(word) :].strip(), zh.removeprefix(sign)))
        if en.startswith(sign):  # a table of the user's with Chinese units only
            return FigureUnit(factor, Words(en.removeprefix(sign), zh.removeprefix(sign)))
    return FigureUnit(1.0, Words(en, zh))


def find_figure_units(study: Study, values: SchemeValues) -> dict[str, FigureUnit]:
    """Return for each indicator of a scheme how it is shown.

    Parameters
    ----------
    study
        Whose dictionary tells the units.
    values
        Computed of it.

    Returns
    -------
    dict
        Indicator -> per 10,000 people where it is per head, percent where both columns count the same, else the unit
        of its one column.

    Examples
    --------
    >>> from regionet import regions
    >>> from regions.schemes.indicator_scheme import read_scheme
    >>> from regions.schemes.indicator_values import compute_indicators
    >>> china = regions.load_study("china")
    >>> found = find_figure_units(china, compute_indicators(china, read_scheme("conditions")))
    >>> found["railways"].factor, found["railways"].unit.zh, found["trade"].unit.zh
    (10000.0, '公里/万人', '%')
    """
    return {key: _choose(study, made_of) for key, made_of in values.made_of.items()}


def _choose(study: Study, made_of: str) -> FigureUnit:
    column, _, per = made_of.partition(" / ")
    own = study.describe_indicator(column)[1]
    if not per:
        return FigureUnit(1.0, own)
    below = study.describe_indicator(per)[1]
    if not own.en or not below.en:
        return PLAIN
    top, bottom = split_scale(own), split_scale(below)
    factor = top.factor / bottom.factor
    if per in _PEOPLE and top.unit.en.casefold() in _MONEY:
        return FigureUnit(factor, Words(f"{top.unit.en} per person", f"{top.unit.zh}/人"))
    if per in _PEOPLE:
        thing = "" if top.unit.en in _NUMBERS else f"{top.unit.en} "
        return FigureUnit(factor * _HEADS, Words(f"{thing}per 10,000 people", f"{top.unit.zh}/万人"))
    if top.unit == bottom.unit:
        return FigureUnit(factor * PERCENT.factor, PERCENT.unit)
    return PLAIN


def find_unit_per_head(study: Study, column: str, people: str) -> FigureUnit:
    """Return what product over people is multiplied by to be in money for a person, and that unit with its prices.

    Examples
    --------
    >>> from regionet import regions
    >>> found = find_unit_per_head(regions.load_study("china"), "gdp_real", "residents")
    >>> found.factor, found.unit.en, found.unit.zh
    (10000.0, 'CNY per person, constant 2010 prices', '元/人，2010年不变价')
    """
    own = study.describe_indicator(column)[1]
    top, bottom = split_scale(own), split_scale(study.describe_indicator(people)[1])
    if not own.en:
        return PLAIN
    en, zh = (_REMARK.split(text, maxsplit=1)[1:] for text in own)
    remark = Words(
        ", ".join(("", *(part.strip() for part in en))), "，".join(("", *(part.strip("）)") for part in zh)))
    )
    unit = Words(f"{top.unit.en} per person{remark.en}", f"{top.unit.zh}/人{remark.zh}")
    return FigureUnit(top.factor / bottom.factor, unit)


def put_unit(name: Words, unit: Words) -> Words:
    """Return a name with its unit in brackets behind it."""
    remark = unit.zh.replace("（", "，").replace("）", "")  # no brackets within brackets
    return Words(f"{name.en} ({unit.en})", f"{name.zh}（{remark}）") if unit.en else name
