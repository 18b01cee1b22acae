"""The benchmark of the register makes its own study and reads off what a run took."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from regions import read_study


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "register.py"
    spec = importlib.util.spec_from_file_location("benchmark_register", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_study_is_sound_and_has_as_many_links_as_said(benchmark: ModuleType, tmp_path: Path) -> None:
    benchmark.write_study(tmp_path, 60)
    study = read_study(tmp_path)
    assert len(study.regions) == 60
    links = pd.read_csv(tmp_path / "links.csv")["weight"].sum()
    assert links == pytest.approx(60 * benchmark.LINKS / 2, abs=4 * (60 * benchmark.LINKS / 2) ** 0.5)


def test_the_same_size_gives_the_same_study(benchmark: ModuleType, tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        benchmark.write_study(tmp_path / name, 20)
        texts.append((tmp_path / name / "links.csv").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


def test_a_run_costs_something_and_a_failing_one_is_no_figure(benchmark: ModuleType, tmp_path: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    benchmark.write_study(study, 20)
    cost = benchmark.run_gaps(study, tmp_path / "out")
    assert cost.processor > 0
    assert cost.clock > 0
    assert 20 < cost.memory < 4000
    assert cost.written > 0
    with pytest.raises(RuntimeError, match="ended with 1"):
        benchmark.run_gaps(tmp_path / "nowhere", tmp_path / "other")
