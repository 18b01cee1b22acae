"""Names of actors: one form, candidates for duplicates, and merges that a person has confirmed."""

import sys

import numpy as np
import pandas as pd
import pytest
from effort import count_steps

from regions import MissingExtraError, StudyError
from regions.actors.duplicates import COLUMNS, REASONS, find_duplicate_actors
from regions.actors.merge import merge_actors
from regions.actors.names import fold_actor_name, list_numbers, normalise_name
from regions.errors import MethodError


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD"),
        ("Ｈｕａｗｅｉ　Technologies", "Huawei Technology"),
        ("Siemens AG", "Siemens A.G."),
        ("Robert Bosch GmbH", "Robert Bosch"),
        ("Univ. of Oxford", "University Oxford"),
        ("Universität zu Köln", "UNIVERSITAT ZU KOLN"),
        ("Fiat S.p.A.", "FIAT SPA"),
        ("华为技术有限公司", "华为技术股份有限公司"),
        ("华为技术有限公司", "華為技術有限公司".replace("為", "为")),
        ("宝武钢铁集团", "宝武钢铁集团有限公司"),
        ("清华大学", "清华大学（本部）"),
        ("清华大学", "清 华 大 学"),
        ("南京·大学", "南京大学"),
    ],
)
def test_spellings_of_one_name_meet(one: str, two: str) -> None:
    assert normalise_name(one) == normalise_name(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("南京大学", "东京大学"),
        ("中国石油大庆分公司", "中国石油辽河分公司"),
        ("中国石油", "中国石油大庆分公司"),
        ("第一人民医院", "第二人民医院"),
        ("Oxford University", "Oxford Brookes University"),
        ("江南大学", "江南学院"),
    ],
)
def test_different_names_stay_apart(one: str, two: str) -> None:
    assert normalise_name(one) != normalise_name(two)


def test_a_name_of_nothing_but_legal_forms_is_kept() -> None:
    assert normalise_name("有限公司") == "有限公司"
    assert normalise_name("Co. Ltd") == "co"
    assert normalise_name("The") == "the"
    assert normalise_name("") == normalise_name("...") == ""


def test_folding_takes_typing_away_and_no_words() -> None:
    assert fold_actor_name("É.D.F. – Électricité") == "edf electricite"
    assert fold_actor_name("O'Brien & Sons Ltd") == "obrien sons ltd"


def test_numbers_tell_institutes_apart() -> None:
    assert list_numbers("第十四研究所") != list_numbers("第三十八研究所")
    assert list_numbers("Lab 12") == ("12",)
    assert list_numbers("一汽集团") == ()  # a name, not a count
    assert list_numbers("八达岭") == ()


ACTORS = pd.DataFrame(
    [
        ("1", "Huawei Technologies Co., Ltd.", "华为技术有限公司", "S"),
        ("2", "Huawei Technology", "华为技术", "S"),
        ("3", "Univ Oxford", "", "O"),
        ("4", "Oxford University", "", ""),
        ("5", "第一人民医院", "第一人民医院", "S"),
        ("6", "第二人民医院", "第二人民医院", "S"),
        ("7", "Tsinghua University", "清华大学", "B"),
        ("8", "Tsinghau University", "", "B"),
        ("9", "Quite Another", "", "B"),
    ],
    columns=["id", "name", "name_zh", "region"],
).set_index("id")


def build_actors(*names: str, regions: list[str] | None = None) -> pd.DataFrame:
    index = pd.Index([f"{i:05d}" for i in range(len(names))], name="id")
    return pd.DataFrame({"name": names, "name_zh": names, "region": regions or ""}, index=index)


def test_candidates_are_listed_with_their_reason() -> None:
    pytest.importorskip("rapidfuzz")
    found = find_duplicate_actors(ACTORS, 80)
    assert tuple(found.columns) == COLUMNS
    pairs = {(row.id_a, row.id_b): (row.reason, row.same_region) for row in found.itertuples()}
    assert pairs == {
        ("1", "2"): (REASONS[1], True),
        ("3", "4"): (REASONS[2], False),
        ("7", "8"): (REASONS[3], True),
    }


def test_the_score_is_the_share_of_common_letters() -> None:
    pytest.importorskip("rapidfuzz")
    # alphabetagamma (14) and alphabetagama (13): one letter to delete, 100 * (1 - 1/27) = 96.3
    found = find_duplicate_actors(build_actors("alphabetagamma", "alphabetagama"))
    assert found["score"].tolist() == [96.3]
    assert find_duplicate_actors(build_actors("alphabetagamma", "alphabetagama"), 97).empty


def test_the_order_of_the_actors_does_not_matter_and_nothing_is_changed() -> None:
    pytest.importorskip("rapidfuzz")
    before = ACTORS.copy()
    straight = find_duplicate_actors(ACTORS, 80)
    pd.testing.assert_frame_equal(find_duplicate_actors(ACTORS.iloc[::-1], 80), straight)
    pd.testing.assert_frame_equal(ACTORS, before)


def test_none_one_and_nameless_actors_give_no_pair() -> None:
    pytest.importorskip("rapidfuzz")
    for actors in (build_actors(), build_actors("A"), build_actors("", "..."), build_actors("Alpha", "Beta")):
        found = find_duplicate_actors(actors)
        assert found.empty
        assert tuple(found.columns) == COLUMNS


def test_a_name_that_very_many_share_gives_a_chain_and_meets_within_regions() -> None:
    pytest.importorskip("rapidfuzz")
    regions = [f"r{i % 999:03d}" for i in range(1000)]  # r000 stands twice
    found = find_duplicate_actors(build_actors(*["人民医院"] * 1000, regions=regions))
    assert len(found) == 999
    assert found.loc[found["same_region"], ["id_a", "id_b"]].to_numpy().tolist() == [["00000", "00999"]]


def test_thresholds_out_of_range_are_refused() -> None:
    for threshold in (49, 101, float("nan")):
        with pytest.raises(MethodError, match="50 to 100"):
            find_duplicate_actors(ACTORS, threshold)


def test_without_rapidfuzz_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    with pytest.raises(MissingExtraError, match=r"regionet\[names\]"):
        find_duplicate_actors(ACTORS)


def test_most_of_all_pairs_that_are_alike_are_found() -> None:
    """Against the comparison of every pair: names of three words of nonsense, one letter of each copy wrong."""
    rapidfuzz = pytest.importorskip("rapidfuzz")
    generator = np.random.default_rng(3)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    names = [" ".join("".join(generator.choice(letters, 7)) for _ in range(3)) for _ in range(400)]
    copies = [name[:5] + "x" + name[6:] for name in names]
    actors = build_actors(*names, *copies)
    keys = [normalise_name(name) for name in actors["name"]]
    scores = np.triu(rapidfuzz.process.cdist(keys, keys, scorer=rapidfuzz.fuzz.ratio), 1)
    every = {(actors.index[i], actors.index[j]) for i, j in zip(*np.nonzero(scores >= 90), strict=True)}
    found = find_duplicate_actors(actors)
    both = set(zip(found["id_a"], found["id_b"], strict=True)) & every
    assert len(every) >= 390
    assert len(both) >= 0.99 * len(every)


def build_alike(count: int) -> tuple[pd.DataFrame, set[tuple[str, str]]]:
    """Build names of few, common words; every tenth has a copy with one or two letters wrong. Also the true pairs."""
    generator = np.random.default_rng(6)
    places = ["".join(generator.choice(list("bcdfghklmnprstvz"), 6)) for _ in range(200)]
    topics = ["Chemistry", "Materials", "Optics", "Biology", "Medicine", "Robotics", "Electronics", "Agricultural"]
    names = [
        f"{generator.choice(places)} Institute of {generator.choice(topics)} and {generator.choice(places)}"
        for _ in range(count)
    ]
    names = list(dict.fromkeys(names))
    copies = []
    for name in names[::10]:
        letters = list(name)
        for place in generator.integers(0, len(letters), 2):
            letters[place] = "x"
        copies.append("".join(letters))
    actors = build_actors(*names, *copies)
    ids = list(actors.index)
    pairs = [sorted((ids[10 * i], ids[len(names) + i])) for i in range(len(copies))]
    return actors, {(one, two) for one, two in pairs}


def test_names_whose_parts_are_all_common_meet_by_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """As among hundreds of thousands of names, no part is rare here; every pair is the reference."""
    rapidfuzz = pytest.importorskip("rapidfuzz")
    actors, planted = build_alike(2_000)
    monkeypatch.setattr("regions.actors.duplicates._LARGEST_BLOCK", 4)
    found = find_duplicate_actors(actors)
    score = rapidfuzz.fuzz.ratio
    keys = {key: normalise_name(name) for key, name in actors["name"].items()}
    alike = {(one, two) for one, two in planted if score(keys[one], keys[two]) >= 90}
    listed = set(zip(found["id_a"], found["id_b"], strict=True))
    assert len(alike) > 120
    assert len(alike & listed) >= 0.9 * len(alike)
    monkeypatch.setattr("regions.actors.duplicates._WINDOW", 0)
    without = find_duplicate_actors(actors)
    assert len(alike & set(zip(without["id_a"], without["id_b"], strict=True))) < 0.7 * len(alike)


def test_every_listed_pair_is_alike_and_listed_once() -> None:
    rapidfuzz = pytest.importorskip("rapidfuzz")
    actors, _ = build_alike(600)
    found = find_duplicate_actors(actors)
    assert not found.duplicated(["id_a", "id_b"]).any()
    for row in found.itertuples():
        one, two = normalise_name(row.name_a), normalise_name(row.name_b)
        turned = [" ".join(sorted(name.split())) for name in (one, two)]
        assert max(rapidfuzz.fuzz.ratio(one, two), rapidfuzz.fuzz.ratio(*turned)) == pytest.approx(row.score, abs=0.05)
        assert row.score >= 90


def test_twice_as_many_names_are_twice_the_work_not_four_times() -> None:
    pytest.importorskip("rapidfuzz")
    generator = np.random.default_rng(4)
    parts = [chr(0x4E00 + i) for i in range(2000)]
    names = ["".join(generator.choice(parts, 5)) + "有限公司" for _ in range(4_000)]
    one, two = (build_actors(*names[:size]) for size in (2_000, 4_000))
    assert count_steps(lambda: find_duplicate_actors(two)) < 3 * count_steps(lambda: find_duplicate_actors(one))


RECORDS = pd.DataFrame({"record": ["r1", "r1", "r2"], "actor": ["1", "2", "8"], "year": [2020, 2020, 2021]})


def test_a_confirmed_merge_moves_participations_and_reports() -> None:
    merges = pd.DataFrame({"keep": ["1", "7"], "drop": ["2", "8"]})
    merged = merge_actors(ACTORS, RECORDS, merges)
    assert list(merged.actors.index) == ["1", "3", "4", "5", "6", "7", "9"]
    assert merged.records is not None
    assert merged.records.to_dict("records") == [
        {"record": "r1", "actor": "1", "year": 2020},
        {"record": "r2", "actor": "7", "year": 2021},
    ]
    assert merged.repeated == 1
    assert merged.report[["drop", "keep", "participations"]].to_numpy().tolist() == [["2", "1", 1], ["8", "7", 1]]
    assert merged.report.loc[0, "name_drop"] == "Huawei Technology"
    assert len(ACTORS) == 9
    assert list(RECORDS["actor"]) == ["1", "2", "8"]


def test_only_rows_that_say_yes_are_merged() -> None:
    merges = pd.DataFrame({"id_a": ["1", "3", "7"], "id_b": ["2", "4", "8"], "merge": ["是", "", "no"]})
    merged = merge_actors(ACTORS, None, merges)
    assert list(merged.report["drop"]) == ["2"]
    assert merged.records is None


def test_chains_are_followed_to_their_end() -> None:
    merged = merge_actors(ACTORS, RECORDS, pd.DataFrame({"keep": ["2", "3"], "drop": ["1", "2"]}))
    assert dict(zip(merged.report["drop"], merged.report["keep"], strict=True)) == {"1": "3", "2": "3"}


def test_every_fault_of_a_list_is_named_by_row() -> None:
    merges = pd.DataFrame({"keep": ["1", "3", "no", "6", "5"], "drop": ["2", "2", "9", "5", "6"]})
    with pytest.raises(StudyError) as caught:
        merge_actors(ACTORS, RECORDS, merges, file="my.csv")
    found = [(fault.code, fault.file, fault.row) for fault in caught.value.faults]
    assert found == [
        ("E-CONFLICT", "my.csv", 3),
        ("E-UNKNOWN", "my.csv", 4),
        ("E-CYCLE", "my.csv", 5),
        ("E-CYCLE", "my.csv", 6),
    ]
    with pytest.raises(StudyError, match="neither 'keep' and 'drop'"):
        merge_actors(ACTORS, RECORDS, pd.DataFrame({"a": ["1"]}))


def test_a_word_that_is_neither_yes_nor_no_is_a_fault_by_row() -> None:
    merges = pd.DataFrame({"id_a": ["1", "3", "7"], "id_b": ["2", "4", "8"], "merge": ["perhaps", "Yes", "？"]})
    with pytest.raises(StudyError) as caught:
        merge_actors(ACTORS, None, merges, file="m.csv")
    found = [(fault.code, fault.row, fault.column) for fault in caught.value.faults]
    assert found == [("E-YESNO", 2, "merge"), ("E-YESNO", 4, "merge")]


@pytest.mark.parametrize("word", ["", " no ", "N", "0", "否", "FALSE", None])
def test_words_for_no_merge_nothing(word: str | None) -> None:
    merges = pd.DataFrame({"id_a": ["1"], "id_b": ["2"], "merge": [word]})
    assert merge_actors(ACTORS, None, merges).report.empty


def test_an_actor_cannot_be_merged_into_itself() -> None:
    with pytest.raises(StudyError, match="merged into itself"):
        merge_actors(ACTORS, None, pd.DataFrame({"keep": ["1"], "drop": ["1"]}))
