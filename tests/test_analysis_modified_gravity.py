import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.gaps.register import find_gaps
from analysis.networks.modified_gravity import build_gravity_network, measure_force
from analysis.scores.centrality import measure_centrality
from geodata import measure_distances
from regions import MethodError, Study, load_study
from regions.words import Words

GDP = {"A": 400.0, "B": 100.0, "C": 900.0, "D": 100.0}
PEOPLE = {"A": 100.0, "B": 100.0, "C": 100.0, "D": 100.0}


def make_study(gdp: dict[str, float] = GDP, people: dict[str, float] = PEOPLE) -> Study:
    codes = pd.Index(list(GDP), name="code")
    table = pd.DataFrame({"code": codes, "year": 2020, "gdp": pd.Series(gdp).reindex(codes).to_numpy()})
    return Study(
        name="tiny",
        title=Words("Tiny", "小"),
        regions=pd.DataFrame({"name": list("abcd"), "name_zh": list("甲乙丙丁")}, index=codes),
        surroundings=pd.DataFrame({"name": [], "name_zh": []}),
        unit_of=pd.Series({code: code for code in codes}),
        indicators=table.assign(population=pd.Series(people).reindex(codes).to_numpy()),
    )


def make_distances(km: float = 10.0) -> pd.DataFrame:
    return pd.DataFrame(km * (1 - np.eye(4)), index=list(GDP), columns=list(GDP))


def test_force_by_hand() -> None:
    """A and B: K = 400/500, masses 200 and 100, per head 4 and 1, 10 km: .8 x 20,000 x (3/10)^2."""
    force = build_gravity_network(make_study(), make_distances(), year=2020).graph["force"]
    assert force.loc["A", "B"] == pytest.approx(0.8 * 20_000 * 0.09)
    assert force.loc["B", "A"] == pytest.approx(0.2 * 20_000 * 0.09)
    assert force.loc["B", "D"] == 0
    assert force.loc["A", "A"] == 0


def test_links_reach_the_row_mean() -> None:
    network = build_gravity_network(make_study(), make_distances(), year=2020)
    force, threshold = network.graph["force"], network.graph["threshold"]
    for a in GDP:
        assert threshold[a] == pytest.approx(force.loc[a].sum() / 3)
        assert {b for b in GDP if a != b and force.loc[a, b] >= threshold[a]} == set(network[a])
    assert network.edges["A", "C"]["weight"] == force.loc["A", "C"]
    assert network.nodes["A"] == {"name": "a", "name_zh": "甲"}


def test_rules_differ_where_they_should() -> None:
    """Two poor equals face one rich region: its row is a tie, which only >= takes; n lowers the mean."""
    study = make_study({"A": 100.0, "B": 100.0, "C": 100.0, "D": 900.0})
    links = {
        rule: set(build_gravity_network(study, make_distances(), year=2020, rule=rule).edges)
        for rule in (">= n-1", "> n-1", ">= n", "> n")
    }
    towards = {("A", "D"), ("B", "D"), ("C", "D")}
    assert links["> n-1"] == towards
    assert links[">= n-1"] == links[">= n"] == links["> n"] == towards | {("D", "A"), ("D", "B"), ("D", "C")}


def test_no_force_no_link() -> None:
    """Equal regions: every force and every mean is 0, and 0 >= 0 must not link all with all."""
    network = build_gravity_network(make_study(dict.fromkeys(GDP, 7.0)), make_distances(), year=2020)
    assert network.number_of_edges() == 0
    assert (network.graph["force"] == 0).all(axis=None)


positive = st.lists(st.floats(0.5, 1e5), min_size=5, max_size=5)


@given(positive, positive, st.floats(0.01, 100), st.integers(0, 100))
def test_identities(gdp: list[float], people: list[float], scale: float, seed: int) -> None:
    g, p = np.array(gdp), np.array(people)
    places = np.random.default_rng(seed).uniform(0, 1000, (5, 2))
    distance = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    force = measure_force(g, p, distance)
    off = ~np.eye(5, dtype=bool)
    np.testing.assert_allclose((force * g)[off], (force.T * g[:, None])[off], rtol=1e-9)  # F_ij / F_ji = G_i / G_j
    share = g[:, None] / (g[:, None] + g)
    np.testing.assert_allclose(share + share.T, 1, rtol=1e-12)
    for other in (measure_force(g * scale, p, distance), measure_force(g, p, distance * scale)):
        ratio = other[force > 0] / force[force > 0]
        np.testing.assert_allclose(ratio, ratio[0] if len(ratio) else 1, rtol=1e-6)
    assert (measure_force(g, g * 2, distance) < 1e-9).all()  # equal per head


@pytest.mark.parametrize("unit", ["gdp", "population", "distance"])
def test_units_change_no_link(unit: str) -> None:
    study = make_study(people={"A": 70.0, "B": 200.0, "C": 130.0, "D": 55.0})
    plain = build_gravity_network(study, make_distances(), year=2020)
    assert study.indicators is not None
    if unit != "distance":
        scaled = study.indicators.assign(**{unit: study.indicators[unit] * 1000.0})
        study = dataclasses.replace(study, indicators=scaled)
    other = build_gravity_network(study, make_distances(10_000 if unit == "distance" else 10), year=2020)
    assert set(plain.edges) == set(other.edges)
    assert plain.number_of_edges() > 0


def test_missing_data_leave_an_isolate_and_are_named() -> None:
    distances = make_distances()
    distances.loc["D"] = distances["D"] = np.nan
    network = build_gravity_network(make_study({**GDP, "B": np.nan}), distances, year=2020)
    assert network.graph["dropped"] == ("B", "D")
    assert set(network.edges) == {("A", "C"), ("C", "A")}
    assert network.graph["force"].loc["B"].isna().all()
    assert list(network) == list(GDP)


def test_labelled_as_modelled_and_refused_as_observation() -> None:
    study = load_study("china")
    distances = measure_distances(study)
    network = build_gravity_network(study, distances, year=2020)
    assert network.graph["origin"] == "modelled"
    assert "not observed" in network.graph["note"].en
    assert "并非实际观测" in network.graph["note"].zh
    with pytest.raises(MethodError, match="modelled"):
        find_gaps(study, network, distances)
    with pytest.raises(MethodError, match="modelled"):
        find_gaps(study, network.to_undirected(), distances)


def test_china() -> None:
    study = load_study("china")
    network = build_gravity_network(study, measure_distances(study), year=2020)
    assert network.graph["dropped"] == ()
    assert 31 < network.number_of_edges() < 31 * 30 / 2
    scores = measure_centrality(network)
    assert list(scores.index) == list(study.regions.index)
    assert set(network["440000"]) & {"450000", "430000", "360000"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"year": 1990}, "no year 1990; they run 2020-2020"),
        ({"year": 2020, "gdp": "gnp"}, "no indicator 'gnp'"),
        ({"year": 2020, "rule": "median"}, "rule must be one of"),
    ],
)
def test_bad_options(options: dict[str, object], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        build_gravity_network(make_study(), make_distances(), **options)  # type: ignore[arg-type]


def test_bad_data() -> None:
    with pytest.raises(MethodError, match="gdp of 'C' in 2020 is not positive"):
        build_gravity_network(make_study({**GDP, "C": 0.0}), make_distances(), year=2020)
    with pytest.raises(MethodError, match="fewer than two"):
        build_gravity_network(make_study({"A": 1.0}), make_distances(), year=2020)
    near = make_distances()
    near.loc["A", "B"] = near.loc["B", "A"] = 0
    with pytest.raises(MethodError, match="between 'A' and 'B'"):
        build_gravity_network(make_study(), near, year=2020)
    with pytest.raises(MethodError, match="no indicator 'gdp'"):
        build_gravity_network(dataclasses.replace(make_study(), indicators=None), near, year=2020)


def test_regions_equal_but_for_rounding_have_no_force() -> None:
    """.1 + .2 and .3 per head: the difference is rounding, and no link hangs on it."""
    force = measure_force(np.array([0.1 + 0.2, 0.3, 9.0]), np.ones(3), np.full((3, 3), 5.0))
    assert force[0, 1] == force[1, 0] == 0
    assert force[0, 2] > 0
