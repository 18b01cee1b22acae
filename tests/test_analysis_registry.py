"""A measure is registered once; every place that tells of scores follows."""

import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import Column, Measure, list_measures, measure_positions, register_measure
from analysis.scores.registry import UNITS, find_column, find_measures, remove_measure
from maps.words.codebook import build_codebook
from regionet.cli import app
from regions import MethodError
from regions.words import Words

ROOT = Path(__file__).parents[1]
NAMES = ["centrality", "spillover", "opsahl", "cores", "structural_holes", "core", "communities", "modules"]


@pytest.fixture
def twofold() -> Iterator[Measure]:
    """Strength times two, registered for one test."""
    column = Column(
        "twofold", Words("Twofold strength", "两倍强度"), Words("Strength times two", "强度乘以二"), unit="weight"
    )
    yield register_measure(
        Measure("twofold", lambda batch: {"twofold": 2 * batch.sum_weights()}, (column,), "2 s", "Nobody 2026")
    )
    remove_measure("twofold")


def test_what_is_built_in() -> None:
    assert [measure.name for measure in list_measures()][: len(NAMES)] == NAMES
    for measure in list_measures():
        assert measure.formula, measure.name
        assert measure.source, measure.name
        assert all(column.unit in UNITS for column in measure.columns)
    signed = [column.name for measure in list_measures() for column in measure.columns if column.signed]
    assert signed == ["net", "module_z"]


def test_a_measure_of_ones_own_is_measured(twofold: Measure) -> None:
    network = nx.Graph([("a", "b", {"weight": 3}), ("b", "c", {"weight": 1})])
    assert find_measures(["twofold"]) == (twofold,)
    assert measure_positions(network, measures=["twofold"])["twofold"].tolist() == [6, 8, 2]
    assert list(measure_positions(network))[-1] == "twofold"


@pytest.mark.usefixtures("twofold")
def test_it_stands_in_tables_codebook_page_and_docs(tmp_path: Path) -> None:
    options = ["--study", "northeast", "--lang", "en", "--out"]
    done = CliRunner().invoke(app, ["score", *options, str(tmp_path / "s"), "--intervals", "20", "--format", "csv"])
    assert done.exit_code == 0, done.output
    scores = pd.read_csv(tmp_path / "s" / "scores.csv")
    np.testing.assert_allclose(scores["twofold"], 2 * scores["strength"])
    assert (scores["twofold_rank"] == scores["strength_rank"]).all()
    done = CliRunner().invoke(app, ["map", *options, str(tmp_path / "m")])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "m" / "map.html").read_text(encoding="utf-8")
    assert json.dumps(["Twofold strength", "两倍强度"], ensure_ascii=False, separators=(",", ":")) in page
    book = build_codebook(scores.columns).set_index("column")
    assert book.loc["twofold", ["label", "label_zh"]].tolist() == ["Twofold strength", "两倍强度"]
    assert book.loc["twofold_rank_low", "label_zh"] == "两倍强度最好排名"
    built = runpy.run_path(str(ROOT / "docs" / "build_measures.py"))["build_page"]()
    assert "| `twofold` | Twofold strength | 两倍强度 |" in built


def test_the_page_of_measures_is_what_is_registered() -> None:
    built = runpy.run_path(str(ROOT / "docs" / "build_measures.py"))["build_page"]()
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == built, "run: python docs/build_measures.py"


def test_a_name_is_given_once(twofold: Measure) -> None:
    with pytest.raises(MethodError, match="twofold"):
        register_measure(twofold)
    other = Measure("other", twofold.function, (find_column("strength") or twofold.columns[0],))
    with pytest.raises(MethodError, match="strength"):
        register_measure(other)
    assert [measure.name for measure in list_measures()].count("twofold") == 1


def test_a_measure_that_is_gone() -> None:
    assert find_column("twofold") is None
    with pytest.raises(MethodError, match="got 'twofold'"):
        measure_positions(nx.path_graph(2), measures=["twofold"])
    remove_measure("twofold")
