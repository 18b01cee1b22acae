"""Encodings: the two of Chinese share their bytes, so that strict decoding alone would read one as the other."""

from pathlib import Path

import pytest

from regions import load_study
from regions.errors import StudyError
from regions.files.encodings import choose_chinese, decode
from regions.sources.reading.streams import open_stream

TRADITIONAL = (
    "臺北市,新北市,桃園市,臺中市,臺南市,高雄市,基隆市,新竹市,嘉義市,苗栗縣,彰化縣,南投縣,雲林縣,屏東縣,宜蘭縣,花蓮縣,臺東縣,"
    "金門縣,連江縣,香港,九龍,新界,廣東省,上海市,北京市,江蘇省,重慶市,遼寧省,黑龍江省,來源地,目標地,權重,專利,合作,"
    "國立臺灣大學,中央研究院,工業技術研究院,南京,蘇州,無錫,杭州,寧波,合肥"
)
WESTERN = ["Düsseldorf", "Île-de-France", "Köln, Besançon", "Malmö", "Åland", "São Paulo", "Région"]


def test_a_table_in_big5_is_read_as_such_and_said() -> None:
    text = "來源地,目標地,權重\n臺北市,高雄市,5\n"
    found, warnings = decode(text.encode("big5"), "links.csv")
    assert found == text
    assert [(fault.code, fault.message_zh) for fault in warnings] == [("W-ENC", "按 Big5 编码读取。")]


@pytest.mark.parametrize("word", TRADITIONAL.split(","))
def test_one_word_is_enough_to_tell_big5(word: str) -> None:
    assert choose_chinese(word.encode("big5")) == "cp950"


def test_no_name_of_a_chinese_region_is_taken_for_big5() -> None:
    study = load_study("china-cities")
    names = [*study.regions["name_zh"], *study.surroundings["name_zh"], "囧", "𠮷", "朱镕基", "。", "（）", "①"]
    assert [name for name in names if choose_chinese(name.encode("gb18030")) != "gb18030"] == []


def test_traditional_words_in_gb18030_stay_what_they_are() -> None:
    assert decode(TRADITIONAL.encode("gb18030"), "t.csv")[0] == TRADITIONAL


@pytest.mark.parametrize("word", WESTERN)
def test_a_western_encoding_is_no_chinese_and_named_with_its_line(word: str) -> None:
    with pytest.raises(StudyError) as caught:
        decode(f"name\n{word}\n".encode("cp1252"), "regions.csv")
    fault = caught.value.faults[0]
    assert (fault.code, fault.row) == ("E-ENC", 2)
    assert "Windows-1252" in fault.message
    assert "西欧" in fault.message_zh


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_stream_finds_the_same_encoding_behind_a_megabyte_of_digits(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"1234567,89\n" * 100_000 + "臺北市,高雄市\n".encode(encoding))
    with open_stream(path) as text:
        assert text.readlines()[-1] == "臺北市,高雄市\n"


def test_a_stream_in_a_western_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "west.csv"
    path.write_bytes("a\nKöln\n".encode("cp1252"))
    with pytest.raises(StudyError) as caught, open_stream(path):
        pass
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-ENC", 2)]
