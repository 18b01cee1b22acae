"""What the page answers on every region: the verdicts, and how many regions get which."""

from dataclasses import replace

import networkx as nx
import pandas as pd
import pytest
from maps_sample import build_gaps, build_network, build_partners, build_study, code_of

from analysis.gaps.filters import pick_largest
from maps.page.own_gaps import count_verdicts, find_partnered, has_dropped, judge_regions
from regions.errors import Fault
from regions.messages import say

UNITS = [code_of(place) for place in range(6)]


def test_verdicts_of_the_small_study() -> None:
    network = build_network(build_study())
    # 2-3 is a moderate gap, 4-5 a weak one, 0-1 a surplus.
    assert judge_regions(network, build_gaps(), UNITS) == ["surplus", "surplus", *["supported"] * 4]
    weak = build_gaps().assign(grade="none")
    assert judge_regions(network, weak, UNITS) == ["surplus", "surplus", *["unsupported"] * 4]


def test_regions_without_fit_or_links() -> None:
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(UNITS)
    network.add_edge("R04", "R05", weight=1.0)
    network.add_edge("R03", "R03", weight=5.0)  # inside a region is to nobody else
    gaps = build_gaps().iloc[[2]]
    assert judge_regions(network, gaps, UNITS) == ["surplus", "surplus", "unlinked", "unlinked", "unfitted", "unfitted"]
    assert judge_regions(network, None, UNITS) == ["none"] * 6


def test_dropped_rows_are_not_zero() -> None:
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(UNITS)
    network.add_edge("R04", "R05", weight=1.0)
    found = judge_regions(network, build_gaps().iloc[[2]], UNITS, dropped=True)
    assert found == ["surplus", "surplus", "unknown", "unknown", "unfitted", "unfitted"]
    assert "not known" in count_verdicts(found, partnered=0).en
    lost = Fault.of("links.csv", say("W-DROPPED/no-place", lost=3, actors=9))
    study = build_study()
    assert not has_dropped(study)
    assert has_dropped(replace(study, warnings=(lost,)))


def test_without_grades_every_shortfall_counts() -> None:
    bare = build_gaps()[["source", "target", "gap"]]
    assert judge_regions(build_network(build_study()), bare, UNITS)[2:] == ["supported"] * 4


def test_counts_are_told_in_both_languages() -> None:
    note = count_verdicts(["supported", "unsupported", "unsupported", "unlinked"], partnered=2)
    assert note.en.startswith("Of 4 regions, 3 show their largest shortfalls and 2 of these name partners.")
    assert "1 have no recorded link" in note.en
    assert "没有证据充分的缺口（列出最大的一项） 2 个" in note.zh
    assert "surplus" not in note.en
    assert count_verdicts(["none"] * 3, partnered=0).zh == "没有地区显示缺口：未计算缺口。"


def test_regions_with_partners_are_those_of_gaps_that_are_carried() -> None:
    assert find_partnered(build_gaps(), build_partners()) == 4  # R02-R03 and R04-R05; R01-R05 is no gap
    assert find_partnered(build_gaps(), None) == 0
    assert find_partnered(None, build_partners()) == 0


@pytest.mark.parametrize(("each", "rows"), [(1, [0, 2]), (2, [0, 1, 2]), (9, [0, 1, 2])])
def test_largest_of_each_region(each: int, rows: list[int]) -> None:
    gaps = pd.DataFrame(
        {
            "source": ["A", "A", "B", "C", "A"],
            "target": ["B", "C", "C", "D", "D"],
            "gap": [5.0, 2.0, 4.0, -1.0, float("nan")],
        }
    )
    # A: 5 and 2; B: 5 and 4; C: 4 and 2; D has none.
    assert list(pick_largest(gaps, each=each)) == rows


def test_largest_keeps_the_index_and_the_order_of_the_register() -> None:
    gaps = pd.DataFrame({"source": ["A", "A"], "target": ["B", "C"], "gap": [1.0, 3.0]}, index=["x", "y"])
    assert list(pick_largest(gaps)) == ["x", "y"]
    assert list(pick_largest(gaps.iloc[:0])) == []
