"""From what to what productivity is measured: named columns, and what is there of the usual ones."""

import pandas as pd
import pytest

from analysis.productivity.variable_choice import choose_variables, find_variables
from regions import Study, load_study
from regions.errors import MethodError

NUMBERS = [1.0, 2, 3, 4, 5, 6]


def make_study(units: dict[str, str], **empty: float) -> Study:
    codes = [f"R{i}" for i in range(6)]
    table = pd.DataFrame({"code": codes, "year": 2020, **dict.fromkeys(units, NUMBERS), **empty})
    dictionary = pd.DataFrame({"column": list(units), "unit": list(units.values())})
    places = pd.DataFrame({"code": codes, "name": codes})
    return Study.from_frames(regions=places, indicators=table, dictionary=dictionary)


def test_columns_are_found_by_their_names_in_either_language_and_with_units() -> None:
    china = load_study("china")
    asked = ["rd_personnel", "R&D人员全时当量（人年）", "R&D personnel", "full-time equivalent", "研发经费"]
    assert find_variables(china, asked) == ("rd_personnel", "rd_personnel", "rd_personnel", "rd_expenditure")
    own = make_study({"科研人员（人）": "人", "论文": "篇"})
    assert find_variables(own, ["科研人员", "论文（篇）"]) == ("科研人员（人）", "论文")


def test_unknown_names_are_told_at_once_with_what_was_meant_and_what_there_is() -> None:
    own = make_study({"科研人员（人）": "人", "论文": "篇"}, blank=float("nan"))
    with pytest.raises(MethodError) as caught:
        choose_variables(own, ["科研人员数", "blank"], ["steel"])
    told = str(caught.value)
    assert "'科研人员数' (Did you mean 科研人员（人）?), 'blank', 'steel'" in told
    assert told.endswith("there are: 科研人员（人）, 论文")
    assert "没有名为“科研人员数”（是否为 科研人员（人）？）、“blank”、“steel”的数值列" in caught.value.describe("zh")


def test_a_column_is_named_once() -> None:
    own = make_study({"staff": "persons", "papers": "count"})
    with pytest.raises(MethodError, match="staff: named more than once"):
        choose_variables(own, ["staff"], ["papers", "staff"])


def test_the_usual_set_shrinks_to_what_is_there_and_says_so() -> None:
    own = make_study({"rd_personnel": "persons", "rd_expenditure": "million CNY", "patents_granted_invention": "count"})
    chosen = choose_variables(own, deflator="prices")
    assert (chosen.inputs, chosen.outputs) == (("rd_personnel", "rd_expenditure"), ("patents_granted_invention",))
    assert [note.zh for note in chosen.notes] == [
        "生产率常用的投入产出中，数据没有高技术新产品销售，仅用其余变量计算。"
    ]
    unpriced = choose_variables(own)
    assert unpriced.inputs == ("rd_personnel",)
    assert "at current prices without a price index: R&D expenditure" in unpriced.notes[1].en
    named = choose_variables(own, ["rd_expenditure"], ["patents_granted_invention"])
    assert named.inputs == ("rd_expenditure",)  # refused by its prices later, not left out
    assert named.notes == ()


def test_a_side_without_any_stays_whole_so_that_the_refusal_names_it() -> None:
    chosen = choose_variables(make_study({"rd_personnel": "persons"}))
    assert chosen.inputs == ("rd_personnel",)
    assert chosen.outputs == ("patents_granted_invention", "hitech_new_product_sales")
    assert len(chosen.notes) == 1
    whole = choose_variables(load_study("china"), deflator="gdp_deflator")
    assert (len(whole.inputs), len(whole.outputs), whole.notes) == (2, 2, ())
