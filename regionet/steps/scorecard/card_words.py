"""The tables of a scorecard for readers: names in their language instead of keys, units in the headers."""

from collections.abc import Mapping

import pandas as pd

from maps.words.columns.scorecard_columns import label_scorecard
from maps.words.scorecard_names import NAMED, NO, YES, name_value
from regionet.steps.scorecard.figure_units import put_unit
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.schemes.indicator_scheme import read_scheme
from regions.study import Study
from regions.words import Words

_OF_MASS = {
    "mass": Words("{}", "{}"),
    "momentum": Words("{} a year", "{}/年"),
    "momentum_own": Words("{} a year", "{}/年"),
    "momentum_received": Words("{} a year", "{}/年"),
    "energy": Words("{} a year squared", "{}/年²"),
    "motion": Words("{} a year squared", "{}/年²"),
    "dispersion": Words("{} a year squared", "{}/年²"),
    "between": Words("{} a year squared", "{}/年²"),
    "within": Words("{} a year squared", "{}/年²"),
}
"""Columns of momentum -> their unit, made of that of product."""

_WITH_PILLARS = frozenset({"index", "coupling"})
_A_YEAR = frozenset({"velocity", "own", "received"})

_MONEY_TABLES = frozenset({"momentum", "momentum_groups", "received"})


def put_card_into_words(card: Scorecard, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table of a scorecard in one language.

    Parameters
    ----------
    card
        Whose pillars and indicators they are.
    table
        As in the CSV files; not changed.
    language
        ``zh`` or ``en``.

    Returns
    -------
    DataFrame
        Same rows: columns that are there in both languages stand once, keys of indicators and pillars give way to
        their names, choices, groups, tests and yes or no are words; units of product have gone into the headers
        (`label_card`).
    """
    twins = [str(column) for column in table if f"{column}_zh" in table]
    gone = twins if language == "zh" else [f"{column}_zh" for column in twins]
    keys = [key for key in ("indicator", "pillar", "outcome", "step") if f"{key}_name" in table]
    shown = table.drop(columns=[*gone, *keys])
    if "what" in table:  # it names pillars and indicators, and the index
        shown = shown.drop(columns=["indicator", "pillar"])
    if "mass" in table or "momentum_own" in table:
        shown = shown.drop(columns=["unit", "unit_zh"], errors="ignore")
    indicators = list_indicator_names(card)
    for column in map(str, shown.columns):
        if pd.api.types.is_bool_dtype(shown[column]):
            shown[column] = [(YES if cell else NO).text(language) for cell in shown[column]]
        elif column == "made_of":
            shown[column] = [_spell_out(card.study, str(cell)).text(language) for cell in shown[column]]
        elif column in NAMED:
            shown[column] = [_name(card, column, cell, indicators).text(language) for cell in shown[column]]
    return shown


def _name(card: Scorecard, column: str, cell: object, indicators: Mapping[str, Words]) -> Words:
    text = "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]
    if column in {"best", "worst"} and text in indicators:
        return indicators[text]
    return name_value(column, text, card.scheme.pillars)


def _spell_out(study: Study, made_of: str) -> Words:
    """Return ``rd_expenditure / gdp`` by the names of the columns."""
    names = [study.describe_indicator(column)[0] for column in made_of.split(" / ")]
    return Words(" / ".join(name.en for name in names), " / ".join(name.zh for name in names))


def list_indicator_names(card: Scorecard) -> dict[str, Words]:
    """Return indicator -> name, of the scheme of the index and of the conditions."""
    both = (*read_scheme("conditions").indicators, *card.scheme.indicators)
    return {each.key: each.name for each in both}


def label_card(card: Scorecard, name: str, table: pd.DataFrame, language: str) -> dict[str, str]:
    """Return column -> header of a table, with the unit of product where it has one."""
    pillars = card.scheme.pillars if name in _WITH_PILLARS else {}
    labels = {str(column): label_scorecard(str(column), pillars).label for column in table}
    if name in _MONEY_TABLES and card.momentum is not None:
        money = card.study.describe_indicator(card.momentum.column)[1]
        labels = {column: _add_money(column, label, money) for column, label in labels.items()}
    return {column: label.text(language) for column, label in labels.items()}


def _add_money(column: str, label: Words, money: Words) -> Words:
    if column in _A_YEAR:
        return put_unit(label, Words("1/year", "1/年"))
    form = _OF_MASS.get(column.removesuffix("_low").removesuffix("_high"))
    if form is None or not money.en:
        return label
    return put_unit(label, Words(form.en.format(money.en), form.zh.format(money.zh)))
