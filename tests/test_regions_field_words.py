"""Names of fields in Chinese: every field of every embedded study has one."""

import re

import pytest

import regions
from regions.schema.field_words import list_fields, name_field
from regions.words import Words


@pytest.mark.parametrize("name", regions.list_studies())
def test_every_field_of_an_embedded_study_has_a_chinese_name(name: str) -> None:
    records = regions.load_study(name).records
    fields = set() if records is None or "field" not in records else set(records["field"].dropna()) - {""}
    assert fields <= set(list_fields())


@pytest.mark.parametrize("column", ["chain", "stage", "beside"])
def test_every_word_of_the_embedded_chains_has_a_chinese_name(column: str) -> None:
    chains = regions.load_study("china").chains
    assert chains is not None
    assert all(re.search("[\u4e00-\u9fff]", name_field(word).zh) for word in set(chains[column]) - {""})


def test_names_are_chinese_and_no_name_stands_for_two_fields() -> None:
    names = list(list_fields().values())
    assert len(set(names)) == len(names)
    assert all(re.search("[\u4e00-\u9fff]", name) for name in names)


def test_a_field_of_the_users_own_is_called_as_it_is() -> None:
    assert name_field("Potato") == Words("Potato", "马铃薯")
    assert name_field("Photonics") == Words("Photonics", "Photonics")
