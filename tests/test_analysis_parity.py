"""The parity page names functions that exist, and its table is what the script prints."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import analysis

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "parity.md").read_text("utf-8")


def test_every_function_on_the_page_is_exported() -> None:
    named = set(re.findall(r"`((?:measure|find|build)_\w+)", PAGE))
    assert len(named) > 12
    assert named <= set(analysis.__all__)


def test_the_table_is_what_the_script_prints(golden: Callable[[str], Path]) -> None:
    """Figures to the digits shown; differences near rounding vary between machines and are not compared."""
    folder = golden("network/small_expected.json").parent
    command = [sys.executable, str(ROOT / "benchmarks" / "parity.py"), "--golden", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    printed = [line.split("|")[1:5] for line in done.stdout.splitlines()[2:]]
    page = [line.split("|")[1:5] for line in PAGE.splitlines()]
    assert len(printed) > 50
    assert [row for row in printed if row not in page] == []
    gaps = [float(line.split("|")[5]) for line in done.stdout.splitlines()[2:] if "lubness, ties >= 4" not in line]
    assert max(gaps) < 5e-3  # the coarsest reference is printed to two decimals
