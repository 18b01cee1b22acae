"""The parity page names functions that exist, and its table is what the script prints."""

import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import analysis

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "parity.md").read_text("utf-8")


def test_every_function_on_the_page_is_a_public_one() -> None:
    named = set(re.findall(r"`((?:measure|find|build)_\w+)", PAGE))
    assert len(named) > 12
    modules = [import_module(found.name) for found in walk_packages(analysis.__path__, "analysis.")]
    assert named <= {name for module in modules for name in vars(module)}


def allow_difference(source: str, figure: str, theirs: str) -> float:
    """Half a unit of the last digit that a reference is printed to; rounding where all digits are known."""
    if "printed" in source:
        return 5e-3 if figure.startswith("effective_size") else 5e-4
    if "draws" in figure:
        return 6e-3
    coarse = {"density of games": 5e-5, "Krackhardt": 5e-9}
    printed = [bound for start, bound in coarse.items() if figure.startswith(start)]
    return printed[0] if printed else 1e-10 * max(1.0, abs(float(theirs)))


def test_the_table_is_what_the_script_prints(golden: Callable[[str], Path]) -> None:
    """Figures to the digits shown; differences near rounding vary between machines and are not compared."""
    folder = golden("network/small_expected.json").parent
    command = [sys.executable, str(ROOT / "benchmarks" / "parity.py"), "--golden", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    printed = [line.split("|")[1:5] for line in done.stdout.splitlines()[2:]]
    page = [line.split("|")[1:5] for line in PAGE.splitlines()]
    assert len(printed) > 50
    assert [row for row in printed if row not in page] == []
    rows = [[cell.strip() for cell in line.split("|")[1:6]] for line in done.stdout.splitlines()[2:]]
    far = [row for row in rows if not float(row[4]) <= allow_difference(*row[:3])]
    assert [row[1] for row in far] == ["Krackhardt lubness, ties >= 4"]  # the one real difference, told on the page
