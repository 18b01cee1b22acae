"""``regionet actors``: seats of one organisation in several regions are counted, not listed as doubles."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app

pytest.importorskip("rapidfuzz")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "regions.csv").write_text("code,name\nA,A\nB,B\n", encoding="utf-8")
    rows = "1,Institut de Physique,A\n2,INSTITUT DE PHYSIQUE,A\n3,Institut de Physique,B\n4,Other Works,B\n"
    (tmp_path / "actors.csv").write_text("id,name,region\n" + rows, encoding="utf-8")
    (tmp_path / "records.csv").write_text("record,actor\nr,1\nr,4\n", encoding="utf-8")
    return tmp_path


def run(study: Path, out: Path, *options: str) -> tuple[str, pd.DataFrame]:
    done = CliRunner().invoke(app, ["actors", "--study", str(study), "--out", str(out), "--lang", "en", *options])
    assert done.exit_code == 0, done.output
    return done.output, pd.read_csv(out / "duplicates.csv", dtype=str)


def test_pairs_of_one_region_are_listed_and_the_others_counted(study: Path, tmp_path: Path) -> None:
    told, table = run(study, tmp_path / "out")
    assert table[["id_a", "id_b"]].to_numpy().tolist() == [["1", "2"]]
    assert "2 pairs in different regions (2 of one name" in told
    assert "same name: 1" in told


def test_all_pairs_are_listed_when_asked(study: Path, tmp_path: Path) -> None:
    told, table = run(study, tmp_path / "out", "--everywhere")
    assert len(table) == 3
    assert "--everywhere" not in told
