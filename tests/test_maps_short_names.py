"""Names short enough for a map."""

import pytest

from maps.page.short_names import shorten_names
from regions import load_study


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("内蒙古自治区", "内蒙古"),
        ("宁夏回族自治区", "宁夏"),
        ("广西壮族自治区", "广西"),
        ("北京市", "北京"),
        ("香港特别行政区", "香港"),
        ("凉山彝族自治州", "凉山"),
        ("神农架林区", "神农架"),
        ("Jiangsu Province", "Jiangsu"),
        ("Hong Kong SAR", "Hong Kong"),
        ("Schweiz/Suisse/Svizzera", "Schweiz"),
        ("Suomi / Finland", "Suomi"),
        ("Prov. Luxembourg (BE)", "Prov. Luxembourg"),
        ("Île-de-France", "Île-de-France"),
        ("", ""),
        ("市", "市"),
        ("/", "/"),
    ],
)
def test_one_name(name: str, short: str) -> None:
    assert shorten_names([name]) == [short]


def test_short_forms_that_several_regions_share_are_not_used() -> None:
    assert shorten_names(["吉林省", "吉林市", "长春市"]) == ["吉林省", "吉林市", "长春"]
    assert shorten_names(["Namur (city)", "Namur (province)", "Liège (city)"]) == [
        "Namur (city)",
        "Namur (province)",
        "Liège",
    ]


def test_a_short_form_that_is_the_name_of_another_is_not_used() -> None:
    assert shorten_names(["海南", "海南省"]) == ["海南", "海南省"]


def test_equal_names_stay_whole() -> None:
    assert shorten_names(["朝阳区", "朝阳区"]) == ["朝阳区", "朝阳区"]


def test_letters_keep_their_case_and_width() -> None:
    assert shorten_names(["ＡＢＣ市", "McCity City", "STRASSE ß"]) == ["ＡＢＣ市", "McCity", "STRASSE ß"]


@pytest.mark.parametrize("name", ["china", "china-cities"])
def test_every_label_of_china_is_a_beginning_of_its_name_and_its_own(name: str) -> None:
    study = load_study(name)
    for column in ("name", "name_zh"):
        full = study.regions[column].tolist()
        short = shorten_names(full)
        assert all(whole.startswith(part) and part for whole, part in zip(full, short, strict=True))
        assert len(set(short)) == len(set(full))
    assert sum(len(a) < len(b) for a, b in zip(short, full, strict=True)) > 0.9 * len(full)
