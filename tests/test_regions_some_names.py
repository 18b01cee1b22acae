"""The first few of many regions, by name, and how many more there are."""

from regions import load_study
from regions.study_parts.some_names import name_some

CODES = ["110000", "310000", "120000"]


def test_few_are_named_and_none_is_counted() -> None:
    assert name_some(load_study("china"), CODES, most=3) == ("Beijing, Shanghai, Tianjin", "北京市、上海市、天津市")
    assert name_some(load_study("china"), CODES[:1], most=3) == ("Beijing", "北京市")


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    named = name_some(load_study("china"), CODES, most=1)
    assert named == ("Beijing and 2 more", "北京市，另有 2 个地区")
