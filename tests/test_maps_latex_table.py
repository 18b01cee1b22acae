"""LaTeX tables: every text is printed as it is, numbers stand right, a missing value is an empty cell."""

import pandas as pd
import pytest

from maps.exchange.latex_table import escape_latex, is_number, lay_out_latex, spell_column, to_latex


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("R&D 50 % of $x_1$", r"R\&D 50 \% of \$x\_1\$"),
        (r"\input{secret}", r"\textbackslash{}input\{secret\}"),
        ("a~b^c #1", r"a\textasciitilde{}b\textasciicircum{}c \#1"),
        ("two\nlines\x00", "two lines "),
        ("甲 ↔ 乙", r"甲 $\leftrightarrow$ 乙"),
    ],
)
def test_nothing_in_a_text_is_a_command(text: str, printed: str) -> None:
    assert escape_latex(text) == printed


def test_a_table_with_a_caption_is_a_float() -> None:
    text = to_latex(pd.DataFrame({"name": ["A"], "gap": [1.5]}), caption="Gaps & more", label="tab:gaps")
    lines = text.splitlines()
    assert lines[0] == r"\begin{table}"
    assert lines[2:4] == [r"\caption{Gaps \& more}", r"\label{tab:gaps}"]
    assert lines[-1] == r"\end{table}"
    assert text.endswith("\n")


def test_headers_are_those_of_the_codebook_in_the_language() -> None:
    table = pd.DataFrame({"name_zh": ["北京市"], "observed": [3]})
    assert r"名称 & 实际 \\" in to_latex(table, language="zh")
    assert r"\begin{tabular}{lr}" in to_latex(table)


def test_decimals_follow_the_column_or_what_is_asked() -> None:
    values = pd.Series([0.12345, float("nan"), float("inf")])
    assert spell_column(values) == ["0.123", "", ""]
    assert spell_column(values, decimals=1) == ["0.1", "", ""]
    assert spell_column(pd.Series([1, 1000])) == ["1", "1,000"]
    assert spell_column(pd.Series(["a", None])) == ["a", ""]


def test_a_flag_is_no_number() -> None:
    assert not is_number(pd.Series([True, False]))
    assert spell_column(pd.Series([True])) == ["True"]


def test_an_empty_table_has_its_head() -> None:
    assert to_latex(pd.DataFrame({"name": []})).count("\n") == 6
    assert r"\begin{tabular}{r}" in lay_out_latex(["n"], [["1"]], [True])
