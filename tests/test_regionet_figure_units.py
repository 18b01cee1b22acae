"""Units of the figures of a profile: what a reader takes in, and the same value."""

import pandas as pd
import pytest
from actor_samples import make_study

from regionet.console.terminal import format_numbers
from regionet.steps.scorecard.figure_units import PLAIN, FigureUnit, find_figure_units, put_unit, split_scale
from regions import Study, load_study
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import SchemeValues, compute_indicators
from regions.words import Words


@pytest.fixture(scope="module")
def china() -> Study:
    return load_study("china")


def read(study: Study, made_of: dict[str, str]) -> dict[str, FigureUnit]:
    return find_figure_units(study, SchemeValues(read_scheme("conditions"), pd.DataFrame(), made_of, ()))


@pytest.mark.parametrize(
    ("unit", "factor", "en", "zh"),
    [
        (Words("100 million CNY, current prices", "亿元（现价）"), 1e8, "CNY", "元"),
        (Words("million euro", "百万欧元"), 1e6, "euro", "欧元"),
        (Words("person-years (full-time equivalent)", "人年（全时当量）"), 1, "person-years", "人年"),
        (Words("万公里", "万公里"), 1e4, "公里", "公里"),
        (Words("thousand, annual average", "千人（年均）"), 1e3, "", "人"),
        (Words("%", "%"), 1, "%", "%"),
    ],
)
def test_a_unit_is_a_scale_and_a_thing(unit: Words, factor: float, en: str, zh: str) -> None:
    assert split_scale(unit) == FigureUnit(factor, Words(en, zh))


def test_a_figure_is_per_ten_thousand_people_percent_or_as_it_is(china: Study) -> None:
    made_of = {
        "rail": "railway_km / residents",
        "patents": "patents_granted_invention / residents",
        "trade": "trade_cny / gdp",
        "towns": "urbanisation",
        "odd": "railway_km / gdp",
    }
    found = read(china, made_of)
    assert found["rail"] == FigureUnit(1e4, Words("km per 10,000 people", "公里/万人"))  # both in 10 thousand
    assert found["patents"] == FigureUnit(1.0, Words("per 10,000 people", "件/万人"))  # residents in 10 thousand
    assert found["trade"] == FigureUnit(100.0, Words("%", "%"))
    assert found["towns"] == FigureUnit(1.0, Words("%", "%"))
    assert found["odd"] == PLAIN


def test_the_value_stays_the_same(china: Study) -> None:
    values = compute_indicators(china, read_scheme("conditions"))
    shown = values.table["railways"].loc[("340000", 2023)] * find_figure_units(china, values)["railways"].factor
    rows = china.indicators
    assert rows is not None
    row = rows[(rows["code"] == "340000") & (rows["year"] == 2023)].iloc[0]
    assert shown == pytest.approx(row["railway_km"] * 1e4 / row["residents"], rel=1e-9)  # 10,000 km over 10,000 people


def test_without_a_dictionary_nothing_is_changed() -> None:
    assert read(make_study(), {"rail": "railway_km / residents"}) == {"rail": PLAIN}


def test_a_name_takes_its_unit_without_brackets_in_brackets() -> None:
    told = put_unit(Words("Momentum", "动量"), Words("100 million CNY, constant prices", "亿元（不变价）"))
    assert told == Words("Momentum (100 million CNY, constant prices)", "动量（亿元，不变价）")
    assert put_unit(Words("Rank", "位次"), PLAIN.unit) == Words("Rank", "位次")


def test_no_number_is_written_with_an_exponent() -> None:
    assert format_numbers([8.99e-05, 0.000115]) == ["0.00009", "0.00012"]
    assert format_numbers([0.0, 2e-12])[1] == "0.0000000000020"
    assert format_numbers([0.0258, 0.5]) == ["0.026", "0.500"]
    assert format_numbers([2147.0, 1350.4]) == ["2,147", "1,350"]
