"""Reasons: the decomposition adds up, and every clause follows from its numbers."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study, simulate

from analysis.expectation.reason_sentences import clean_name, format_count, name_border, say_reason
from analysis.gaps.decomposition import decompose_expected
from analysis.gaps.reasons import NOTABLE, explain_gaps
from analysis.gaps.register import find_gaps
from geodata import measure_distances
from regions import MethodError, load_study

ROW = {
    "observed": 3.0,
    "expected": 14.2,
    "low": 9.0,
    "high": 21.0,
    "gap": 11.2,
    "distance_km": 1234.0,
    "source": "A",
    "target": "B",
}
NOTHING = {
    "typical": 2.0,
    "large": [],
    "small": [],
    "raised": [],
    "lowered": [],
    "borders": [],
    "overlap": (np.nan, np.nan),
    "kinds": None,
}


@pytest.fixture(scope="module")
def gaps() -> pd.DataFrame:
    study, distances = make_study(24)
    return find_gaps(study, simulate(study, distances, alpha=0.2, seed=3, mean=3.0), distances)


def say(language: str = "en", row: dict[str, float] | None = None, **facts: object) -> str:
    return say_reason(ROW | (row or {}), NOTHING | facts, ["Aland", "Bland"], language=language)


# the decomposition


def test_factors_multiply_to_the_expectation(gaps: pd.DataFrame) -> None:
    parts = decompose_expected(gaps)
    names = list(gaps.attrs["model"].coefficients.index)
    product = parts["typical"] * parts["mass"] * parts[names].prod(axis=1)
    assert product.to_numpy() == pytest.approx(gaps["expected"].to_numpy(), rel=1e-12)


def make_register(codes: str, *, directed: bool = False) -> pd.DataFrame:
    """Build a register whose expectations are exactly mass x mass x distance^-0.5 (sent and received differ)."""
    sent = {code: 1.0 + i for i, code in enumerate(codes)}
    received = {code: 2.0**i for i, code in enumerate(codes)} if directed else sent
    pairs = [(a, b) for a in codes for b in codes if a < b or (directed and a != b)]
    table = pd.DataFrame(pairs, columns=["source", "target"])
    table["ln_distance"] = np.log(100.0 + 10 * np.arange(len(table)) ** 2)
    mass = table["source"].map(sent) * table["target"].map(received)
    table["expected"] = mass * np.exp(-0.5 * table["ln_distance"])
    coefficients = pd.DataFrame({"estimate": [-0.5], "error": [0.1], "percent": [-39.3]}, index=["ln_distance"])
    table.attrs["model"] = SimpleNamespace(coefficients=coefficients, directed=directed)
    return table


@pytest.mark.parametrize("directed", [False, True])
def test_a_region_has_one_mass_wherever_it_stands(directed: bool) -> None:
    table = make_register("ABCDE", directed=directed)
    parts = decompose_expected(table)
    assert (parts["source_mass"] * parts["target_mass"]).to_numpy() == pytest.approx(parts["mass"].to_numpy(), rel=1e-9)
    for end, base in (("source", 1.0), ("target", 2.0 if directed else 1.0)):
        mass = parts[f"{end}_mass"].groupby(table[end]).agg(["min", "max"])
        assert mass["max"].to_numpy() == pytest.approx(mass["min"].to_numpy(), rel=1e-9)
        ratio = mass["max"]["C"] / mass["max"]["B"]
        assert ratio == pytest.approx(2.0 if base == 2.0 else 3 / 2)


def test_the_distance_factor_is_the_coefficient_at_work(gaps: pd.DataFrame) -> None:
    elasticity = gaps.attrs["model"].coefficients.loc["ln_distance", "estimate"]
    parts = decompose_expected(gaps)
    i, j = 0, 5
    assert gaps["distance_km"].iloc[i] != gaps["distance_km"].iloc[j]
    ratio = (gaps["distance_km"].iloc[i] / gaps["distance_km"].iloc[j]) ** elasticity
    assert parts["ln_distance"].iloc[i] / parts["ln_distance"].iloc[j] == pytest.approx(ratio)


def test_gaps_without_their_model_are_refused_unless_it_is_given(gaps: pd.DataFrame) -> None:
    bare = gaps.copy()
    bare.attrs = {}
    with pytest.raises(MethodError, match="without their model"):
        decompose_expected(bare)
    given = decompose_expected(bare, model=gaps.attrs["model"])
    pd.testing.assert_frame_equal(given, decompose_expected(gaps), check_flags=False)
    with pytest.raises(MethodError, match="no column ln_distance"):
        decompose_expected(gaps.drop(columns="ln_distance"))


# the words


def test_the_head_gives_expectation_interval_and_observation() -> None:
    assert say() == (
        "Expected 14.2 (likely 9 to 21, a typical pair 2) as nothing sets the pair apart from others, observed 3."
    )
    assert say("zh") == "期望 14.2（区间 9 至 21，典型的两地 2），这一对没有突出之处，而实际 3。"


def test_no_shortfall_has_no_reason() -> None:
    row = {"gap": -2.0, "observed": 16.2}
    assert say(row=row, large=[(0, 3.0)]) == "No shortfall: 16.2 observed, 14.2 expected."
    assert say("zh", row=row) == "没有不足：实际 16.2，期望 14.2。"


@pytest.mark.parametrize(
    ("facts", "english", "chinese"),
    [
        (
            {"large": [(0, 2.13), (1, 1.5)]},
            "mainly because both regions have many links (Aland ×2.1 and Bland ×1.5)",
            "主要因为两地联系多（Aland ×2.1、Bland ×1.5）",
        ),
        ({"large": [(1, 1.5)]}, "one region has many links (Bland ×1.5)", "一地联系多（Bland ×1.5）"),
        (
            {"small": [(0, 0.5)]},
            "already allows for this: one region has few links (Aland ×0.5)",
            "期望已计入：一地联系少",
        ),
        ({"raised": [("ln_distance", 2.0, 7.1)]}, "they lie only 1,234 km apart (×2.0)", "仅相距 1,234 公里（×2.0）"),
        ({"lowered": [("ln_distance", 0.4, 7.1)]}, "they lie 1,234 km apart (×0.4)", "期望已计入：相距 1,234 公里"),
        ({"raised": [("contiguous", 1.4, 1)]}, "they share a border (×1.4)", "相邻（×1.4）"),
        ({"raised": [("different_parent", 1.4, 0)]}, "they lie in the same parent (×1.4)", "同上级地区（×1.4）"),
        ({"borders": [("different_country", -35.2)]}, "a different country takes 35 % away", "不同国家使其减少 35%"),
        ({"raised": [("same_language", 1.3, 1)]}, "their same language is 1 (×1.3)", "same language 为 1（×1.3）"),
        ({"overlap": (0.1, 0.2)}, "their fields overlap less than most (cosine 0.10)", "领域重合度低于多数地区对"),
        ({"overlap": (0.9, 0.8)}, "their fields overlap more than most (cosine 0.90)", "领域重合度高于多数地区对"),
        (
            {"overlap": (0.5, 0.5)},
            "their fields overlap about as others (cosine 0.50)",
            "领域重合度与典型的两地相当（余弦 0.50）",
        ),
        (
            {"kinds": (("university", 0.7), ("enterprise", 0.6))},
            "in Aland mostly universities take part (70%), in Bland mostly enterprises take part (60%)",
            "Aland以高校为主（70%），Bland以企业为主（60%）",
        ),
    ],
)
def test_each_fact_has_its_clause_and_no_other(facts: dict[str, object], english: str, chinese: str) -> None:
    assert english in say(**facts)
    assert chinese in say("zh", **facts)
    for language, words in (
        ("en", ("links (", "km", "border", "fields", "mostly")),
        ("zh", ("联系", "公里", "领域", "为主")),
    ):
        for word in words:
            if word not in (english if language == "en" else chinese):
                assert word not in say(language, **facts)


def test_names_are_plain_text() -> None:
    assert clean_name("a\x1b[31m\nb\u202ec\u200b") == "a [31m b c"
    assert clean_name("x" * 100) == "x" * 59 + "…"
    assert clean_name("<b>=1+1</b>") == "<b>=1+1</b>"  # writers escape; here it stays the text it is
    assert "\n" not in say_reason(ROW, NOTHING | {"large": [(0, 2.0)]}, ["=A\nB", "C"], language="en")


def test_numbers_read_well() -> None:
    assert [format_count(value) for value in (0, 3.0, 14.24, 1234.5, 0.123)] == ["0", "3", "14.2", "1,234", "0.12"]
    assert name_border("different_macro_region", "en") == "macro region"
    assert name_border("different_macro_region", "zh") == "大区"
    assert name_border("different_belt", "zh") == "belt"


# clause by number on fitted models


def test_every_clause_follows_from_the_decomposition(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    parts = decompose_expected(gaps)
    reasons = explain_gaps(study, gaps)
    short = gaps["gap"] > 0
    sure = gaps.attrs["model"].coefficients.eval("abs(estimate) >= 1.96 * error")
    assert sure["ln_distance"]
    near, far = parts["ln_distance"] >= NOTABLE, parts["ln_distance"] <= 1 / NOTABLE
    assert reasons["reason"].str.contains("only .* km apart").equals(short & near)
    assert reasons["reason"].str.contains("km apart").equals(short & (near | far))
    large = (parts[["source_mass", "target_mass"]] >= NOTABLE).sum(axis=1)
    assert reasons["reason"].str.contains("both regions have many links").equals(short & (large == 2))
    assert reasons["reason"].str.contains("one region has many links").equals(short & (large == 1))
    assert reasons["reason_zh"].str.contains("没有不足").equals(~short)
    assert not reasons["reason"].str.contains("fields|mostly").any()  # the study knows neither


def test_a_coefficient_that_may_be_zero_is_no_reason(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    model = gaps.attrs["model"]
    unsure = replace(model, coefficients=model.coefficients.assign(error=10.0))
    told, untold = (explain_gaps(study, gaps, model=each)["reason"] for each in (model, unsure))
    assert told.str.contains("km apart").sum() > 50
    assert not untold.str.contains("km apart|border|parent").any()
    # what the pair's regions add stays as it was, word for word
    assert untold.str.contains("many links").equals(told.str.contains("many links"))
    assert untold.str.contains("many links").any()


def test_a_border_that_costs_links_is_named_where_it_is_crossed(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    table = gaps.attrs["model"].coefficients.copy()
    table.loc["different_parent", ["estimate", "error", "percent"]] = [-0.5, 0.1, -39.3]
    reasons = explain_gaps(study, gaps, model=replace(gaps.attrs["model"], coefficients=table))
    crossed = (gaps["different_parent"] == 1) & (gaps["gap"] > 0)
    assert reasons["reason"].str.contains("a different parent takes 39 % away").equals(crossed)


def test_provinces_have_fields_and_kinds_but_no_doubtful_border() -> None:
    study = load_study("china")
    from analysis.networks.network import build_network  # noqa: PLC0415 - only here

    gaps = find_gaps(study, build_network(study), measure_distances(study))
    reasons = explain_gaps(study, gaps)
    assert reasons["field_overlap"].between(0, 1).all()
    beijing = (gaps["source"] == "110000") & (gaps["gap"] > 0)
    mass = decompose_expected(gaps).loc[beijing, "source_mass"].iloc[0]
    assert mass > 4  # by far the most laboratories
    assert reasons.loc[beijing, "reason"].str.contains(f"Beijing ×{mass:.1f}", regex=False).all()
    assert reasons.loc[beijing, "reason_zh"].str.contains(f"北京市 ×{mass:.1f}", regex=False).all()
    # the difference between macro regions is not distinguishable from zero in these data
    assert not reasons["reason"].str.contains("macro region").any()
    row = reasons[(gaps["source"] == "370000") & (gaps["target"] == "420000")].iloc[0]
    assert "in Shandong mostly research institutes take part (61%)" in row["reason"]


def test_inputs_stay_as_they_are_and_the_index_comes_back(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    before = gaps.copy()
    reasons = explain_gaps(study, gaps)
    pd.testing.assert_frame_equal(gaps, before)
    assert reasons.index.equals(gaps.index)


def test_only_the_rows_asked_for_get_sentences(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    rows = gaps.index[[0, 7]]
    whole, part = explain_gaps(study, gaps), explain_gaps(study, gaps, rows=rows)
    assert part.index.equals(gaps.index)
    assert part["reason"][part["reason"] != ""].index.tolist() == rows.tolist()
    assert part.loc[rows].equals(whole.loc[rows])  # against the typical pair of the whole register, as ever
    assert part["field_overlap"].equals(whole["field_overlap"])


def test_no_rows_no_sentences(gaps: pd.DataFrame) -> None:
    study, _ = make_study(24)
    told = explain_gaps(study, gaps, rows=gaps.index[:0])
    assert set(told["reason"]) == set(told["reason_zh"]) == {""}
