"""Counting in parts: the same table, resumed without a part done twice, nothing torn."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from test_regions_engine import make_records

from regions.engine import parts as module
from regions.engine.memory import count_in_memory
from regions.engine.parts import MANIFEST, Parts, count_in_parts, drop_parts
from regions.engine.plan import COUNTINGS, Counting, Plan
from regions.errors import MethodError

pytest.importorskip("ibis", reason="extra 'big' is not installed")


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, "pd.Series[str]"]:
    records, places = make_records(7)
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
    pd.testing.assert_frame_equal(found.table, expected.table, check_exact=True)
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
    real = module._count_part
    monkeypatch.setattr(module, "_count_part", lambda *args: (counted.append(args[3].stem), real(*args)))
    told: list[tuple[int, int]] = []
    found = count_in_parts(*given, Plan(), Parts(folder, 4, lambda *args: told.append(args)))
    assert counted == ["part-0002", "part-0003"]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert (folder / MANIFEST).exists()
    expected = count_in_memory(pd.read_parquet(given[0]), given[1], Plan())
    pd.testing.assert_frame_equal(found.table, expected.table, check_exact=True)


def test_a_part_that_fails_leaves_no_file(
    given: tuple[Path, "pd.Series[str]"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "compile_pairs", lambda *_, **__: "SELECT error('broken')")
    with pytest.raises(Exception, match="broken"):
        count_in_parts(*given, Plan(), Parts(tmp_path / "work", 2))
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["work.json"]


def test_a_folder_of_other_work_is_refused(given: tuple[Path, "pd.Series[str]"], tmp_path: Path) -> None:
    parts = Parts(tmp_path / "work", 2)
    count_in_parts(*given, Plan(), parts)
    changed = given[1].copy()
    changed.iloc[0] = "B"
    for places, plan, other in (
        (given[1], Plan("pair"), parts),
        (given[1], Plan(), dataclasses.replace(parts, number=3)),
        (changed, Plan(), parts),
    ):
        with pytest.raises(MethodError, match="holds parts of other records, places or options"):
            count_in_parts(given[0], places, plan, other)
    with pytest.raises(MethodError, match="not empty and holds no parts"):
        count_in_parts(*given, Plan(), Parts(tmp_path, 2))
    with pytest.raises(MethodError, match="at least 1; got 0"):
        count_in_parts(*given, Plan(), Parts(tmp_path / "new", 0))


def test_only_a_folder_of_parts_is_dropped(given: tuple[Path, "pd.Series[str]"], tmp_path: Path) -> None:
    count_in_parts(*given, Plan(), Parts(tmp_path / "work", 2))
    drop_parts(tmp_path)
    assert given[0].exists()
    drop_parts(tmp_path / "work")
    assert not (tmp_path / "work").exists()
