"""Help in Chinese: every text of every command, no English left, columns that a Chinese letter fills twice."""

import re
import unicodedata
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from regionet.cli import app
from regionet.console.help_text import read_help, translate

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
NAMES = re.compile(
    r"--?[a-z][a-z-]*|<[^>]*>|[\w./]*\.(?:csv|xlsx|html)|\b[A-Z]{2,}\b|［[^］]*］|\w+://|\[[\d]\]|\blocal\b|\w+_\w+"
)
KNOWN = """
    regionet Excel OpenAlex Web Science of Scopus GeoJSON GeoPackage Shapefile Parquet Spark Lee Yu cordis patstat
    Word docx figure matplotlib png python svg tables tex Gephi Pajek VOSviewer vosviewer geojson gpkg net dl run
    memory duckdb spark big sqlite merge kind x
"""


def list_texts() -> set[str]:
    group = typer.main.get_command(app)
    texts = [str(group.help), *(str(command.help) for command in COMMANDS.values())]
    texts += [str(option.help) for command in (group, *COMMANDS.values()) for option in command.params if option.help]
    return {" ".join(part.split()) for text in texts for part in re.split(r"\n\s*\n", text.strip())}


def ask(*words: str) -> str:
    result = CliRunner().invoke(app, [*words], catch_exceptions=False, env={"COLUMNS": "80"})
    assert result.exit_code == 0
    return result.output


def count_columns(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)


def test_every_text_is_translated_and_no_other() -> None:
    assert set(read_help()) - {"Show this message and exit."} == list_texts()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_of_a_command_is_chinese(name: str) -> None:
    text = ask(name, "--lang", "zh", "--help")
    assert text.startswith("用法：")
    assert "选项:" in text
    assert max(map(count_columns, text.splitlines())) <= 80
    column = [line[2:].split("  ", 1)[-1] if line.startswith("  ") else line for line in text.splitlines()[1:]]
    words = set(re.findall("[A-Za-z]{2,}", NAMES.sub("", "\n".join(column)))) - set(KNOWN.split()) - set(COMMANDS)
    words -= {word for line in text.splitlines() if line.startswith("  -") for word in re.findall(r"\w+", line[:36])}
    assert not words, words


def test_english_stays_english() -> None:
    text = ask("gaps", "--lang", "en", "--help")
    assert text.startswith("Usage:")
    assert not re.search("[\u3400-\u9fff]", text)


def test_the_list_of_commands_is_in_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    text = ask("--help")
    assert "命令:" in text
    assert "列出内置数据集。" in text
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "List the embedded studies." in ask("--help")


def test_paragraphs_are_translated_one_by_one() -> None:
    assert translate("List the embedded\nstudies.\n\nNobody knows this.") == "列出内置数据集。\n\nNobody knows this."
