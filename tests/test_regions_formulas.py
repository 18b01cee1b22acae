"""Text from data that a spreadsheet would run."""

import pytest

from regions.formulas import guard_formula


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "  =1", "\u3000=1", "＝1"])
def test_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert guard_formula(text) == "'" + text


@pytest.mark.parametrize("value", ["江苏", "a=b", "", "1-2", -5, 2.5, None, True])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert guard_formula(value) is value
