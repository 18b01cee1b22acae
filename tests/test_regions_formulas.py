"""Text from data that a spreadsheet would run: guarded when it is written, as it was when it is read."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maps.exchange.table_files import write_csv
from regions.files.formulas import free_formula, guard_formula
from regions.files.text_file import read_text_table

# control characters that no text of data has, and line ends (a reader makes them all the same) are left out
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\t"))
RUNNING = st.builds("".join, st.tuples(st.sampled_from(["", "'", "''", " ", "' "]), st.sampled_from("=+-@＝\t"), TEXTS))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "  =1", "\u3000=1", "＝1"])
def test_text_that_would_run_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert guard_formula(text) == "'" + text
    assert free_formula("'" + text) == text


@pytest.mark.parametrize("value", ["江苏", "a=b", "", "1-2", "'a", "'", "''", -5, 2.5, None, True])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert guard_formula(value) is value


@pytest.mark.parametrize("text", ["'t Hooft", "'310100'", "''", "=1", "a", ""])
def test_an_apostrophe_that_guards_nothing_stays(text: str) -> None:
    assert free_formula(text) == text


def test_an_apostrophe_of_the_data_before_a_formula_is_kept_by_a_second_one() -> None:
    assert guard_formula("'=1") == "''=1"
    assert free_formula("''=1") == "'=1"


@given(st.one_of(TEXTS, RUNNING))
@example("'=cmd|' /C calc'!A0")
@example("''\u3000@x")
def test_any_text_comes_back_and_what_is_written_never_runs(text: str) -> None:
    written = guard_formula(text)
    assert free_formula(written) == text
    assert not written.lstrip(" \u00a0\u3000").startswith(("=", "+", "-", "@", "\t", "＝"))


@given(st.lists(st.one_of(TEXTS, RUNNING).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_names_come_back_from_a_table_that_we_wrote(names: list[str]) -> None:
    file = Path("names.csv")
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["id", "name"])
    rows.writerows([guard_formula(str(i)), guard_formula(name)] for i, name in enumerate(names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: written.getvalue().encode())
        assert read_text_table(file).frame["name"].tolist() == names


def test_what_the_exporter_writes_is_read_as_it_was(tmp_path: Path) -> None:
    names = ["=1+1", "'=1+1", "  -x", "江苏", "'t Hooft", "@a,b", '+"q"']
    write_csv(pd.DataFrame({"id": range(len(names)), "name": names}), tmp_path / "names.csv")
    assert read_text_table(tmp_path / "names.csv").frame["name"].tolist() == names
