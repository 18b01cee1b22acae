"""The frame of data: which regions their names mean, decided by all names at once."""

from pathlib import Path

import pytest

from regions import read_study
from regions.frames import choose_frame, find_embedded, is_region_word, recognise, share_of_places
from regions.frames.spellings import find_left_out
from regions.frames.vocabulary import list_reasons

PROVINCES = [
    *("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江"),
    *("安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆"),
    *("四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"),
]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("内 蒙 古", "150000"),
        ("北　京", "110000"),
        ("北京①", "110000"),
        ("*上海", "310000"),
        ("广东i", "440000"),
        ("1.河北", "130000"),
        ("３２０１００", "320100"),
        ("3201", "320100"),
        ("320100000000", "320100"),
        ("110100", "110000"),
        ("江苏省南京市", "320100"),
        ("江苏-南京", "320100"),
        ("浙江省 杭州市", "330100"),
        ("中国江苏省南京市", "320100"),
        ("安徽安庆", "340800"),
        ("吉林吉林", "220200"),
        ("重庆重庆", "500000"),
        ("新疆巴音郭楞", "652800"),
        ("北京 Beijing", "110000"),
        ("北京市（Beijing）", "110000"),
        ("Beijing 北京", "110000"),
        ("Xian", "610100"),
        ("inner-mongolia", "150000"),
        ("內蒙古", "150000"),
        ("陝西", "610000"),
        ("臺灣", "710000"),
        ("新疆维吾尔", "650000"),
        ("广西壮族", "450000"),
        ("恩施州", "422800"),
        ("海南州", "632500"),
        ("巴州", "652800"),
        ("Isere", "38"),
    ],
)
def test_names_are_recognised_as_people_write_them(word: str, code: str) -> None:
    assert recognise(word).codes == (code,)
    assert recognise(word).how == ""


@pytest.mark.parametrize(
    ("word", "code", "how"),
    [
        ("襄樊市", "420600", "former"),
        ("思茅", "530800", "former"),
        ("巢湖市", "340100", "former"),
        ("莱芜", "370100", "former"),
        ("湖北襄樊", "420600", "former"),
        ("安徽巢湖", "340100", "former"),
        ("合肥高新区", "340100", "inside"),
        ("上海市浦东新区", "310000", "inside"),
        ("江苏省南京市江宁区", "320100", "inside"),
    ],
)
def test_former_names_and_places_inside_are_told_apart(word: str, code: str, how: str) -> None:
    assert (recognise(word).codes, recognise(word).how) == ((code,), how)


@pytest.mark.parametrize(
    "word",
    ["", "全国", "合计", "苏州大学", "2021", "12", "1990", "0.01", "2.37", "-", "37", "甲", "南京路边", "Atlantis"],
)
def test_other_words_are_no_places(word: str) -> None:
    assert not is_region_word(word)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("合 计", "a total"),
        ("汇总", "a total"),
        ("地方合计", "a total"),
        ("池州市小计", "a total"),
        ("全  国", "the whole country"),
        ("东部地区", "a part of the country"),
        ("其他", "others or no region of the frame"),
        ("港澳台", "others or no region of the frame"),
        ("兵团", "others or no region of the frame"),
        ("注：1.数据来源于国家知识产权局", "a note"),
        ("资料来源：年鉴", "a note"),
    ],
)
def test_words_that_stand_among_regions_and_are_none(word: str, reason: str) -> None:
    assert list_reasons()[find_left_out(word)].en == reason


@pytest.mark.parametrize("word", ["合肥", "中山", "东莞", "国", "计", "东部新城大学"])
def test_ordinary_words_are_not_left_out(word: str) -> None:
    assert find_left_out(word) == ""


def test_the_share_of_places_counts_neither_totals_nor_blanks() -> None:
    assert share_of_places(["南京", "合肥市", "全国", "", "合计"]) == 1.0
    assert share_of_places(["南京", "甲", "甲"]) == pytest.approx(0.5)
    assert share_of_places(["", "合计"]) == 0.0


def test_among_twenty_five_provinces_jilin_hainan_and_beijing_are_provinces() -> None:
    choice = choose_frame(dict.fromkeys([*PROVINCES, "全国"], 1.0))
    assert (choice.name, choice.size, choice.share) == ("china", 31, 1.0)
    assert [choice.codes[word] for word in ("吉林", "海南", "北京")] == ["220000", "460000", "110000"]
    assert choice.left_out == {"全国": 1.0}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("常州 合肥市 南京", "yangtze-delta"),
        ("沈阳 吉林 大连", "northeast"),
        ("广州 深圳 常州", "china-cities"),
        ("辽宁 吉林 黑龙江", "china"),
        ("安徽安庆 安徽巢湖 湖北襄樊 江苏南京 吉林吉林 重庆", "china-cities"),
        ("甲 乙", None),
        ("", None),
    ],
)
def test_the_smallest_embedded_study_that_fits_is_chosen(words: str, name: str | None) -> None:
    assert choose_frame(dict.fromkeys(words.split(), 1.0)).name == name


def test_nine_tenths_of_the_weight_decide_and_the_rest_is_external() -> None:
    """91 of 100 in the Delta: the Delta, and Beijing is outside; 89 of 100: the whole country."""
    inside = choose_frame({"常州": 50, "合肥": 41, "北京": 9})
    assert (inside.name, inside.alternative, inside.alternative_size) == ("yangtze-delta", "china-cities", 369)
    assert inside.external == {"北京": 9}
    assert inside.share == pytest.approx(0.91)
    assert choose_frame({"常州": 50, "合肥": 39, "北京": 11}).name == "china-cities"


def test_a_name_of_another_level_is_told_and_never_taken_for_a_unit() -> None:
    choice = choose_frame({**dict.fromkeys(PROVINCES, 1.0), "南京": 1.0})
    assert choice.name == "china"
    assert choice.other_level == {"南京": 1.0}
    cities = choose_frame({"广州": 5, "深圳": 5, "武汉": 5, "江苏": 1})
    assert (cities.name, cities.other_level) == ("china-cities", {"江苏": 1})


def test_an_embedded_study_is_found_by_its_chinese_name() -> None:
    assert [find_embedded(word) for word in ("长三角", "Yangtze-Delta", "东北", "nowhere")] == [
        "yangtze-delta",
        "yangtze-delta",
        "northeast",
        None,
    ]


def test_the_line_about_a_frame_names_number_and_alternative() -> None:
    choice = choose_frame({"常州": 50, "合肥": 41, "北京": 9})
    assert choice.describe("en") == (
        "Frame: yangtze-delta (41 regions, 91.0% of the weight; the rest counts as external); "
        "or else --frame china-cities (369 regions)."
    )
    assert "41 个地区" in choice.describe("zh")
    assert "--frame china-cities" in choice.describe("zh")
    assert choose_frame({"甲": 1}).describe("zh").startswith("未能识别")


LINKS = "来源地,目标地,权重\n常州,合肥市,12\n南京,北京,1\n"


def test_links_alone_find_their_regions(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    study = read_study(tmp_path)
    assert len(study.regions) == 41
    assert study.links is not None
    assert study.links["source"].tolist() == ["320400", "320100"]
    assert study.records is None
    assert study.actors is None


def test_a_frame_that_is_asked_for_wins_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    assert len(read_study(tmp_path, frame="china-cities").regions) == 369
    (tmp_path / "study.yaml").write_text("extends: china-cities\n", encoding="utf-8")
    study = read_study(tmp_path, frame="长三角")
    assert len(study.regions) == 41
    assert "W-FRAME" in [fault.code for fault in study.warnings]


def test_a_name_of_two_cities_counts_for_their_frame() -> None:
    choice = choose_frame({"Shanghai": 4, "Nanjing": 3, "Hangzhou": 3, "Suzhou": 5})
    assert choice.name == "yangtze-delta"
    assert dict(choice.ambiguous) == {"Suzhou": 5}
