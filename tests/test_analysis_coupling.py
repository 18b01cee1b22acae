"""Coupling coordination, obstacle degree, and the checker of wrong forms."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.composite.coupling import measure_coupling, measure_obstacles
from analysis.composite.coupling_forms import explain_coupling
from regions.errors import MethodError

TABLE = Path(__file__).parent / "data" / "scorecard" / "wang2021_table8.csv"


def frame(*rows: tuple[float, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[f"s{i}" for i in range(len(rows[0]))])


def test_two_and_three_systems_by_hand() -> None:
    two = measure_coupling(frame((0.8, 0.2), (0.5, 0.5)))
    assert two["coupling"].tolist() == pytest.approx([0.8, 1.0])
    assert two["coordination"].tolist() == pytest.approx([0.4**0.5, 0.5**0.5])
    assert two["lagging"].tolist() == ["s1", ""]
    three = measure_coupling(frame((0.1, 0.2, 0.4)))
    assert three["coupling"].iloc[0] == pytest.approx(3 * 0.2 / 0.7)


def test_the_modified_form_by_hand() -> None:
    found = measure_coupling(frame((0.8, 0.2)), form="modified")
    assert found["coupling"].iloc[0] == pytest.approx(((1 - 0.6) * 0.2 / 0.8) ** 0.5)
    three = measure_coupling(frame((0.1, 0.2, 0.4)), form="modified")["coupling"].iloc[0]
    assert three == pytest.approx(((1 - (0.1 + 0.3 + 0.2) / 3) * (0.25 * 0.5) ** 0.5) ** 0.5)


def test_thirteen_cities_of_wang_and_others() -> None:
    # published to four digits; U of the first system is implied to three: 2e-4
    table = pd.read_csv(TABLE)
    u = pd.DataFrame({"a": table["implied_U1_over_U2"] * table["implied_U2"], "b": table["implied_U2"]})
    assert len(u) == 90
    assert measure_coupling(u)["coupling"].to_numpy() == pytest.approx(table["C_traditional"].to_numpy(), abs=2e-4)
    modified = measure_coupling(u, form="modified")["coupling"]
    assert modified.to_numpy() == pytest.approx(table["C_modified"].to_numpy(), abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6))
def test_both_forms_lie_between_nought_and_one(values: list[float]) -> None:
    for form in ("standard", "modified"):
        c = measure_coupling(frame(tuple(values)), form=form)["coupling"].iloc[0]  # type: ignore[arg-type]
        assert -1e-12 <= c <= 1 + 1e-12
    alike = measure_coupling(frame((values[0],) * len(values)))["coupling"].iloc[0]
    assert alike == pytest.approx(1)


def test_weights_count_in_development_only() -> None:
    found = measure_coupling(frame((0.8, 0.2)), weights=[0.75, 0.25])
    assert found.iloc[0, :2].tolist() == pytest.approx([0.8, 0.65])


def test_sixty_poor_systems_do_not_drown() -> None:
    # the product of sixty times 1e-7 is 1e-420, which no number can hold
    poor = frame((1e-7,) * 60)
    assert measure_coupling(poor)["coupling"].iloc[0] == pytest.approx(1)
    assert measure_coupling(poor, form="modified")["coupling"].iloc[0] == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.floats(0.001, 1))
def test_coupling_knows_neither_order_nor_scale(values: list[float], by: float) -> None:
    plain, turned, scaled = measure_coupling(frame(tuple(values), tuple(values[::-1]), tuple(by * v for v in values)))[
        "coupling"
    ]
    assert turned == pytest.approx(plain, rel=1e-9)
    assert scaled == pytest.approx(plain, rel=1e-9)


def test_a_weighted_mean_of_ones_may_pass_one_by_rounding() -> None:
    found = measure_coupling(frame((1 + 2e-16, 0.25), (-1e-17, 0.5)))
    assert found["coupling"].tolist() == pytest.approx([0.8, 0])
    assert measure_obstacles(pd.DataFrame({"a": [1 + 2e-16], "b": [0.5]}), pd.Series({"a": 0.5, "b": 0.5})).iloc[
        0
    ].tolist() == [0, 1]
    with pytest.raises(MethodError, match="without a weight b"):
        measure_obstacles(pd.DataFrame({"a": [0.2], "b": [0.5]}), pd.Series({"a": 0.5}))


def test_printed_digits_count() -> None:
    # .9 and .3: .8660 in the right form; printed as .87 a unit more fits
    assert explain_coupling([0.9, 0.3], "0.87")["fits"].loc["standard"]
    assert not explain_coupling([0.9, 0.3], "0.870")["fits"].any()
    assert not explain_coupling([0.9, 0.3], 1e-7)["fits"].any()  # no digit before the exponent is no licence
    for value in ("n.a.", float("nan")):
        with pytest.raises(MethodError, match="a value that is a number"):
            explain_coupling([0.9, 0.3], value)
    with pytest.raises(MethodError, match="each above 0"):
        explain_coupling([0.9, np.inf], 0.5)


def test_nothing_is_coupled_where_all_are_nought_and_missing_stays_missing() -> None:
    found = measure_coupling(frame((0.0, 0.0), (np.nan, 0.5), (0.0, 0.5)))
    assert found["coupling"].fillna(-1).tolist() == [0.0, -1.0, 0.0]
    modified = measure_coupling(frame((0.0, 0.0), (np.nan, 0.5)), form="modified")["coupling"]
    assert modified.fillna(-1).tolist() == [0.0, -1.0]


@pytest.mark.parametrize(
    ("rows", "weights"), [(((0.5,),), None), (((0.5, 1.5),), None), (((0.5, 0.5),), [0.5, 0.6]), (((0.5, 0.5),), [1.0])]
)
def test_systems_that_do_not_fit_are_refused(rows: tuple[tuple[float, ...]], weights: list[float] | None) -> None:
    with pytest.raises(MethodError, match="coupling needs two systems or more"):
        measure_coupling(frame(*rows), weights=weights)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (0.8660, "standard"),
        (0.4330, "missing_n"),
        (0.7500, "no_root"),
        (0.4743, "no_square"),
        (0.9487, "no_square_n"),
        (0.3651, "modified"),
    ],
)
def test_the_checker_names_the_form_of_two_systems(value: float, form: str) -> None:
    found = explain_coupling([0.9, 0.3], value)
    assert found.index[found["fits"]].tolist() == [form]
    assert found["right"].to_dict()[form] is (form in {"standard", "modified"})


@pytest.mark.parametrize("form", ["missing_n", "no_root", "square_root", "pairs", "pairs_n", "no_square_n"])
def test_the_checker_names_the_form_of_three_systems(form: str) -> None:
    known = explain_coupling([0.9, 0.3, 0.55], 0.5)
    found = explain_coupling([0.9, 0.3, 0.55], round(float(known.loc[form, "value"]), 4))
    assert found.index[found["fits"]].tolist() == [form]
    assert not found.loc[form, "right"]
    assert found.loc[form, "what_zh"]


def test_wrong_forms_top_where_they_are_said_to() -> None:
    equal = explain_coupling([0.4, 0.4], 1.0)["value"]
    assert equal["missing_n"] == pytest.approx(0.5)
    three = explain_coupling([0.4, 0.4, 0.4], 1.0)["value"]
    assert three[["standard", "pairs", "pairs_n"]].tolist() == pytest.approx([1.0, 0.5, 1.5])


def test_a_value_of_no_form_fits_none() -> None:
    assert not explain_coupling([0.9, 0.3], 0.1)["fits"].any()
    with pytest.raises(MethodError, match="each above 0"):
        explain_coupling([0.9, 0.0], 0.1)


def test_obstacles_by_hand() -> None:
    x = pd.DataFrame({"a": [0.5, 1.0, np.nan], "b": [0.75, 1.0, 0.2]}, index=list("ABC"))
    found = measure_obstacles(x, pd.Series({"b": 0.25, "a": 0.75}))
    assert found.loc["A"].tolist() == pytest.approx([0.375 / 0.4375, 0.0625 / 0.4375])
    assert found.loc["B"].isna().all()
    assert found.loc["C", "b"] == 1
    with pytest.raises(MethodError, match="1 are outside"):
        measure_obstacles(pd.DataFrame({"a": [1.2]}), pd.Series({"a": 1.0}))
