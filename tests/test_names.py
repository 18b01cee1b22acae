"""Who looks for a class, a function or a file finds one, and none is too long to read at a sitting."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("regions", "geodata", "analysis", "maps", "regionet")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
PROGRAMS = {"main"}
"""What every file that runs as a program calls its first function."""
LONGEST_FILE, LONGEST_FUNCTION, LARGEST_FOLDER = 300, 45, 16


def list_names(files: list[Path]) -> dict[str, list[str]]:
    """Name of each public class and function at the top of a file -> the files that have it."""
    found = defaultdict(list)
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.name)
    return found


def measure_functions(text: str) -> dict[str, int]:
    """Name of each function -> its lines, without its docstring."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            said = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0  # type: ignore[operator]
            found[node.name] = node.end_lineno - node.lineno + 1 - said  # type: ignore[operator]
    return found


def test_no_class_and_no_function_has_the_name_of_another() -> None:
    assert len(FILES) > 200
    twice = {name: at for name, at in list_names(FILES).items() if len(at) > 1 and name not in PROGRAMS}
    assert not twice


def test_a_name_that_stands_twice_is_seen(tmp_path: Path) -> None:
    for name, text in {"a.py": "class Grid: ...", "b.py": "class Grid: ...\ndef _own(): ..."}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list_names(sorted(tmp_path.iterdir())) == {"Grid": ["a.py", "b.py"]}


def test_no_file_has_the_name_of_another() -> None:
    twice = {name: count for name, count in Counter(path.name for path in FILES).items() if count > 1}
    assert set(twice) <= {"__init__.py"}


def test_no_folder_holds_too_many_files() -> None:
    folders = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert not {folder.relative_to(ROOT): count for folder, count in folders.items() if count > LARGEST_FOLDER}


def test_files_and_functions_are_short() -> None:
    texts = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in FILES}
    assert not {path: text.count("\n") for path, text in texts.items() if text.count("\n") > LONGEST_FILE}
    long = {
        (str(path), name): lines
        for path, text in texts.items()
        for name, lines in measure_functions(text).items()
        if lines > LONGEST_FUNCTION
    }
    assert not long


def test_the_docstring_of_a_function_does_not_count() -> None:
    text = 'def told() -> int:\n    """Say.\n\n    More.\n    """\n    return 1\n\n\ndef bare() -> int:\n    return 1\n'
    assert measure_functions(text) == {"told": 2, "bare": 2}
