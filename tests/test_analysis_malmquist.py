"""Efficiency, the Malmquist index and its parts against deaR; intervals; prices of a study."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.productivity.frontier_distance import measure_efficiency
from analysis.productivity.frontier_prices import measure_by_prices
from analysis.productivity.malmquist import measure_malmquist
from analysis.productivity.malmquist_intervals import measure_malmquist_intervals
from analysis.productivity.study_productivity import measure_productivity
from regions import Study, load_study
from regions.arrays import Floats
from regions.errors import MethodError

DATA = Path(__file__).parent / "data" / "scorecard"
SOLVER = 1e-9  # programmes agree to 1e-12; ten digits are stored


def read_provinces() -> tuple[Floats, Floats, list[str]]:
    """31 provinces 2005-2009: capital and labour, gross output of industry (Wang & Lan 2011)."""
    table = pd.read_csv(DATA / "wang_lan_2011.csv")
    years = sorted(set(table["year"]))
    parts = [table[table["year"] == year] for year in years]
    x = np.stack([part[["capital", "labour"]].to_numpy(dtype=float) for part in parts])
    return x, np.stack([part[["output"]].to_numpy(dtype=float) for part in parts]), parts[0]["unit"].tolist()


@pytest.fixture(scope="module")
def provinces() -> tuple[Floats, Floats, list[str]]:
    return read_provinces()


def test_efficiency_by_hand() -> None:
    # y/x: 1, .75, .4 under constant returns; under variable returns the line from (2, 2) to (4, 3) and (2, 2) down
    x, y = np.array([[2.0], [4.0], [5.0]]), np.array([[2.0], [3.0], [2.0]])
    assert measure_efficiency(x, y).tolist() == pytest.approx([1, 0.75, 0.4])
    assert measure_efficiency(x, y, orientation="output").tolist() == pytest.approx([1, 0.75, 0.4])
    assert measure_efficiency(x, y, returns="vrs").tolist() == pytest.approx([1, 1, 0.4])
    assert measure_efficiency(x, y, returns="vrs", orientation="output").tolist() == pytest.approx([1, 1, 2 / 3])


def test_two_inputs_by_hand() -> None:
    # isoquant from (1, 4) over (2, 2) to (4, 1); (4, 4) is reached at half of its inputs
    x = np.array([[1.0, 4], [2, 2], [4, 1], [4, 4]])
    assert measure_efficiency(x, np.ones((4, 1))).tolist() == pytest.approx([1, 1, 1, 0.5])


def test_units_of_measurement_do_not_matter(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, _ = provinces
    plain = measure_efficiency(x[0], y[0], returns="vrs")
    scaled = measure_efficiency(x[0] * [1e-6, 1e5], y[0] * 1e4, returns="vrs")
    assert scaled == pytest.approx(plain, rel=1e-8)  # of the solver


def test_beyond_another_frontier() -> None:
    x, y = np.array([[1.0], [1.0]]), np.array([[4.0], [1.0]])
    base = (np.array([[1.0], [2.0]]), np.array([[2.0], [3.0]]))
    assert measure_efficiency(x, y, reference=base).tolist() == pytest.approx([2, 0.5])
    found = measure_efficiency(x, y, reference=base, returns="vrs")
    assert np.isnan(found[0])  # no mixture of 2 and 3 gives 4
    assert found[1] == pytest.approx(1)
    output = measure_efficiency(
        np.array([[0.5]]), np.array([[1.0]]), reference=base, returns="vrs", orientation="output"
    )
    assert np.isnan(output).all()  # and none needs as little as .5


@pytest.mark.parametrize(
    ("x", "y"),
    [([[0.0]], [[1.0]]), ([[1.0]], [[0.0]]), ([[1.0]], [[-1.0]]), ([[np.nan]], [[1.0]]), ([[1.0], [1.0]], [[1.0]])],
)
def test_values_without_a_frontier_are_refused(x: list[list[float]], y: list[list[float]]) -> None:
    with pytest.raises(MethodError, match="a frontier needs inputs above 0"):
        measure_efficiency(np.array(x), np.array(y))
    with pytest.raises(MethodError, match="orientation is one of input, output"):
        measure_efficiency(np.ones((2, 1)), np.ones((2, 1)), returns="drs")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="different numbers of inputs"):
        measure_efficiency(np.ones((2, 1)), np.ones((2, 1)), reference=(np.ones((2, 2)), np.ones((2, 1))))


@pytest.mark.parametrize("frontier", ["contemporaneous", "global", "sequential"])
def test_thirty_one_provinces_against_deaR(  # noqa: N802 - its name
    provinces: tuple[Floats, Floats, list[str]], frontier: str
) -> None:
    x, y, units = provinces
    found = measure_malmquist(x, y, frontier=frontier)  # type: ignore[arg-type]
    table = pd.read_csv(DATA / "wang_lan_2011_deaR.csv")
    parts = table[table["frontier"] == frontier]
    assert len(set(parts["part"])) >= 2
    for part, rows in parts.groupby("part"):
        wide = rows.set_index(["year", "unit"])["value"].unstack()[units]  # noqa: PD010 - one row per year
        assert found[part].to_numpy() == pytest.approx(wide.to_numpy().ravel(), rel=SOLVER)


def test_the_published_figures(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, units = provinces
    found = measure_malmquist(x, y)
    beijing = found.xs(units.index("Beijing"), level="unit")
    assert beijing["malmquist"].tolist() == pytest.approx([1.178036, 1.156573, 1.043131, 1.086269], abs=6e-7)
    assert beijing.loc[1, ["efficiency_change", "technical_change"]].tolist() == pytest.approx(
        [0.975947, 1.207069], abs=6e-7
    )
    guangdong = found.xs(units.index("Guangdong"), level="unit")["malmquist"]
    assert guangdong.tolist() == pytest.approx([0.993637, 1.051911, 1.030663, 0.948770], abs=6e-7)
    means = np.exp(np.log(found["malmquist"]).groupby(level="period").mean())
    assert means.tolist() == pytest.approx([1.1359, 1.141254, 1.095906, 1.005896], abs=6e-7)
    pooled = measure_malmquist(x, y, frontier="global").xs(units.index("Tianjin"), level="unit")["malmquist"]
    assert pooled.tolist()[0] == pytest.approx(1.232664, abs=6e-7)


def test_parts_multiply_and_orientations_agree(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, _ = provinces
    found, other = measure_malmquist(x, y), measure_malmquist(x, y, orientation="output")
    product = found["efficiency_change"] * found["technical_change"]
    assert product.to_numpy() == pytest.approx(found["malmquist"].to_numpy(), rel=1e-9)
    split = found["pure_efficiency_change"] * found["scale_change"]
    assert split.to_numpy() == pytest.approx(found["efficiency_change"].to_numpy(), rel=1e-9)
    assert other["malmquist"].to_numpy() == pytest.approx(found["malmquist"].to_numpy(), rel=1e-8)


def test_the_global_index_is_circular(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, _ = provinces
    steps = measure_malmquist(x, y, frontier="global")["malmquist"].groupby(level="unit").prod()
    ends = np.stack([x[0], x[-1]]), np.stack([y[0], y[-1]])
    whole = (x.reshape(-1, 2), y.reshape(-1, 1))
    jump = measure_efficiency(ends[0][1], ends[1][1], reference=whole) / measure_efficiency(
        *[e[0] for e in ends], reference=whole
    )
    assert steps.to_numpy() == pytest.approx(jump, rel=1e-8)


def test_one_input_and_one_output_is_the_change_of_their_ratio() -> None:
    # Grifell-Tatje & Lovell (1999): eight units; under constant returns M is (y/x)' / (y/x)
    x = np.array([[40, 150, 300, 380, 380, 430, 480, 380], [40, 150, 300, 380, 480, 515, 550, 300]], dtype=float)[
        :, :, None
    ]
    y = np.array([[37, 170, 330, 370, 370, 360, 380, 333], [100, 250, 330, 370, 410, 410, 420, 297]], dtype=float)[
        :, :, None
    ]
    found = measure_malmquist(x, y)
    assert found["malmquist"].tolist() == pytest.approx(((y[1] / x[1]) / (y[0] / x[0])).ravel().tolist(), rel=1e-9)
    assert found["moves_frontier"].tolist() == [True] + [False] * 7
    # technical change is that of the best ratio, 100/40 over 170/150
    assert found["technical_change"].tolist() == pytest.approx([2.5 / (170 / 150)] * 8, rel=1e-9)


def test_one_year_has_no_growth() -> None:
    with pytest.raises(MethodError, match="needs two years or more"):
        measure_malmquist(np.ones((1, 5, 1)), np.ones((1, 5, 1)))
    with pytest.raises(MethodError, match="frontier 'window' is unknown"):
        measure_malmquist(np.ones((2, 5, 1)), np.ones((2, 5, 1)), frontier="window")  # type: ignore[arg-type]


def test_intervals_are_reproducible_and_around_the_index(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, _ = provinces
    x, y = x[:2, :12], y[:2, :12]
    first, again, other = (measure_malmquist_intervals(x, y, draws=20, seed=seed) for seed in (3, 3, 4))
    assert first.units.equals(again.units)
    assert first.means.equals(again.means)
    assert not first.units.equals(other.units)
    index = measure_malmquist(x, y)
    for part in ("malmquist", "efficiency_change", "technical_change"):  # symmetric in logarithms
        middle = (first.units[f"{part}_low"] * first.units[f"{part}_high"]) ** 0.5
        assert middle.to_numpy() == pytest.approx(index[part].to_numpy(), rel=1e-9)
        mean = (first.means[f"{part}_low"] * first.means[f"{part}_high"]) ** 0.5
        assert mean.to_numpy() == pytest.approx(np.exp(np.log(index[part]).mean()), rel=1e-9)
    with pytest.raises(MethodError, match=r"need 20 draws and 10 units or more, not 5 and 12"):
        measure_malmquist_intervals(x, y, draws=5)
    with pytest.raises(MethodError, match=r"not 20 and 9"):
        measure_malmquist_intervals(x[:, :9], y[:, :9], draws=20)


def test_intervals_by_hand_where_the_best_unit_is_known() -> None:
    # one input, one output: M is (y/x)' / (y/x) whoever spans the frontier, EC is that over the change of the best;
    # the best of both years (ratio 4, then 6) is out of a draw with chance .3 and the next (2, then 4) stands for it:
    # ln EC moves by ln(6/4) - ln(4/2) = ln .75
    x = np.ones((2, 10, 1))
    y = np.stack([np.r_[4.0, 2.0, np.full(8, 1.0)], np.r_[6.0, 4.0, np.full(8, 1.5)]])[:, :, None]
    found = measure_malmquist_intervals(x, y, draws=100, level=0.9)
    assert found.units["malmquist_low"].tolist() == pytest.approx([1.5, 2.0] + [1.5] * 8)
    assert found.units["malmquist_high"].tolist() == pytest.approx([1.5, 2.0] + [1.5] * 8)
    reach = np.log(4 / 3) * 0.7 / 0.3**0.5  # rate 2 / (1 + 1), m = 7 of 10
    assert np.log(found.units["technical_change_high"]).tolist() == pytest.approx([np.log(1.5) + reach] * 10)
    mean = np.log(found.means)
    logs = np.log([1.5, 2.0] + [1.5] * 8)
    assert mean["malmquist_high"].iloc[0] == pytest.approx(
        logs.mean() + 1.8331129 * (logs.var(ddof=1) / 10) ** 0.5  # t of nine degrees at .95
    )


def test_intervals_do_not_know_units_of_measurement_or_order(provinces: tuple[Floats, Floats, list[str]]) -> None:
    x, y, _ = provinces
    x, y = x[:2, :10], y[:2, :10]
    plain, scaled = (
        measure_malmquist_intervals(x * by, y * by[0], draws=20).units for by in (np.ones(2), np.array([1e12, 1e-6]))
    )
    assert scaled.to_numpy() == pytest.approx(plain.to_numpy(), rel=1e-8)


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2)])
def test_prices_and_programmes_agree(inputs: int, outputs: int) -> None:
    rng = np.random.default_rng(inputs + outputs)
    for spread in (0, 1):  # whole numbers with ties and zeros, then sizes far apart
        x = rng.integers(1, 4, (14, inputs)) * np.exp(spread * rng.normal(size=(14, inputs)))
        y = rng.integers(0, 3, (14, outputs)) * np.exp(spread * rng.normal(size=(14, outputs)))
        y[y.sum(axis=1) == 0] = 1
        base = (x[:9], y[:9])
        found, solved = measure_by_prices(x, y, reference=base), measure_efficiency(x, y, reference=base)
        assert found == pytest.approx(solved, rel=1e-9, nan_ok=True)
    rare = np.column_stack([np.ones(3), [0.0, 0, 1]])
    assert np.isnan(measure_by_prices(np.ones((3, 1)), rare, reference=(np.ones((2, 1)), rare[:2]))).tolist() == [
        False,
        False,
        True,
    ]


def test_intervals_hold_a_known_technology() -> None:
    # benchmarks/scorecard.py has the rates over many samples
    rng = np.random.default_rng(0)
    hits = []
    for seed in range(10):
        x = rng.uniform(1, 9, (2, 15, 2))
        x[1] = x[0] * np.exp(0.3 * rng.normal(size=(15, 2)))
        level = np.array([[1.0], [1.1]]) * np.exp(-np.abs(rng.normal(0, 0.25, (2, 15))))
        y = (x[:, :, 0] ** 0.4 * x[:, :, 1] ** 0.6 * level)[:, :, None]
        found = measure_malmquist_intervals(x, y, draws=30, seed=seed).units
        truth = level[1] / level[0]
        hits.append((found["malmquist_low"] <= truth) & (truth <= found["malmquist_high"]))
    assert np.mean(hits) > 0.87  # the smoothed bootstrap has .66


def test_size_and_units_of_measurement_do_not_matter_under_constant_returns() -> None:
    rng = np.random.default_rng(4)
    x = rng.uniform(1, 9, (20, 2))
    y = x[:, :1] ** 0.4 * x[:, 1:] ** 0.6 * rng.uniform(0.5, 1, (20, 1))
    size = 10 ** rng.uniform(-6, 6, (20, 1))  # the solver's tolerances are absolute: small units drowned in them
    plain = measure_efficiency(x, y)
    for orientation in ("input", "output"):
        found = measure_efficiency(x * size, y * size, orientation=orientation)  # type: ignore[arg-type]
        assert found == pytest.approx(plain, rel=1e-9)
        again = measure_efficiency(x * [1e12, 1e-6], y * 1e9, orientation=orientation)  # type: ignore[arg-type]
        assert again == pytest.approx(plain, rel=1e-9)
    order = rng.permutation(20)
    assert measure_efficiency(x[order], y[order]) == pytest.approx(plain[order], rel=1e-9)


def test_an_output_that_no_other_has_cannot_be_compared() -> None:
    x, y = np.ones((3, 1)), np.array([[1.0, 0], [2, 0], [1, 1]])
    assert measure_efficiency(x, y).tolist() == pytest.approx([0.5, 1, 1])
    for orientation in ("input", "output"):
        found = measure_efficiency(x, y, reference=(x[:2], y[:2]), orientation=orientation)  # type: ignore[arg-type]
        assert found[:2].tolist() == pytest.approx([0.5, 1])
        assert np.isnan(found[2])  # the programme has no solution, and its kin are not lost with it


def make_study(cells: dict[str, list[float]], units: dict[str, str], regions: int = 6) -> Study:
    years = [2020, 2021]
    table = pd.DataFrame({"code": [f"R{i}" for i in range(regions)] * 2, "year": np.repeat(years, regions), **cells})
    dictionary = pd.DataFrame({"column": list(units), "unit": list(units.values())})
    places = pd.DataFrame({"code": [f"R{i}" for i in range(regions)], "name": [f"R{i}" for i in range(regions)]})
    return Study.from_frames(regions=places, indicators=table, dictionary=dictionary)


UNITS = {"staff": "persons", "money": "million CNY", "papers": "count", "prices": "2020 = 100"}
CELLS = {
    "staff": [1.0, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
    "money": [2.0, 3, 5, 7, 9, 11, 4, 6, 10, 14, 18, 22],
    "papers": [1.0, 3, 4, 6, 6, 9, 1, 3, 4, 6, 6, 9],
    "prices": [100.0] * 6 + [200.0] * 6,
}


def test_money_without_a_price_index_is_refused() -> None:
    study = make_study(CELLS, UNITS)
    with pytest.raises(MethodError, match="money are amounts of money not at constant prices: name a price index"):
        measure_productivity(study, inputs=["staff", "money"], outputs=["papers"])
    found = measure_productivity(study, inputs=["staff", "money"], outputs=["papers"], deflator="prices")
    # prices doubled and nothing else: no growth
    assert found.table["malmquist"].tolist() == pytest.approx([1] * 6, rel=1e-9)
    assert found.inputs == {"staff": "staff", "money": "money / prices"}


def test_too_many_variables_are_warned_of() -> None:
    found = measure_productivity(
        make_study(CELLS, UNITS), inputs=["staff", "money"], outputs=["papers"], deflator="prices"
    )
    assert "a rule of thumb wants 9" in " ".join(note.en for note in found.notes)


def test_regions_with_gaps_are_left_out_by_name() -> None:
    cells = {**CELLS, "papers": [0.0, *CELLS["papers"][1:]]}
    found = measure_productivity(make_study(cells, UNITS), inputs=["staff"], outputs=["papers"], years=[2020, 2021])
    assert any("R0" in note.en for note in found.notes)
    assert len(found.table) == 5
    with pytest.raises(MethodError, match="complete regions: 4"):
        measure_productivity(
            make_study({**cells, "staff": [1.0, 0, *CELLS["staff"][2:]]}, UNITS),
            inputs=["staff"],
            outputs=["papers"],
            years=[2020, 2021],
        )


def test_growth_over_a_gap_and_intervals_of_too_few_are_told() -> None:
    table = make_study(CELLS, UNITS).indicators
    assert table is not None
    codes = sorted(set(table["code"]))
    later = table.assign(year=table["year"].where(table["year"] == 2020, 2025))
    study = Study.from_frames(regions=pd.DataFrame({"code": codes, "name": codes}), indicators=later)
    found = measure_productivity(study, inputs=["staff"], outputs=["papers"], draws=20)
    told = " ".join(note.en for note in found.notes)
    assert "not by year: 2020-2025" in told
    assert "No intervals: they need 10 regions, and there are 6" in told
    assert "malmquist_low" not in found.table


def test_unknown_and_double_columns_are_refused() -> None:
    study = make_study(CELLS, UNITS)
    for inputs, deflator in ((["steel"], None), (["staff", "staff"], None)):
        with pytest.raises(MethodError, match="productivity needs inputs and outputs, each once"):
            measure_productivity(study, inputs=inputs, outputs=["papers"], deflator=deflator)
    with pytest.raises(MethodError, match="no price index is named 'cpi'; there are: "):
        measure_productivity(study, inputs=["staff"], outputs=["papers"], deflator="cpi")
    with pytest.raises(MethodError, match="no price index is named 'abc'") as caught:
        measure_productivity(load_study("china"), deflator="abc")
    assert "gdp_deflator（地区生产总值平减指数（推算））" in caught.value.describe("zh")
    assert "rd_expenditure" not in caught.value.describe("zh")  # no index
    with pytest.raises(MethodError, match=r"2020, 2021, 2030.*without data: 2030"):
        measure_productivity(study, inputs=["staff"], outputs=["papers"], years=[2020, 2021, 2030])


def test_the_research_system_of_china() -> None:
    found = measure_productivity(load_study("china"), deflator="gdp_deflator", years=[2021, 2022, 2023])
    assert set(found.table.index.get_level_values("year")) == {2022, 2023}
    assert any("no stock of capital" in note.en for note in found.notes)
    assert not any(code in note.zh for note in found.notes for code in ("rd_", "hitech_", "gdp_"))
    assert any("平减指数" in note.zh and "研发" in note.zh for note in found.notes)
    chained = found.table["malmquist"].groupby(level="code").prod()
    last = found.table.xs(2023, level="year")["since_first"]
    assert last.to_numpy() == pytest.approx(chained.reindex(last.index).to_numpy(), rel=1e-9)
    sure = measure_productivity(load_study("china"), deflator="gdp_deflator", draws=20, years=[2022, 2023])
    assert (sure.means["malmquist_low"] < sure.means["malmquist"]).all()
    assert (sure.table["malmquist_high"] > sure.table["malmquist"]).all()
    with pytest.raises(MethodError, match="not of the global one"):
        measure_productivity(load_study("china"), deflator="gdp_deflator", draws=20, frontier="global")
    with pytest.raises(MethodError, match=r"on R&D, total, .* are amounts of money"):
        measure_productivity(load_study("china"))
