"""The sets of regions of a scorecard have names in both languages, no keys."""

import re

import pytest

from regionet.steps.scorecard.card_groups import list_card_groups, name_border_set
from regions import load_study
from regions.words import Words


@pytest.mark.parametrize("name", ["china", "china-cities"])
def test_no_set_is_called_by_its_key(name: str) -> None:
    found = [words for words, _ in list_card_groups(load_study(name))]
    assert len(found) > 10
    assert [words for words in found if re.search(r"[a-z]-[a-z0-9]|^[a-z0-9]+$", words.en)] == []
    assert [words for words in found if re.search(r"[a-z]{2}", words.zh)] == []


def test_a_set_is_named_after_the_region_above() -> None:
    assert name_border_set(load_study("china-cities"), "320000") == Words("Jiangsu", "江苏省")
    assert name_border_set(load_study("china"), "East") == Words("East", "华东")
    assert name_border_set(load_study("china"), "my group") == Words("my group", "my group")
