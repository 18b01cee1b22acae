"""What the tests carry: every file is described, small, and no more than is used."""

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from conftest import DATA
from test_analysis_ppml import read_log_of_gravity

TOLD = (DATA / "README.md").read_text("utf-8")
FILES = [path for path in DATA.rglob("*") if path.is_file()]
GOLDEN = [path for path in FILES if path.is_relative_to(DATA / "golden")]


def test_every_folder_and_every_golden_table_is_described() -> None:
    assert len(GOLDEN) > 20
    folders = {path.name for path in DATA.iterdir() if path.is_dir()}
    assert [name for name in folders if f"{name}/" not in TOLD] == []
    assert [path.name for path in GOLDEN if path.name not in TOLD] == []


def test_no_file_is_large() -> None:
    assert [path.name for path in FILES if path.stat().st_size > 200_000] == []


def test_every_golden_table_is_read_by_a_test() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py"))
    numbered = {"correia2019_separation_example1.csv", "correia2019_separation_example2.csv"}  # by a pattern, as fp7/
    tables = [path for path in GOLDEN if path.suffix != ".py"]  # a script stands beside what it made
    named = [path for path in tables if path.name not in numbered and path.parent.name != "fp7"]
    assert [path.name for path in named if path.name not in code] == []


def test_the_women_are_those_of_networkx() -> None:
    table = pd.read_csv(DATA / "golden" / "network" / "davis_southern_women_2mode.csv")
    network = nx.davis_southern_women_graph()
    women, events = network.graph["top"], network.graph["bottom"]
    expected = {(women.index(woman) + 1, events.index(event) + 1) for woman, event in network.edges}
    assert set(table.itertuples(index=False, name=None)) == expected
    assert len(table) == len(expected) == 89


def test_the_flows_put_together_are_those_published() -> None:
    """Santos Silva & Tenreyro 2006: 136 countries, 9,613 positive flows, the mean and the largest in thousands."""
    flows = read_log_of_gravity()
    assert len(flows) == 136 * 135
    assert (flows["trade"] > 0).sum() == 9_613
    assert flows["trade"].mean() == pytest.approx(172_129.492484, abs=1e-6)
    assert flows["trade"].max() == 101_000_000
    assert flows["lypex"].mean() == pytest.approx(flows["lypim"].mean(), rel=1e-12)
    one = flows[(flows["exporter"] == 19) & (flows["importer"] == 88)].iloc[0]
    assert one[["trade", "ldist", "lypex", "lyim"]].tolist() == pytest.approx(
        [343921.0, 8.408560752868652, 26.269189834594727, 7.163389205932617], rel=1e-7
    )
