import json
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.networks.network import build_network
from analysis.roles.rich_club import measure_rich_club
from analysis.roles.role_tables import measure_roles
from maps.words.codebook import build_codebook
from maps.words.columns.role_columns import POSITIONS
from regionet.cli import app
from regionet.commands.roles import build_role_tables, describe_roles
from regions import load_study


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_roles_of_china(tmp_path: Path) -> None:
    done = run("roles", "--out", str(tmp_path), "--lang", "zh", "--permutations", "50", "--top", "3")
    assert done.exit_code == 0
    assert "北京市" in done.stdout
    assert "双向溢出" in done.stdout
    roles, blocks = (pd.read_csv(tmp_path / f"{name}.csv", dtype={"code": str}) for name in ("roles", "blocks"))
    assert len(roles) == 31
    assert roles["brokerage"].is_monotonic_decreasing
    assert (roles["gatekeeper"] == roles["representative"]).all()  # no direction
    assert blocks["members"].sum() == 31
    assert set(roles["block"]) == set(blocks["block"])
    network = pd.read_csv(tmp_path / "network.csv", index_col="figure")
    assert network.loc["coordinator", "value"] == roles["coordinator"].sum()
    manifest = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert manifest["parameters"]["by"] == "macro_region"
    assert {each["file"] for each in manifest["outputs"]} == {
        *("roles.csv", "blocks.csv", "network.csv", "rich_club.csv", "roles.xlsx")
    }
    club = pd.read_csv(tmp_path / "rich_club.csv", index_col="partners_above")
    expected = measure_rich_club(build_network(load_study("china")), draws=100)
    assert club["club_density"].tolist() == pytest.approx(expected["phi"].tolist(), rel=1e-6)
    assert club["club_expected"].tolist() == pytest.approx(expected["expected"].tolist(), rel=1e-6)
    assert "重连网络（100 个）" in done.stdout.replace("\n", "")


def test_workbook_has_a_codebook_in_both_languages(tmp_path: Path) -> None:
    run("roles", "--out", str(tmp_path), "--lang", "zh", "--permutations", "5")
    book = openpyxl.load_workbook(tmp_path / "roles.xlsx")
    assert book.sheetnames == ["说明", "地区角色", "板块", "像矩阵", "整体网络", "富人俱乐部", "指标说明"]
    rows = list(book["指标说明"].iter_rows(values_only=True))
    assert all(row[1] and row[2] and row[3] and row[4] for row in rows)
    headers = [cell.value for cell in book["地区角色"][1]]
    assert "守门人" in headers


def test_actors_by_kind(tmp_path: Path) -> None:
    done = run("roles", "--by", "kind", "--out", str(tmp_path), "--lang", "en", "--permutations", "2", "--json")
    result = json.loads(done.stdout)
    assert {row["group"] for row in result["roles"]} >= {"institute", "university"}
    assert len(result["roles"]) > 100
    assert "Groups by 'kind'" in result["notes"][0]


def test_an_unknown_group_lists_those_that_exist(tmp_path: Path) -> None:
    done = run("roles", "--by", "moon", "--out", str(tmp_path / "new"), "--lang", "en")
    assert done.exit_code == 1
    assert "macro_region" in done.output
    assert not (tmp_path / "new").exists()


def test_a_study_without_groups_says_so(folder: Path, tmp_path: Path) -> None:
    done = run("roles", "--study", str(folder), "--by", "parent", "--out", str(tmp_path / "o"), "--permutations", "5")
    assert done.exit_code == 0
    assert pd.read_csv(tmp_path / "o" / "roles.csv")["group"].tolist().count("P1") == 2


def test_directed_networks_have_all_roles() -> None:
    network = nx.DiGraph([("a", "c"), ("b", "c"), ("b", "d"), ("a", "d"), ("e", "a")])
    for node in network:
        network.nodes[node].update(name=node, name_zh=node)
    found = measure_roles(network, {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}, depth=1, permutations=5)
    assert found.directed
    assert set(found.blocks["role"]) == {"net_spillover", "net_beneficiary"}
    tables = build_role_tables(network, found)
    assert set(tables) == {"roles", "blocks", "image", "figures", "rich_club"}
    assert len(describe_roles(found, network, "x", permutations=5, language="en")) == 3
    network.graph["origin"] = "modelled"
    assert "modelled" in describe_roles(found, network, "x", permutations=5, language="en")[-1]


def test_every_column_is_explained() -> None:
    network = nx.karate_club_graph()
    for node in network:
        network.nodes[node].update(name=str(node), name_zh=str(node))
    tables = build_role_tables(network, measure_roles(network, dict(network.nodes(data="club")), permutations=3))
    columns = [column for name, table in tables.items() if name != "image" for column in table.columns]
    codebook = build_codebook(columns)
    assert codebook.loc[codebook["meaning"] == "", "column"].tolist() == []
    assert all(words.label.en and words.label.zh and words.meaning.zh for words in POSITIONS.values())


def test_a_complete_network_has_nothing_to_shuffle() -> None:
    network = nx.complete_graph(5)
    for node in network:
        network.nodes[node].update(name=str(node), name_zh=str(node))
    found = measure_roles(network, dict.fromkeys(network, "all"), permutations=3)
    assert "nothing to shuffle" in describe_roles(found, network, "x", permutations=3, language="en")[2]
    assert "无从比较" in describe_roles(found, network, "x", permutations=3, language="zh")[2]


@pytest.mark.parametrize(("links", "draws"), [(50, 100), (5_000, 20), (50_000, 10)])
def test_fewer_rewired_networks_for_many_links(monkeypatch: pytest.MonkeyPatch, links: int, draws: int) -> None:
    asked: list[int] = []

    def count(network: nx.Graph, *, draws: int, seed: int) -> pd.DataFrame:
        asked.append(draws)
        return measure_rich_club(network, draws=1, seed=seed)

    monkeypatch.setattr("analysis.roles.role_tables.measure_rich_club", count)
    monkeypatch.setattr(nx.Graph, "number_of_edges", lambda _self: links)
    network = nx.karate_club_graph()
    measure_roles(network, dict(network.nodes(data="club")), permutations=2)
    assert asked == [draws]


def test_seed_decides() -> None:
    network = nx.karate_club_graph()
    one, same = (measure_roles(network, dict(network.nodes(data="club")), permutations=5, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(one.nodes, same.nodes)
    pd.testing.assert_frame_equal(one.rich_club, same.rich_club)
