"""Faults and the errors that carry them."""

import pytest

from regions.errors import Fault, MethodError, StudyError, UnknownStudyError, group_faults
from regions.schema.suggest import suggest


def test_an_error_lists_its_faults_and_counts_the_rest() -> None:
    error = StudyError(Fault("E-X", "a.csv", f"wrong {i}.", row=i) for i in range(1, 31))
    lines = str(error).splitlines()
    assert len(lines) == 21
    assert lines[0] == "a.csv, line 1: wrong 1."
    assert lines[-1] == "... and 10 more"
    assert error.describe("zh", limit=1).splitlines()[-1] == "…另有 29 处"


def test_one_fault_is_enough() -> None:
    error = StudyError(Fault("E-X", "a.csv", "wrong.", hint="Try b."))
    assert str(error) == "a.csv: wrong. Try b."
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(("code", "is_error"), [("E-X", True), ("W-X", False)])
def test_a_fault_knows_whether_it_stops_the_run(code: str, is_error: bool) -> None:
    assert Fault(code, "a", "b").is_error is is_error


def test_the_message_of_an_unknown_study_has_no_quotes_around_it() -> None:
    assert str(UnknownStudyError("there is none")) == "there is none"


def test_suggestions_look_at_keys_and_names() -> None:
    known = {"320500": "苏州市", "310000": "上海市"}
    assert suggest("苏州", known) == ("Did you mean 苏州市 (320500)?", "是否为 苏州市 (320500)？")
    assert suggest("320501", known)[0].startswith("Did you mean 苏州市 (320500)")
    assert suggest("zzz", known) == ("", "")


def test_a_method_error_speaks_chinese_where_it_can() -> None:
    assert MethodError("too few", zh="太少").describe("zh") == "太少"
    assert MethodError("too few", zh="太少").describe("en") == "too few"
    assert MethodError("too few").describe("zh") == "too few"


def test_faults_of_one_kind_and_value_are_one_line_with_their_rows_and_columns() -> None:
    faults = [Fault("E-U", "a.csv", "x.", "甲。", row, column) for row in (3, 2, 40) for column in ("s", "t")]
    faults.append(Fault("E-U", "a.csv", "y.", "乙。", 5, "s"))
    assert [group.describe() for group in group_faults(faults)] == [
        "a.csv, lines 2, 3, 40, columns s, t: x.",
        "a.csv, line 5, column s: y.",
    ]
    assert StudyError(faults).describe("zh").splitlines() == [
        "a.csv 第 2、3、40 行 s、t 列：甲。",
        "a.csv 第 5 行 s 列：乙。",
    ]


def test_many_rows_are_counted() -> None:
    group = group_faults(Fault("E-U", "a.csv", "x.", "甲。", row, "s") for row in range(2, 2002))[0]
    assert group.describe() == "a.csv, lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1,990 more, column s: x."
    assert group.describe("zh") == "a.csv 第 2、3、4、5、6、7、8、9、10、11 等 2,000 行 s 列：甲。"


def test_faults_without_a_row_stay_apart_by_their_message() -> None:
    faults = [Fault("W-A", "a", "one."), Fault("W-A", "a", "two."), Fault("W-A", "b", "one.")]
    assert [group.describe() for group in group_faults(faults)] == ["a: one.", "a: two.", "b: one."]
