"""Counting in parts: the same table, resumed without a part done twice, nothing torn."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from test_regions_counting import make_records

from regions.counting import parts as module
from regions.counting.memory import count_in_memory
from regions.counting.parts import Parts, count_in_parts, drop_parts
from regions.counting.plan import COUNTINGS, Counting, Plan
from regions.errors import MethodError

pytest.importorskip("ibis", reason="extra 'big' is not installed")


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, "pd.Series[str]"]:
    records, places = make_records(7)
    records = records[~records["actor"].isin([" b", "e\u0301"])]  # a file is cleaned
    records.to_parquet(tmp_path / "records.parquet")
    return tmp_path / "records.parquet", places


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("number", [1, 5])
def test_parts_add_up_exactly(
    given: tuple[Path, "pd.Series[str]"], tmp_path: Path, counting: Counting, number: int
) -> None:
    plan = Plan(counting, by=("year",))
    expected = count_in_memory(pd.read_parquet(given[0]), given[1], plan)
    found = count_in_parts(*given, plan, Parts(tmp_path / "work", number))
    pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12)
    assert found.totals == expected.totals


def test_an_interrupted_run_is_resumed(
    given: tuple[Path, "pd.Series[str]"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "work"

    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count_in_parts(*given, Plan(), Parts(folder, 4, stop))
    assert sorted(path.name for path in folder.iterdir()) == ["part-0000.parquet", "part-0001.parquet", "work.json"]
    counted: list[str] = []
    real = module.atomic_path
    monkeypatch.setattr(module, "atomic_path", lambda path: (counted.append(path.stem), real(path))[1])
    told: list[tuple[int, int]] = []
    found = count_in_parts(*given, Plan(), Parts(folder, 4, lambda *args: told.append(args)))
    assert counted == ["part-0002", "part-0003"]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    expected = count_in_memory(pd.read_parquet(given[0]), given[1], Plan())
    pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12)


def test_a_part_that_fails_leaves_no_file(
    given: tuple[Path, "pd.Series[str]"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "compile_pairs", lambda *_, **__: "SELECT error('broken')")
    with pytest.raises(Exception, match="broken"):
        count_in_parts(*given, Plan(), Parts(tmp_path / "work", 2))
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["work.json"]


def test_parts_of_other_work_are_replaced(given: tuple[Path, "pd.Series[str]"], tmp_path: Path) -> None:
    parts = Parts(tmp_path / "work", 2)
    count_in_parts(*given, Plan(), parts)
    changed = given[1].copy()
    changed.iloc[0] = "B"
    for places, plan, other in (
        (given[1], Plan("pair"), parts),
        (given[1], Plan(), dataclasses.replace(parts, number=3)),
        (changed, Plan(), parts),
    ):
        expected = count_in_memory(pd.read_parquet(given[0]), places, plan).table
        pd.testing.assert_frame_equal(count_in_parts(given[0], places, plan, other).table, expected, rtol=1e-12)
    with pytest.raises(MethodError, match="not empty and holds no parts"):
        count_in_parts(*given, Plan(), Parts(tmp_path, 2))
    with pytest.raises(MethodError, match="at least 1; got 0"):
        count_in_parts(*given, Plan(), Parts(tmp_path / "new", 0))


def test_years_are_parts_and_a_folder_is_one_file(given: tuple[Path, "pd.Series[str]"], tmp_path: Path) -> None:
    records = pd.read_parquet(given[0])
    (tmp_path / "big").mkdir()
    records.iloc[:100].to_parquet(tmp_path / "big/a.parquet")
    records.iloc[100:].to_parquet(tmp_path / "big/b.parquet")
    plan = Plan("newman", by=("year",))
    found = count_in_parts(tmp_path / "big", given[1], plan, Parts(tmp_path / "work"))
    pd.testing.assert_frame_equal(found.table, count_in_memory(records, given[1], plan).table, rtol=1e-12)
    names = sorted(path.stem for path in (tmp_path / "work").glob("*.parquet"))
    assert names == ["year-2019", "year-2020", "year-2021", "year-none"]


def test_only_a_folder_of_parts_is_dropped(given: tuple[Path, "pd.Series[str]"], tmp_path: Path) -> None:
    count_in_parts(*given, Plan(), Parts(tmp_path / "work", 2))
    drop_parts(tmp_path)
    assert given[0].exists()
    drop_parts(tmp_path / "work")
    assert not (tmp_path / "work").exists()
