"""Writing so that nothing is ever half written."""

import errno
import os
import time
from pathlib import Path

import pytest

from regions.files.writing import atomic_path, naming_file, sweep_stale, write_text


def test_the_new_content_replaces_the_old(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")
    write_text(target, "新\n")
    assert target.read_bytes() == "新\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_error_leaves_the_old_content_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), atomic_path(target) as temporary:
        temporary.write_text(f"half {1 / (len('half') - 4)}", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_the_target_appears_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    with atomic_path(target) as temporary:
        temporary.write_text("x", encoding="utf-8")
        assert not target.exists()
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".xlsx"
    assert target.exists()


def test_a_writer_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "a.txt"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "no" / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def test_only_old_leftovers_of_ours_are_swept(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".a-1.regionet-tmp.csv", ".b-2.regionet-tmp.csv", ".c.csv"))
    for path in (old, fresh, other):
        path.write_text("x", encoding="utf-8")
    past = time.time() - 7200
    for path in (old, other):
        os.utime(path, (past, past))
    assert sweep_stale(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b-2.regionet-tmp.csv", ".c.csv"]


def test_folders_of_killed_runs_are_swept_too(tmp_path: Path) -> None:
    folder = tmp_path / ".run-1.regionet-tmp"
    folder.mkdir()
    (folder / "a.csv").write_text("x", encoding="utf-8")
    assert sweep_stale(tmp_path) == 0
    past = time.time() - 7200
    os.utime(folder, (past, past))
    assert sweep_stale(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_names_the_file_that_the_user_knows(tmp_path: Path) -> None:
    target = tmp_path / "scores.csv"
    with pytest.raises(OSError, match="full") as caught, atomic_path(target) as temporary:
        raise OSError(errno.ENOSPC, "full", str(temporary))
    assert caught.value.filename == str(target)
    with pytest.raises(OSError, match="full") as caught, atomic_path(target):
        raise OSError(errno.ENOSPC, "full")
    assert caught.value.filename == str(target)
    with pytest.raises(FileNotFoundError) as missing, naming_file(target):
        (tmp_path / "other.csv").read_bytes()
    assert missing.value.filename == str(tmp_path / "other.csv")
