"""The folder of a run: no input is written over, nothing that somebody edited is lost, all or nothing."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app
from regionet.console.language import Language
from regionet.console.run_folder import Run, list_written, read_manifest
from regions.errors import StudyError
from regions.files.writing import find_checksum, name_edited, refuse_overwriting, write_text

REGIONS = "code,name,lon,lat\nA,Ay,120,30\nB,Be,121,31\nC,Ce,122,30\n"
ACTORS = "id,name,kind,region\na,Alpha Technologies,enterprise,A\nb,Alpha Technology,enterprise,B\n"
RECORDS = "record,actor,year\nr1,a,2020\nr1,b,2020\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"], catch_exceptions=False)


def save(folder: Path, **tables: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    return save(tmp_path / "s", regions=REGIONS, links="source,target,weight\nA,B,3\nA,C,2\n")


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    return save(tmp_path / "s", regions=REGIONS, actors=ACTORS, records=RECORDS)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(item.relative_to(folder)): item.read_bytes() for item in folder.rglob("*") if item.is_file()}


def write(out: Path, lang: Language = Language.EN, **texts: str) -> dict[str, Any]:
    with Run(out, lang=lang) as job:
        for name, text in texts.items():
            job.write(f"{name}.csv", lambda path, text=text: write_text(path, text))
        job.finish("score", None, {})
    manifest: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return manifest


# no input is written over


@pytest.mark.parametrize("command", ["links", "demo"])
def test_links_of_a_study_are_never_written_over(linked: Path, command: str) -> None:
    before = snapshot(linked)
    done = run(command, "--study", linked, "--out", linked)
    assert done.exit_code == 1
    assert "links.csv: is an input of this command and would be written over." in done.stderr
    assert "Choose another folder with --out." in done.stderr
    assert snapshot(linked) == before
    assert "Counting" not in done.stderr


def test_the_refusal_is_said_in_chinese(linked: Path) -> None:
    done = CliRunner().invoke(app, ["links", "--study", str(linked), "--out", str(linked), "--lang", "zh"])
    assert done.exit_code == 1
    assert "links.csv：是本命令的输入文件，会被覆盖。请用 --out 另选文件夹。" in done.stderr


def test_another_name_of_the_same_folder_is_the_same_folder(linked: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(linked)
    before = snapshot(linked)
    for out in (tmp_path / "alias", linked / ".." / "s", tmp_path / "alias" / ".." / "s"):
        assert run("links", "--study", linked, "--out", out).exit_code == 1
    assert snapshot(linked) == before


def test_an_input_that_the_output_links_to_is_not_replaced(linked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    os.link(linked / "links.csv", out / "links.csv")
    before = snapshot(linked)
    assert run("links", "--study", linked, "--out", out).exit_code == 1
    assert snapshot(linked) == before


def test_a_study_table_that_is_not_read_is_not_replaced_either(recorded: Path, tmp_path: Path) -> None:
    """With --records the links of the study stay unread; they are still the user's."""
    pytest.importorskip("ibis", reason="extra 'big' is not installed")
    save(recorded, links="source,target\nA,B\n")
    records = save(tmp_path, big=RECORDS) / "big.csv"
    before = snapshot(recorded)
    assert run("links", "--study", recorded, "--records", records, "--out", recorded).exit_code == 1
    assert snapshot(recorded) == before


def test_merging_actors_into_the_study_is_refused(recorded: Path, tmp_path: Path) -> None:
    merge = tmp_path / "merged.csv"
    merge.write_text("id_a,id_b,merge\na,b,yes\n", encoding="utf-8")
    before = snapshot(tmp_path)
    done = run("actors", "--study", recorded, "--merge", merge, "--out", recorded)
    assert done.exit_code == 1
    assert "actors.csv: is an input" in done.stderr
    assert "records.csv: is an input" in done.stderr
    done = run("actors", "--study", recorded, "--merge", merge, "--out", tmp_path)
    assert done.exit_code == 1
    assert "merged.csv: is an input" in done.stderr
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("given", ["file", "folder"])
def test_a_conversion_over_its_own_input_is_refused(tmp_path: Path, given: str) -> None:
    source = save(tmp_path / "in", records="record,actor,name,region,year\nr1,a,A,X,2020\n")
    before = snapshot(source)
    done = run("convert", "--from", "table", source / "records.csv" if given == "file" else source, "--out", source)
    assert done.exit_code == 1
    assert "records.csv: is an input" in done.stderr
    assert snapshot(source) == before


def test_a_workbook_to_check_is_not_replaced_by_its_faults(tmp_path: Path) -> None:
    from regionet.commands.studies.template_workbook import write_template  # noqa: PLC0415 - one test needs it

    book = write_template(tmp_path / "check.xlsx")
    before = book.read_bytes()
    done = run("check", "--study", book, "--out", tmp_path)
    assert done.exit_code == 1
    assert "check.xlsx: is an input" in done.stderr
    assert book.read_bytes() == before


def test_results_may_stand_in_the_folder_of_the_study(linked: Path) -> None:
    before = snapshot(linked)
    for _ in range(2):  # the second time the folder holds our own outputs
        done = run("score", "--study", linked, "--out", linked, "--format", "csv")
        assert done.exit_code == 0, done.output
    after = snapshot(linked)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"scores.csv", "run.json"}


def test_a_file_of_the_user_in_the_folder_of_the_study_is_refused(linked: Path) -> None:
    save(linked, scores="mine\n")
    done = run("score", "--study", linked, "--out", linked)
    assert done.exit_code == 1
    assert (linked / "scores.csv").read_text(encoding="utf-8") == "mine\n"


def test_every_output_that_is_an_input_is_named(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a", "b", "c")]
    for path in files[:2]:
        path.write_text("", encoding="utf-8")
    refuse_overwriting(files, [])
    refuse_overwriting([files[2]], files[:2])
    with pytest.raises(StudyError) as caught:
        refuse_overwriting(files, [tmp_path / "." / "a", tmp_path / ".." / tmp_path.name / "b", files[2]])
    assert [(fault.code, fault.file) for fault in caught.value.faults] == [("E-OUTPUT", str(path)) for path in files]


# nothing edited is lost


def test_an_edited_output_is_kept_and_named(linked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score = ("score", "--study", linked, "--out", out, "--format", "csv")
    assert run(*score).exit_code == 0
    first = (out / "scores.csv").read_bytes()
    for number in (1, 2):
        (out / "scores.csv").write_text(f"edit {number}\n", encoding="utf-8")
        done = run(*score)
        assert done.exit_code == 0
        kept = f"scores.edited-{number}.csv"
        assert f"was edited; it is kept as {kept}" in done.stderr
        assert (out / kept).read_text(encoding="utf-8") == f"edit {number}\n"
        manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
        assert manifest["kept"] == [{"file": "scores.csv", "as": kept, "sha256": find_checksum(out / kept)}]
    assert (out / "scores.csv").read_bytes() == first


def test_an_output_that_is_as_we_left_it_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "out", a="1")
    assert write(tmp_path / "out", a="2")["kept"] == []
    assert snapshot(tmp_path / "out")["a.csv"] == b"2"
    assert sorted(snapshot(tmp_path / "out")) == ["a.csv", "run.json"]
    assert capsys.readouterr().err == ""


def test_a_file_that_no_run_wrote_is_kept_unless_it_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, a="mine", b="same")
    (tmp_path / "run.json").write_text('{"jogging": 5}', encoding="utf-8")
    manifest = write(tmp_path, Language.ZH, a="1", b="same")
    assert [(item["file"], item["as"]) for item in manifest["kept"]] == [
        ("a.csv", "a.edited-1.csv"),
        ("run.json", "run.edited-1.json"),
    ]
    assert snapshot(tmp_path)["a.edited-1.csv"] == b"mine"
    assert "已被修改，原文件保留为 a.edited-1.csv" in capsys.readouterr().err


def test_what_an_earlier_command_wrote_stays_known(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="1")
    write(tmp_path, c="1")
    manifest = write(tmp_path, b="2")
    assert [[item["file"] for item in block["outputs"]] for block in manifest["earlier"]] == [["c.csv"], ["a.csv"]]
    assert set(list_written(manifest)) == {"a.csv", "c.csv", "b.csv"}
    assert write(tmp_path, a="2", b="3", c="2")["earlier"] == []
    assert sorted(snapshot(tmp_path)) == ["a.csv", "b.csv", "c.csv", "run.json"]


@pytest.mark.parametrize("text", ["", "[]", '{"outputs": 3}', '{"outputs": [{"file": "a"}]}', '{"outputs": ["a"]}'])
def test_a_run_json_of_somebody_else_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "nowhere") is None


def test_a_name_for_an_edited_file_keeps_its_suffix_and_is_free(tmp_path: Path) -> None:
    assert name_edited(tmp_path / "gaps.xlsx").name == "gaps.edited-1.xlsx"
    (tmp_path / "gaps.edited-1.xlsx").touch()
    (tmp_path / "gaps.edited-2.xlsx").symlink_to("nowhere")
    assert name_edited(tmp_path / "gaps.xlsx").name == "gaps.edited-3.xlsx"
    assert name_edited(tmp_path / "run").name == "run.edited-1"


def test_a_table_that_a_new_conversion_lacks_goes_unless_edited(tmp_path: Path) -> None:
    source, out = (
        save(tmp_path / "in", t="record,actor,name,region,year\nr1,a,A,X,2020\nr1,b,B,,2020\n"),
        tmp_path / "o",
    )
    convert = ("convert", "--from", "table", source / "t.csv", "--out", out)
    assert run(*convert).exit_code == 0
    assert (out / "unplaced.csv").exists()
    save(source, t="record,actor,name,region,year\nr1,a,A,X,2020\nr1,b,B,Y,2020\n")
    assert run(*convert).exit_code == 0
    assert not (out / "unplaced.csv").exists()
    save(out, unplaced="mine\n")
    done = run(*convert)
    assert "kept as unplaced.edited-1.csv" in done.stderr
    assert (out / "unplaced.edited-1.csv").read_text(encoding="utf-8") == "mine\n"


# all or nothing


def break_off(out: Path, error: type[BaseException]) -> None:
    with Run(out) as job:
        job.write("a.csv", lambda path: write_text(path, "2"))
        raise error


def test_a_run_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "out", a="1", b="1")
    before = snapshot(tmp_path)
    for error in (OSError, KeyboardInterrupt):
        with pytest.raises(error):
            break_off(tmp_path / "out", error)
    assert snapshot(tmp_path) == before
    with pytest.raises(ZeroDivisionError), Run(tmp_path / "new") as job:
        job.write("a.csv", lambda path: write_text(path, str(1 / (len("1") - 1))))
    assert not (tmp_path / "new").exists()


def test_the_manifest_tells_no_time(linked: Path, tmp_path: Path) -> None:
    texts = []
    for out in (tmp_path / "a", tmp_path / "b"):
        assert run("score", "--study", linked, "--out", out, "--format", "csv").exit_code == 0
        texts.append((out / "run.json").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("number", "text", "zh"),
    [
        (errno.ENOSPC, "scores.csv: the disk is full.", "scores.csv：磁盘已满。"),
        (errno.EROFS, "scores.csv: the disk is read-only.", "scores.csv：磁盘为只读。"),
        (errno.ENOTTY, "scores.csv: Inappropriate ioctl for device.", f"scores.csv：系统错误 {errno.ENOTTY}。"),
    ],
)
def test_what_the_disk_refuses_names_the_file(
    linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, text: str, zh: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("maps.exchange.table_files.list_lines", refuse)
    for lang, said in (("en", text), ("zh", zh)):
        arguments = ["score", "--study", str(linked), "--out", str(tmp_path / "o"), "--format", "csv", "--lang", lang]
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1].endswith(said)
        assert ".regionet-tmp" not in done.stderr
        assert not (tmp_path / "o").exists()


def test_a_full_memory_is_said(linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("regionet.steps.pipeline.analyse", refuse)
    done = run("score", "--study", linked, "--out", tmp_path / "o")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "Error: the memory is full.")


def test_a_file_system_that_is_full_in_earnest(linked: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may mount no file system")
    try:
        (disk / "ballast").write_bytes(b"x" * 50_000)
        command = [sys.executable, "-m", "regionet", "demo", "--out", str(disk / "o"), "--lang", "en"]
        done = subprocess.run([*command, "--study", str(linked)], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith(f"Error: {disk / 'o'}")
        assert done.stderr.splitlines()[-1].endswith(": the disk is full.")
        assert [item.name for item in disk.iterdir()] == ["ballast"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_may_stand_in_a_folder_of_the_run(tmp_path: Path) -> None:
    def draw(text: str, *, stale: tuple[str, ...] = ()) -> dict[str, Any]:
        with Run(tmp_path, lang=Language.EN) as job:
            job.write("pictures/a.txt", lambda path: write_text(path, text))
            job.finish("index", None, {}, stale=stale)
        return read_manifest(tmp_path) or {}

    assert [item["file"] for item in draw("one")["outputs"]] == ["pictures/a.txt"]
    (tmp_path / "pictures" / "a.txt").write_text("edited", encoding="utf-8")
    assert draw("two")["kept"] == [
        {
            "file": "pictures/a.txt",
            "as": "a.edited-1.txt",
            "sha256": find_checksum(tmp_path / "pictures/a.edited-1.txt"),
        }
    ]
    assert (tmp_path / "pictures" / "a.txt").read_text(encoding="utf-8") == "two"
    with Run(tmp_path, lang=Language.EN) as job:
        job.finish("index", None, {}, stale=("pictures/a.txt",))
    assert not (tmp_path / "pictures" / "a.txt").exists()
