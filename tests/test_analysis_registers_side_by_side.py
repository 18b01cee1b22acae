"""One register over years, fields or paths: by hand where gaps are planted, and on the embedded study."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from actor_samples import make_linked
from gravity_samples import make_study

from analysis.expectation.false_discovery_rate import measure_q_values
from analysis.expectation.grades import GRADES
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.simulate import Truth, simulate_network
from analysis.gaps.register import GapRegister, build_gap_register
from analysis.gaps.registers_side_by_side import (
    GapRegisters,
    combine_registers,
    count_moves,
    find_gaps_by,
    list_parts,
)
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import MethodError, Study, load_study
from regions.study_parts.study_selection import select_study

QUICK = GravityOptions(stability=False)
SIZE = 24
YEARS = (2018, 2019, 2020, 2021)
Planted = dict[str, tuple[str, str]]


def make_panel(column: str = "year", names: tuple[object, ...] = YEARS) -> tuple[Study, pd.DataFrame, Planted]:
    """Draw the same expectations in every part; three large pairs are cut to a tenth in some parts.

    ``opens`` is cut in the last two parts, ``closes`` in the first two, ``stays`` in all.
    """
    study, distances = make_study(SIZE)
    parts, planted = [], {}
    for number, name in enumerate(names):
        network = simulate_network(study, distances, Truth(mean=3.5, dispersion=0.01), seed=7)
        truth = network.graph["truth"]["mean"]
        planted = dict(zip(("opens", "closes", "stays"), truth.nlargest(60).index[[20, 35, 50]], strict=True))
        cut = {"opens": number > 1, "closes": number < 2, "stays": True}
        draw = np.random.default_rng(number)
        rows = []
        for (a, b), mean in truth.items():
            share = 0.1 if any(cut[key] and pair == (a, b) for key, pair in planted.items()) else 1.0
            if count := draw.poisson(mean * share):
                rows.append((a, b, float(count), name))
        parts.append(pd.DataFrame(rows, columns=["source", "target", "weight", column]))
    links = pd.concat(parts, ignore_index=True)
    return replace(study, links=links.astype({"year": "Int64"}) if column == "year" else links), distances, planted


@pytest.fixture(scope="module")
def panel() -> tuple[Study, pd.DataFrame, Planted]:
    return make_panel()


@pytest.fixture(scope="module")
def family(panel: tuple[Study, pd.DataFrame, Planted]) -> GapRegisters:
    return find_gaps_by(panel[0], panel[1], "year", options=QUICK)


@pytest.fixture(scope="module")
def register(family: GapRegisters) -> pd.DataFrame:
    return family.table


def trace(register: pd.DataFrame, pair: tuple[str, str], column: str) -> list[object]:
    rows = register.set_index(["source", "target"]).loc[pair].set_index("year").sort_index()
    return list(rows[column])


def test_every_year_has_every_pair_once(register: pd.DataFrame) -> None:
    assert register.columns[0] == "year"
    assert len(register) == 4 * SIZE * (SIZE - 1) // 2
    assert not register.duplicated(["year", "source", "target"]).any()
    assert sorted(register["year"].unique()) == list(YEARS)


def test_each_part_is_its_own_model(panel: tuple[Study, pd.DataFrame, Planted], family: GapRegisters) -> None:
    study, distances, _ = panel
    part = select_study(study, years=(2019, 2019))
    other = build_gap_register(part, build_network(part), distances, options=QUICK)
    alone = other.table
    found = family.table.loc[2019].reindex(alone.index)
    same = ["observed", "expected", "low", "high", "p", "shrunken_ratio", "shortfall_probability", "priority"]
    pd.testing.assert_frame_equal(found[same], alone[same])
    assert family.models["2019"].dispersion == other.model.dispersion


def test_all_tests_are_corrected_together(family: GapRegisters) -> None:
    register = family.table
    assert register["q"].to_numpy() == pytest.approx(measure_q_values(register["p"].to_numpy()))
    strong = register["grade"] == "strong"
    assert strong.sum() >= 8
    assert (strong == ((register["q"] < 0.05) & (register["gap"] > 0))).all()
    tallies = [model.tally for model in family.models.values() if model.tally is not None]
    assert sum(tally.significant for tally in tallies) == strong.sum()
    assert sum(tally.grades["weak"] for tally in tallies) == (register["grade"] == "weak").sum()


def test_how_planted_gaps_moved(panel: tuple[Study, pd.DataFrame, Planted], register: pd.DataFrame) -> None:
    planted = panel[2]
    assert trace(register, planted["opens"], "moved") == ["first", "none", "opened", "persistent"]
    assert trace(register, planted["closes"], "moved") == ["first", "persistent", "closed", "none"]
    assert trace(register, planted["stays"], "moved") == ["first", "persistent", "persistent", "persistent"]
    change = trace(register, planted["opens"], "ratio_change")
    assert np.isnan(float(str(change[0])))
    ratio = trace(register, planted["opens"], "shrunken_ratio")
    assert change[2] == pytest.approx(float(str(ratio[2])) - float(str(ratio[1])))
    assert float(str(change[2])) < -0.4


def test_rows_stand_by_grade_then_by_priority(register: pd.DataFrame) -> None:
    rank = register["grade"].map(GRADES.index)
    assert rank.is_monotonic_increasing
    assert (register.groupby(rank)["priority"].diff().dropna() <= 1e-12).all()
    assert register.index.tolist() == register[["year", "source", "target"]].apply(tuple, axis=1).tolist()


def test_moves_are_counted(register: pd.DataFrame) -> None:
    moves = count_moves(register)
    assert moves.index.tolist() == list(YEARS)
    assert moves.columns.tolist() == ["pairs", "gaps", "opened", "persistent", "closed"]
    assert (moves["pairs"] == SIZE * (SIZE - 1) // 2).all()
    # what is a gap now was opened or persists; what was one persists or closed
    assert moves.loc[2019:, "gaps"].tolist() == (moves["opened"] + moves["persistent"]).loc[2019:].tolist()
    assert moves["gaps"].iloc[:-1].tolist() == (moves["persistent"] + moves["closed"]).iloc[1:].tolist()
    assert moves.loc[2018, ["opened", "persistent", "closed"]].tolist() == [0, 0, 0]


def test_a_window_joins_years(panel: tuple[Study, pd.DataFrame, Planted]) -> None:
    study, distances, _ = panel
    found = find_gaps_by(study, distances, "year", options=QUICK, window=2).table
    assert sorted(found["year"].unique()) == [2019, 2020, 2021]
    assert study.links is not None
    two = study.links[study.links["year"].isin([2018, 2019])]
    assert found.loc[found["year"] == 2019, "observed"].sum() == two["weight"].sum()


def test_a_year_too_thin_for_a_model_is_named(panel: tuple[Study, pd.DataFrame, Planted]) -> None:
    """2019 keeps two links: what happened between 2018 and 2020 is then compared directly."""
    study, distances, planted = panel
    assert study.links is not None
    thin = pd.concat([study.links[study.links["year"] != 2019], study.links[study.links["year"] == 2019].head(2)])
    family = find_gaps_by(replace(study, links=thin), distances, "year", options=QUICK)
    found = family.table
    assert list(family.skipped) == ["2019"]
    assert sorted(found["year"].unique()) == [2018, 2020, 2021]
    assert trace(found, planted["opens"], "moved") == ["first", "opened", "persistent"]


def test_fields() -> None:
    study, distances, planted = make_panel("field", ("Pig", "Rice", "Tea", "Wheat"))
    found = find_gaps_by(study, distances, "field", options=QUICK).table
    assert found.columns[0] == "field"
    assert sorted(found["field"].unique()) == ["Pig", "Rice", "Tea", "Wheat"]
    assert "moved" not in found
    rows = found.set_index(["source", "target"]).loc[planted["opens"]].set_index("field")["grade"]
    assert rows[["Tea", "Wheat"]].tolist() == ["strong", "strong"]
    assert not {"strong"} & set(rows[["Pig", "Rice"]])


def test_paths_of_the_embedded_study() -> None:
    """Few enterprises take part: none with another, so the path of industry has no model and is named."""
    study = load_study("china")
    family = find_gaps_by(study, measure_distances(study), "path", options=QUICK)
    found = family.table
    assert set(found["path"]) == {"science", "science-industry"}
    assert set(family.models) == {"science", "science-industry"}
    assert found.loc[found["path"] == "science", "observed"].sum() == 1825


def test_parts_come_in_order_with_their_study() -> None:
    study = make_linked(year=[2012, 2010, 2010], field=["b", "a", "a"])
    years = list(list_parts(study, "year"))
    assert [name for name, _, _ in years] == [2010, 2012]
    assert [network.number_of_edges() for _, _, network in years] == [1, 1]
    assert [len(part.links) for _, part, _ in years if part.links is not None] == [2, 1]
    assert [name for name, _, _ in list_parts(study, "field")] == ["a", "b"]


def test_registers_with_other_columns_are_filled_up(family: GapRegisters) -> None:
    alone = family.table.loc[2018].drop(columns=["year", "moved", "ratio_change"])
    one, other = (GapRegister(table, family.models["2018"]) for table in (alone, alone.assign(extra=1.0)))
    found = combine_registers({"a": one, "b": other}, "field").table
    assert found["extra"].notna().sum() == len(alone)
    # every test twice among twice as many: the same correction
    q = measure_q_values(alone["p"].to_numpy())
    assert np.sort(found["q"].to_numpy()) == pytest.approx(np.sort(np.r_[q, q]))


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("month", "by must be one of year, field, path; got 'month'"),
        ("year", "have years"),
        ("field", "neither the records nor the links of study 'sample' have fields"),
        ("path", "records"),
    ],
)
def test_studies_without_such_parts_are_refused(by: str, message: str) -> None:
    study = make_linked()
    distances = pd.DataFrame(100.0, index=study.regions.index, columns=study.regions.index)
    with pytest.raises(MethodError, match=message):
        find_gaps_by(study, distances, by)  # type: ignore[arg-type]


def test_when_no_part_has_a_model_every_reason_is_given() -> None:
    study = make_linked(year=[2010, 2010, 2011])
    distances = pd.DataFrame(100.0, index=study.regions.index, columns=study.regions.index)
    with pytest.raises(MethodError, match=r"no year has links enough for a model\. 2010: .*; 2011: "):
        find_gaps_by(study, distances, "year")
