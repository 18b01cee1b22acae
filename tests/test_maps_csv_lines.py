"""Lines of CSV: the same as those of pandas, in parts, with digits to spare."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from maps.exchange import csv_lines
from maps.exchange.csv_lines import list_lines


def test_a_table_keeps_its_columns_texts_and_whole_numbers() -> None:
    table = pd.DataFrame({"code": ["A"], "n": [12345678901], "x": [1 / 3]})
    assert list(list_lines(table, digits=12)) == ["code,n,x\n", "A,12345678901,0.333333333333\n"]
    assert table.loc[0, "x"] == pytest.approx(1 / 3, rel=1e-15)  # the table given is as it was


def test_an_empty_table_is_a_header() -> None:
    assert list(list_lines(pd.DataFrame({"x": [], "y": []}))) == ["x,y\n"]


def test_every_float_is_written_as_it_is() -> None:
    values = [0.0, -0.0, 0.1 + 0.2, 1e-300, 1e16, 123456789.0, np.inf, -np.inf, np.nan, 5e-324]
    lines = list(list_lines(pd.DataFrame({"x": values, "n": range(10)})))[1:]
    assert [line.split(",")[0] for line in lines] == [
        "0.0",
        "-0.0",
        "0.30000000000000004",
        "1e-300",
        "1e+16",
        "123456789.0",
        "inf",
        "-inf",
        "",
        "5e-324",
    ]


def test_text_with_commas_quotation_marks_and_line_ends_reads_back() -> None:
    texts = ["plain", "a,b", 'say "no"', "two\nlines", "two\rlines", "", " blank ", "武汉，湖北"]
    for dtype in ("str", "object"):
        text = "".join(list_lines(pd.DataFrame({"t": pd.Series(texts, dtype=dtype), "n": range(len(texts))})))
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert [row[0] for row in rows[1:]] == texts


def test_names_of_columns_are_quoted_too() -> None:
    assert next(list_lines(pd.DataFrame({"a,b": [1], 'c"': [2]}))) == '"a,b","c"""\n'


def test_what_would_run_in_a_spreadsheet_is_guarded_and_numbers_are_not() -> None:
    table = pd.DataFrame({"t": ["=1+1", "-2", "=1+1"], "mixed": pd.Series([-2, "-2", None], dtype=object)})
    assert list(list_lines(table))[1:] == ["'=1+1,-2\n", "'-2,'-2\n", "'=1+1,\n"]


def test_a_single_empty_cell_is_a_row_and_no_empty_line() -> None:
    assert list(list_lines(pd.DataFrame({"x": [1.0, np.nan]}))) == ["x\n", "1.0\n", '""\n']


def test_all_kinds_of_columns_are_as_pandas_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts of 7 rows, with an index that is no range."""
    monkeypatch.setattr(csv_lines, "_ROWS", 7)
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        {
            "text": pd.Series(rng.choice(["a", "b,c", "d"], 50)),
            "lacking": pd.Series(rng.choice(["x", None], 50)),
            "float": rng.normal(size=50) * 10.0 ** rng.integers(-12, 20, 50),
            "whole": rng.integers(-5, 5, 50),
            "logical": rng.random(50) < 0.5,
            "nullable": pd.array([1, None] * 25, dtype="Int64"),
            "mixed": pd.Series([1, "one", True, 1.5, None] * 10, dtype=object),
            "kind": pd.Categorical(rng.choice(["p", "q"], 50)),
        }
    ).sample(frac=1, random_state=1)
    assert "".join(list_lines(table)) == table.to_csv(index=False, lineterminator="\n")
