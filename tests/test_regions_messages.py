"""The catalogue of messages: complete, used, of the same blanks in both languages, and each in its own language."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

from regions.errors import Fault, MethodError
from regions.messages import NOTHING, say
from regions.messages.lookup import LISTS
from regions.schema.tables import SETTINGS, TABLES
from regions.words import Words

ROOT = Path(__file__).parent.parent
PACKAGES = ("regions", "geodata", "analysis", "maps", "regionet")
KEY = re.compile(r"[EW]-[A-Z]+(/[a-z0-9-]+)?|[a-z]+(-[a-z]+)*/[a-z0-9-]+")
FIELDS = {"en", "zh", "hint_en", "hint_zh"}
NAMES = re.compile(
    r"\{[^}]*\}|“[^”]*”|pip install .*|#N/A"
    r"|\b[A-Z]{2,}\d*\b|--?[a-z][a-z-]*|[\w.]*\.[a-z]{2,5}\b|\b[a-z]+_[a-z_]+\b"
)
"""What stays as it is in a Chinese text: blanks, quoted words; abbreviations, options, files, columns of two words."""

PROGRAMS = """
    Excel WPS Office Windows Java Spark PostgreSQL postgresql SQLite sqlite duckdb Pajek
    Parquet Shapefile GeoJSON GeoPackage FeatureCollection csv gzip zip msoffcrypto VelvetSweatshop
"""
WORDS_OF_FILES = {*SETTINGS, *(column for table in TABLES.values() for column in table)}
OTHERS = """
    Leiden Lee Yu Jaccard ln input output vrs crs
    memory estimated row min libpysal Graph
    true false once sum zero na error drop keep china frykit city geojson crs title bounds about en zh
    id by path kind bound organisationID Vertices NaN
    Study DataFrame regions load study read analysis build network table links indicators yaml
"""
PROPER = {*PROGRAMS.split(), *WORDS_OF_FILES, *OTHERS.split()}
"""Names of programs and formats; words that a user writes into files: columns, settings and their values."""


@cache
def read_lists() -> dict[str, dict[str, str]]:
    texts = [(ROOT / "regions/messages" / name).read_text(encoding="utf-8") for name in LISTS]
    return {key: entry for text in texts for key, entry in yaml.safe_load(text).items()}


@cache
def read_code() -> tuple[ast.Call | ast.Constant, ...]:
    """Return all calls and constants of the packages."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(node for node in nodes if isinstance(node, ast.Call | ast.Constant))


def find_says() -> list[ast.Call]:
    calls = (node for node in read_code() if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]


def list_blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_keys_stand_once_and_in_order() -> None:
    for name in LISTS:
        text = (ROOT / "regions/messages" / name).read_text(encoding="utf-8")
        keys = re.findall(r"^(\S+):\n", text, re.MULTILINE)
        assert keys == sorted(set(keys)), name
        assert all(KEY.fullmatch(key) for key in keys), [key for key in keys if not KEY.fullmatch(key)]


def test_every_entry_speaks_both_languages_with_the_same_blanks() -> None:
    for key, entry in read_lists().items():
        assert set(entry) in ({"en", "zh"}, FIELDS), key
        assert all(isinstance(text, str) and text for text in entry.values()), key
        assert list_blanks(entry["en"]) == list_blanks(entry["zh"]), key
        assert list_blanks(entry.get("hint_en", "")) == list_blanks(entry.get("hint_zh", "")), key


def test_no_word_of_the_other_language() -> None:
    for key, entry in read_lists().items():
        for field in ("en", "hint_en"):
            assert not re.search("[\u3400-\u9fff]", entry.get(field, "")), key
        for field in ("zh", "hint_zh"):
            plain = NAMES.sub("", entry.get(field, ""))
            words = set(re.findall("[A-Za-z]{2,}", plain)) - PROPER
            assert not words, (key, words)


def test_every_key_is_used_and_every_used_key_exists() -> None:
    constants = {node.value for node in read_code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(read_lists()) <= constants, sorted(set(read_lists()) - constants)
    for call in find_says():
        keys = {node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)}
        missing = {key for key in keys if isinstance(key, str) and KEY.fullmatch(key)} - set(read_lists())
        assert not missing, missing


def test_every_call_fills_the_blanks_of_its_message() -> None:
    for call in find_says():
        key = call.args[0]
        if not isinstance(key, ast.Constant) or any(keyword.arg is None for keyword in call.keywords):
            continue
        wanted = set().union(*map(list_blanks, read_lists()[str(key.value)].values()))
        assert {keyword.arg for keyword in call.keywords} == wanted, key.value


def test_no_text_in_two_languages_stands_in_the_code() -> None:
    """A fault is made of a message (`Fault.of`), and an error takes a message, never a pair of texts."""
    calls = [node for module in read_code() for node in ast.walk(module) if isinstance(node, ast.Call)]
    assert not [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Fault"]
    errors = [call for call in calls if ast.unparse(call.func).endswith("Error")]
    assert not [ast.unparse(call) for call in errors if any(keyword.arg == "zh" for keyword in call.keywords)]


def test_blanks_are_filled_in_the_language_of_the_text() -> None:
    message = say("E-SHEET/twins", table="links", sheets=["2021", Words("total", "合计")])
    assert message.words == (
        "several sheets hold the table links: 2021, total.",
        "多个工作表对应同一张表 links：2021、合计。",
    )
    assert message.code == "E-SHEET"
    assert message.hint == NOTHING
    outer = say("E-UNKNOWN/table", value=say("list/none"), table=Words("the regions", "地区表"))
    assert outer.words == ("'none' is not in the regions.", "“无”不在地区表中。")


def test_numbers_keep_the_form_of_the_text() -> None:
    assert say("cells/rest", rest=12345).words.en == "12,345 more cell(s) like these, from here on."


def test_a_fault_is_made_of_a_message_at_its_place() -> None:
    fault = Fault.of("a.xlsx", say("E-MERGED", area="A1:B1"), row=1, column="名称")
    assert (fault.code, fault.file, fault.row, fault.column) == ("E-MERGED", "a.xlsx", 1, "名称")
    assert (
        fault.describe("en")
        == "a.xlsx, line 1, column 名称: the cells A1:B1 are merged. Split them and fill every cell."
    )
    assert fault.describe("zh") == "a.xlsx 第 1 行 名称 列：单元格 A1:B1 已合并。请取消合并并填满每个单元格。"


def test_another_hint_stands_in_for_the_first_unless_it_is_empty() -> None:
    message = say("E-MERGED", area="A1")
    assert message.with_hint(NOTHING) == message
    assert message.with_hint(Words("Look.", "请看。")).hint == ("Look.", "请看。")


def test_an_error_speaks_both_languages() -> None:
    error = MethodError(say("database/no-file", path="a.db"))
    assert str(error) == "there is no database file a.db"
    assert error.describe("zh") == "没有数据库文件 a.db"


def test_unknown_keys_and_empty_blanks_are_mistakes_of_the_code() -> None:
    with pytest.raises(KeyError):
        say("E-NOTHING")
    with pytest.raises(KeyError):
        say("E-MERGED")
