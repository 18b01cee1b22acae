"""JSON text whose faults must not pass."""

import json
from pathlib import Path

import pytest
from effort import count_steps

from geodata.boundary_files import strict_json
from geodata.boundary_files.strict_json import JsonObject, read_json
from regions import StudyError


def write(folder: Path, data: bytes) -> Path:
    path = folder / "a.json"
    path.write_bytes(data)
    return path


def code_of(path: Path) -> str:
    with pytest.raises(StudyError) as caught:
        read_json(path)
    (fault,) = caught.value.faults
    assert fault.message_zh
    return fault.code


def test_objects_remember_what_stands_twice(tmp_path: Path) -> None:
    document, warnings = read_json(write(tmp_path, b'{"a": 1, "b": {"x": 1, "y": 2, "x": 3, "y": 4}, "c": [{}]}'))
    assert warnings == []
    assert document == {"a": 1, "b": {"x": 3, "y": 4}, "c": [{}]}
    assert document.repeated == ()
    assert document["b"].repeated == ("x", "y")
    assert isinstance(document["c"][0], JsonObject)


def test_byte_order_mark_and_blanks_in_front(tmp_path: Path) -> None:
    assert read_json(write(tmp_path, b'\xef\xbb\xbf\r\n  {"a": 1}'))[0] == {"a": 1}


def test_gb18030_is_read_with_a_warning(tmp_path: Path) -> None:
    document, warnings = read_json(
        write(tmp_path, json.dumps({"name": "南京𠮷"}, ensure_ascii=False).encode("gb18030"))
    )
    assert document == {"name": "南京𠮷"}
    assert [fault.code for fault in warnings] == ["W-ENC"]


@pytest.mark.parametrize("data", ['{"a": "南"}'.encode("utf-16"), b'{"a": "\xff\xff"}'])
def test_other_encodings_are_refused(tmp_path: Path, data: bytes) -> None:
    assert code_of(write(tmp_path, data)) == "E-ENC"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"code,name\n1,a\n", b"PK\x03\x04....", b"SQLite format 3\x00", b"<html>", b'"text"', b"7", b"NaN"],
)
def test_what_is_no_json_is_seen_from_its_beginning(tmp_path: Path, data: bytes) -> None:
    assert code_of(write(tmp_path, data)) == "E-FORMAT"


@pytest.mark.parametrize("data", [b'{"a": 1', b'{"a": 1}}', b"[1,]", b"{'a': 1}", b'{"a": "\x01"}', b'{"a": 01}'])
def test_broken_json_gives_the_offset(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(StudyError, match=r"a\.json, line 1: .* at offset \d+") as caught:
        read_json(write(tmp_path, data))
    assert caught.value.faults[0].code == "E-JSON"


def test_line_of_the_fault(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_json(write(tmp_path, b'{\n"a": 1,\n"b": }'))
    assert caught.value.faults[0].row == 3


def test_depth_bomb(tmp_path: Path) -> None:
    found: list[str] = []
    path = write(tmp_path, b"[" * 2_000_000)
    assert count_steps(lambda: found.append(code_of(path))) < 10_000
    assert found == ["E-JSON"]


def test_number_of_a_million_digits(tmp_path: Path) -> None:
    assert code_of(write(tmp_path, b'{"a": ' + b"9" * 1_000_000 + b"}")) == "E-JSON"


def test_absent_file_and_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.json") == "E-FORMAT"
    assert code_of(tmp_path) == "E-FILE"  # named as the folder that it is


def test_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json, "LARGEST_FILE", 10)
    assert code_of(write(tmp_path, b'{"a": 1234567}')) == "E-FORMAT"
    assert read_json(write(tmp_path, b'{"a": 1}'))[0] == {"a": 1}
