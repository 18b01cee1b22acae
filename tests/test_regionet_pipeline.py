"""What the commands compute before they write: marks on links, tables with names."""

import pytest

import regionet.steps.pipeline
from analysis import GapRegister, measure_link_significance
from regionet.steps.link_significance import SIGNIFICANCE
from regionet.steps.pipeline import PARTS, Choices, Findings, add_reasons, analyse, mark_significance, tabulate_links
from regions import load_study


@pytest.fixture(scope="module")
def findings() -> Findings:
    return analyse(load_study("yangtze-delta"), Choices(), gaps=False)


def test_an_analysis_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    analyse(load_study("yangtze-delta"), Choices(), progress=lambda *parts: told.append(parts))
    assert told == [(1, PARTS), (2, PARTS), (3, PARTS), (5, PARTS), (PARTS, PARTS)]


def test_marks_are_those_of_the_measure(findings: Findings) -> None:
    table = measure_link_significance(findings.network)
    assert len(table) == findings.network.number_of_edges() == 17
    for row in table.itertuples():
        edge = findings.network.edges[row.source, row.target]
        assert [edge[name] for name in SIGNIFICANCE] == [getattr(row, name) for name in SIGNIFICANCE]


def test_marks_change_no_weight_and_no_measure(findings: Findings) -> None:
    before = measure_link_significance(findings.network)
    again = measure_link_significance(mark_significance(findings.network))
    assert before.equals(again)


def test_listed_links_say_how_far_they_stand_out(findings: Findings) -> None:
    table = tabulate_links(findings)
    assert set(SIGNIFICANCE) <= set(table)
    assert table["weight"].is_monotonic_decreasing
    first = table.iloc[0]
    assert (first["source_name_zh"], first["target_name_zh"]) == ("南京市", "杭州市")
    assert table["alpha_disparity"].between(0, 1).all()
    assert (table["alpha_disparity"] < 0.05).sum() == 1


def test_without_gaps_none_are_computed(findings: Findings) -> None:
    assert findings.gaps is None
    assert any("spillover" in note.en for note in findings.notes)


def test_reasons_are_given_to_the_top_of_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    study = load_study("yangtze-delta")
    findings = analyse(study, Choices())
    gaps = findings.gaps
    assert gaps is not None
    assert findings.model is not None
    bare = GapRegister(gaps.drop(columns=["field_overlap", "reason", "reason_zh"]), findings.model)
    monkeypatch.setattr(regionet.steps.pipeline, "READ", 2)
    shown = bare.table.iloc[3:8]
    told = add_reasons(study, bare, shown=shown)
    assert told.index[told["reason"] != ""].tolist() == shown.index[:2].tolist()
    assert told["reason"].iloc[3:5].tolist() == gaps["reason"].iloc[3:5].tolist()
    assert (add_reasons(study, bare)["reason"] != "").sum() == 2
