"""Who looks for a class or a function finds one: no name stands twice in the packages."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("regions", "geodata", "analysis", "maps", "regionet")
PROGRAMS = {"main"}
"""What every file that runs as a program calls its first function."""


def list_names(files: list[Path]) -> dict[str, list[str]]:
    """Name of each public class and function at the top of a file -> the files that have it."""
    found = defaultdict(list)
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.name)
    return found


def test_no_class_and_no_function_has_the_name_of_another() -> None:
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(files) > 200
    twice = {name: at for name, at in list_names(files).items() if len(at) > 1 and name not in PROGRAMS}
    assert not twice


def test_a_name_that_stands_twice_is_seen(tmp_path: Path) -> None:
    for name, text in {"a.py": "class Grid: ...", "b.py": "class Grid: ...\ndef _own(): ..."}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list_names(sorted(tmp_path.iterdir())) == {"Grid": ["a.py", "b.py"]}
