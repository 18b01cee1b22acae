"""Files made to fill the memory, to reach other files or to call home: refused soon, small and silent."""

import io
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

DATA = Path(__file__).parent / "data" / "badinputs"
RUNNER = Path(__file__).parent / "hostile_runner.py"
MEGABYTES = 200.0  # beyond what the libraries take, which are loaded before


def build_workbook() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    for row in (["source", "target", "weight"], ["310100", "320100", 1]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


SHEET = "xl/worksheets/sheet1.xml"


def put_rows(path: Path, rows: bytes) -> None:
    parts = build_workbook()
    start, end = parts[SHEET].index(b"<sheetData>") + 11, parts[SHEET].index(b"</sheetData>")
    pack(path, parts | {SHEET: parts[SHEET][:start] + rows + parts[SHEET][end:]})


def write_bomb(folder: Path) -> None:
    put_rows(folder / "links.xlsx", b"<row><c><v>1</v></c></row>" * 2_000_000)


def write_triangle(folder: Path) -> None:
    """Write a wide row and a high column without a reference: their product is the area."""
    wide = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
    put_rows(folder / "links.xlsx", wide + b"<row><c><v>1</v></c></row>" * 40_000)


def write_hidden_corner(folder: Path) -> None:
    """Write a far cell behind a prefix, odd blanks and quotes."""
    put_rows(folder / "links.xlsx", b"<x:row\tr = '1048576'><x:c r\n=\n'XFD1048576' ><v>1</v></x:c></x:row>")


def write_liar(folder: Path) -> None:
    """Write a directory that states a small size for a large part."""
    path = folder / "links.xlsx"
    write_bomb(folder)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))


def write_text_bomb(folder: Path) -> None:
    parts = build_workbook()
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"A" * 60_000_000 + b"</t></si></sst>"
    pack(folder / "links.xlsx", parts)


def write_copies(folder: Path) -> None:
    """One long text in a million rows takes no room in the file."""
    words = pa.array(["310100"] * 1_000_000)
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int8()), pa.array(["x" * 90_000]))
    pq.write_table(pa.table({"source": words, "target": words, "kind": long}), folder / "links.parquet")


def put_shapes(folder: Path, rings: list[list[list[float]]]) -> None:
    features = [
        {"type": "Feature", "properties": {"code": f"z{i}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for i, ring in enumerate(rings)
    ]
    document = {"type": "FeatureCollection", "features": features}
    (folder / "boundaries.geojson").write_text(json.dumps(document), encoding="utf-8")


def write_scribble(folder: Path) -> None:
    """Write a polygon of twenty thousand points at random: two hundred million crossings."""
    draw = random.Random(1)  # noqa: S311 - no secret
    ring = [[110 + draw.random(), 30 + draw.random()] for _ in range(20_000)]
    put_shapes(folder, [[*ring, ring[0]]])


def write_pile(folder: Path) -> None:
    put_shapes(folder, [[[110, 30], [111, 30], [111, 31], [110, 31], [110, 30]]] * 5_000)


def write_columns(folder: Path) -> None:
    header = "source,target," + ",".join(map(str, range(100_000)))
    (folder / "links.csv").write_text(header + "\n" + "310100,320100" + ",1" * 100_000 + "\n", encoding="utf-8")


def write_bad_rows(folder: Path) -> None:
    rows = "".join(f"x{i},y{i},-1\n" for i in range(30_000))
    (folder / "links.csv").write_text("source,target,weight\n" + rows, encoding="utf-8")


def write_deep_card(folder: Path) -> None:
    (folder / "study.yaml").write_text("a: " + "[" * 40_000 + "]" * 40_000, encoding="utf-8")


def write_way_out(folder: Path) -> None:
    (folder / "links.csv").unlink()
    (folder / "links.csv").symlink_to("/etc/passwd")


def copy(*names: str, to: str = "links") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for name in names:
            shutil.copy(DATA / name, folder / f"{to}{Path(name).suffix}")

    return write


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "sparse corner": (copy("xlsx/sparse_corner.xlsx"), "E-SHEETSIZE"),
    "zip bomb": (write_bomb, "E-BOMB"),
    "triangle without references": (write_triangle, "E-SHEETSIZE"),
    "corner behind a prefix": (write_hidden_corner, "E-SHEETSIZE"),
    "lying directory": (write_liar, "E-BOMB"),
    "text bomb": (write_text_bomb, "E-BOMB"),
    "entity bomb": (copy("graphml/entity_bomb.graphml"), "E-XMLDTD"),
    "external entity": (copy("graphml/xxe.graphml"), "E-XMLDTD"),
    "long strings": (copy("parquet/big_strings.parquet"), "E-TYPE"),
    "copies of a long text": (write_copies, "E-BOMB"),
    "alias bomb": (copy("config/alias_bomb.yaml", to="study"), "E-YAML"),
    "VRT with an address": (copy("geojson/vrt_disguised.geojson", to="boundaries"), "E-FORMAT"),
    "VRT with a file": (copy("geojson/vrt_local_file.geojson", to="boundaries"), "E-FORMAT"),
    "cut GeoPackage": (copy("vector/truncated.gpkg", to="boundaries"), "E-FORMAT"),
    "lone Shapefile": (copy("vector/no_shx.shp", to="boundaries"), "E-FORMAT"),
    "scribble": (write_scribble, "E-GEOM"),
    "pile of polygons": (write_pile, "E-GEOM"),
    "a hundred thousand columns": (write_columns, "E-HEADER"),
    "thirty thousand bad rows": (write_bad_rows, "E-UNKNOWN"),
    "deep card": (write_deep_card, "E-YAML"),
    "way out of the folder": (write_way_out, "E-FOLDER"),
    "Shapefile in GBK": (
        copy("vector/regions_gbk.shp", "vector/regions_gbk.shx", "vector/regions_gbk.dbf", to="boundaries"),
        "W-CRS",
    ),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[[Path], Any]]:
    """Read a folder in a process of its own, forked from one that has the libraries loaded."""
    command = [sys.executable, str(RUNNER)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=environment, **pipes) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None

        def ask(folder: Path) -> Any:
            stdin.write(f"{folder}\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield ask
        stdin.close()
        assert process.wait() == 0


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_answered_small_and_without_looking_elsewhere(
    tmp_path: Path, reader: Callable[[Path], Any], case: str
) -> None:
    write, code = CASES[case]
    for name in ("regions.csv", "links.csv"):
        shutil.copy(DATA / "good" / name, tmp_path)
    write(tmp_path)
    if any(path.stem == "links" and path.suffix != ".csv" for path in tmp_path.iterdir()):
        (tmp_path / "links.csv").unlink()
    answer = reader(tmp_path)
    assert answer is not None, "the process was ended: too much processor time, or a crash"
    codes, megabytes, sockets, elsewhere = answer
    assert code in codes
    assert sockets == []
    assert elsewhere == []
    assert megabytes < MEGABYTES
