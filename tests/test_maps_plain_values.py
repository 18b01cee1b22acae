"""Numbers and sentences as the data block holds them."""

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from maps_sample import unpack_phrases

from maps.page.plain_values import Phrases, tidy


def test_numbers_are_short_and_what_is_missing_is_none() -> None:
    assert tidy([1 / 3, 2.0, math.nan, math.inf, None, pd.NA]) == [0.333333, 2, None, None, None, None]
    assert tidy([1234567.8, 1234.5678], digits=3) == [1234568, 1235]


def test_sentences_that_differ_in_numbers_share_a_form() -> None:
    phrases = Phrases()
    places = [
        phrases.add("they take part in 10 and 4 records", "各参与 10 条和 4 条记录"),
        phrases.add("they take part in 2 and 4 records", "各参与 2 条和 4 条记录"),
        phrases.add("proximity 0.50", "邻近度 0.50"),  # the last zero is kept
        phrases.add("Institute 7", "七所"),  # other numbers in the other language
        phrases.add("No. #3", "#3 号"),
        phrases.add("they take part in 10 and 4 records", "各参与 10 条和 4 条记录"),
    ]
    assert places == [0, 1, 2, 3, 4, 0]
    packed = phrases.pack()
    assert packed["phrases"] == [[0, 10, 4], [0, 2, 4], [1, "0.50"], ["Institute 7", "七所"], ["No. #3", "#3 号"]]
    assert packed["forms"][0] == ["they take part in # and # records", "各参与 # 条和 # 条记录"]
    assert unpack_phrases(packed) == phrases.listed


def test_names_in_sentences_are_places() -> None:
    phrases = Phrases()
    phrases.add("Jilin University", "吉林大学")
    phrases.add("both have worked with Jilin University and 3 others", "都与吉林大学等合作过（另有 3 家）")
    phrases.add("closest are Soybean and Pear (0.50)", "最接近的是大豆与梨（0.50）")
    phrases.add("Pear before Soybean", "大豆在梨之前")  # in another order: stands as it is
    packed = phrases.pack([("Soybean", "大豆"), ("Pear", "梨")])
    assert packed["phrases"][:4] == [
        ["Jilin University", "吉林大学"],
        [0, 0, 3],
        [1, 4, 5, "0.50"],
        ["Pear before Soybean", "大豆在梨之前"],
    ]
    assert packed["forms"] == [
        ["both have worked with @ and # others", "都与@等合作过（另有 # 家）"],
        ["closest are @ and @ (#)", "最接近的是@与@（#）"],
    ]
    assert unpack_phrases(packed)[:4] == phrases.listed[:4]


@given(st.lists(st.tuples(st.text("ab@#0123456789.\ue000", max_size=8), st.text("甲@#0123456789.\ue000", max_size=8))))
def test_packing_loses_nothing(texts: list[tuple[str, str]]) -> None:
    phrases = Phrases()
    for english, chinese in texts:
        phrases.add(english, chinese)
    assert unpack_phrases(phrases.pack()) == phrases.listed


def test_clauses_are_shared_where_both_languages_part_alike() -> None:
    phrases = Phrases()
    assert phrases.add_clauses("a; b", "甲；乙") == [0, 1]
    assert phrases.add_clauses("b; c", "乙；丙") == [1, 2]
    assert phrases.add_clauses("b; c", "乙丙") == [3]
