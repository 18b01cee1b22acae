"""Many chains in short, and how amounts and names are written."""

import pytest
from chain_samples import make_car_study

from regionet.steps.chains.chain_findings import ChainFinding, find_chain
from regionet.steps.chains.chain_scope import ChainQuery, ChainScope, find_scope, open_chains
from regionet.steps.chains.chain_sentences import describe_chain, join_paragraph
from regionet.steps.chains.chain_summary import rank_chains, summarise_chains, tabulate_ranked
from regionet.steps.chains.chain_tables import build_chain_tables
from regionet.steps.chains.chain_words import mark_national, name_in_sentence, write_amount
from regions.words import Words


@pytest.fixture(scope="module")
def cars() -> tuple[ChainScope, ChainFinding]:
    study = make_car_study()
    scope, query = find_scope(study, "A,B"), ChainQuery((), "A,B")
    (chain,) = open_chains(study, query)
    return scope, find_chain(study, chain, scope, fit=None, query=query)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 / 3, "0.33"), (19 / 3, "6.33"), (4, "4"), (2.5, "2.5"), (1e-6, "<0.01"), (0, "0"), (1e7, "10,000,000")],
)
def test_amounts_have_two_decimals_at_most(value: float, text: str) -> None:
    assert write_amount(value) == text


def test_a_name_with_a_colon_takes_no_second_one() -> None:
    assert name_in_sentence(Words("Group: Aquatic", "大类：水产")) == ("Aquatic (group)", "水产（大类）")
    assert name_in_sentence(Words("car", "汽车")) == ("car", "汽车")
    assert mark_national(Words("a", "甲")) == ("All regions of the study: a", "数据集全部地区：甲")


def test_the_chain_of_a_and_b_in_one_line(cars: tuple[ChainScope, ChainFinding]) -> None:
    # A and B have no battery; of A all of parts, body and car are linked; B has no car, and b2 no link to one
    scope, found = cars
    headers, rows = tabulate_ranked(rank_chains(scope, [found]), "en")
    assert headers == ["Chain", "In no region", "No link to next", "Clogs at", "In regions"]
    assert rows == [["car", "battery", "-", rows[0][3], "4"]]
    said = summarise_chains(scope, [found], [Words("note", "注")])
    assert said.counts.en.startswith("1 chains; A,B: 1 breakpoints (1 without an actor, 0 without a link")
    assert "In single regions: 4 breakpoints." in said.counts.en
    assert "缺主体 1 处" in said.counts.zh
    assert said.notes == (("note", "注"),)


def test_chains_with_most_breakpoints_come_first(cars: tuple[ChainScope, ChainFinding]) -> None:
    scope, found = cars
    whole = find_scope(make_car_study(), None)
    ranked = rank_chains(scope, [found, found])
    assert len(ranked) == 2
    assert ranked["single"].tolist() == [4, 4]
    assert rank_chains(whole, [found])["absent"].tolist() == [[]]
    assert rank_chains(scope, []).empty


def test_notes_of_the_country_are_marked_where_a_group_is_asked(cars: tuple[ChainScope, ChainFinding]) -> None:
    scope, found = cars
    study = make_car_study()
    fill = build_chain_tables(study, scope, [found])["fill"]
    object.__setattr__(found.members, "notes", (Words("2 rows count in none.", "2 行不计入。"),))
    told = join_paragraph(describe_chain(study, scope, found, fill))
    assert "All regions of the study: 2 rows count in none." in told.en
    assert "0.3333" not in told.en
