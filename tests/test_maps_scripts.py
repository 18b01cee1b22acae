"""The scripts of the page as a small codebase: their order, what the page gets of them, and their own tests."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from maps.document import scripts
from maps.document.scripts import join_scripts, order_scripts, read_script

ROOT = Path(__file__).resolve().parents[1]
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
TOKEN = re.compile(r"""/\*\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`""", re.DOTALL)
TOP_LEVEL = re.compile(r"^(?:export )?(?:const|let|function) (?:(\w+)|\[([^\]]*)\]|\{([^}]*)\})", re.MULTILINE)


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stand in for the folder of scripts; tests fill it."""
    texts: dict[str, str] = {}
    monkeypatch.setattr(scripts, "read_script", texts.__getitem__)
    return texts


def test_a_module_comes_after_all_that_it_imports(modules: dict[str, str]) -> None:
    modules["start.js"] = 'import { a } from "./one/a.js";\nimport { b } from "./one/b.js";\n'
    modules["one/a.js"] = 'import {\n  b,\n  c,\n} from "./b.js";\nexport const a = b;\n'
    modules["one/b.js"] = 'import { d } from "../two/d.js";\nexport const b = 1;\n'
    modules["two/d.js"] = "export const d = 1;\n"
    assert order_scripts() == ["two/d.js", "one/b.js", "one/a.js", "start.js"]


def test_a_circle_is_named(modules: dict[str, str]) -> None:
    modules["start.js"] = 'import { a } from "./a.js";\n'
    modules["a.js"] = 'import { b } from "./b.js";\n'
    modules["b.js"] = 'import { a } from "./a.js";\n'
    with pytest.raises(ValueError, match=r"a\.js > b\.js > a\.js"):
        order_scripts()


def test_imports_exports_and_comments_are_left_out_and_nothing_else(modules: dict[str, str]) -> None:
    modules["start.js"] = (
        '// What it does.\n\nimport { a } from "./a.js";\n\n/** Doc. @param {number} x */\n'
        "export function f(x) {\n  // why\n  return /** @type {any} */ (a) + x; // said\n}\n\n/**\n * More\n */\n"
        'export let g = "// no comment";\nexport const h = "; // nor this";\n'
    )
    modules["a.js"] = "export const a = 1;\n"
    assert join_scripts() == (
        '(function () {\n"use strict";\nconst a=1;function f(x){return(a)+x}\n'
        'let g="// no comment";const h="; // nor this";})();'
    )


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("const a = b ? [c, d] : { e: f };", "const a=b?[c,d]:{e:f};"),
        ("x = a - -b + +c - d-- + e++;", "x=a- -b+ +c-d-- +e++;"),
        ('t = "a = b" + c;', 't="a = b"+c;'),
        ("t = 'x , y' + `p , ${q} = r` + s;", "t='x , y'+`p , ${q} = r`+s;"),
        ("t = `a = ${b ? `c = d` : e} f`;", "t = `a = ${b ? `c = d` : e} f`;"),
        ("t = u.replace(/a = b, c/g, d);", "t = u.replace(/a = b, c/g, d);"),
        ("const { a, b } = c; // why", "const{a,b}=c;"),
        ("for (const a of b) if (a in c) return d / 2;", "for(const a of b)if(a in c)return d/2;"),
    ],
)
def test_blanks_go_where_they_mean_nothing(modules: dict[str, str], line: str, short: str) -> None:
    modules["start.js"] = f"{line}\n"
    assert join_scripts() == f'(function () {{\n"use strict";\n{short}}})();'


def test_scripts_import_each_other_in_one_form_only() -> None:
    for name in order_scripts():
        text = read_script(name)
        assert len(re.findall(r"^import\b|\bimport\(", text, re.MULTILINE)) == len(IMPORT.findall(text)), name
        assert " as " not in "".join(names for names, _ in IMPORT.findall(text)), name  # one scope, one name
        assert not re.search(r"^export (?!const |let |function |class )", text, re.MULTILINE), name


def test_draw_knows_no_panel_and_model_knows_neither() -> None:
    allowed = {"model": {"model"}, "draw": {"model", "draw"}, "panel": {"model", "draw", "panel"}}
    for name in order_scripts()[:-1]:
        folder = name.split("/")[0]
        for _, target in IMPORT.findall(read_script(name)):
            parts = target.split("/")
            assert (folder if parts[0] == "." else parts[1]) in allowed[folder], (name, target)


def test_a_name_stands_for_one_thing_in_the_joined_script() -> None:
    names: Counter[str] = Counter()
    for name in order_scripts():
        for single, *several in TOP_LEVEL.findall(read_script(name)):
            names.update([single] if single else re.findall(r"\w+", "".join(several)))
    assert len(names) > 150
    assert [name for name, count in names.items() if count > 1] == []


def test_no_text_looks_like_a_comment() -> None:
    for name in order_scripts():
        script = read_script(name)
        assert all(line.count("`") % 2 == 0 for line in script.splitlines()), name  # a template never spans lines
        for token in TOKEN.findall(script):
            assert token.startswith("/") or "/*" not in token, (name, token)


def test_joined_script_is_small() -> None:
    assert len(join_scripts().encode()) < 190_000  # a quarter of what a page of all cities may take


def find_node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed; the pure parts of the scripts are tested with it")
    return node


def test_joined_script_is_a_script(tmp_path: Path) -> None:
    node = find_node()
    path = tmp_path / "joined.cjs"
    path.write_text(join_scripts(), encoding="utf-8")
    done = subprocess.run([node, "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pure_parts_pass_their_own_tests() -> None:
    node = find_node()
    files = sorted(map(str, (ROOT / "tests" / "scripts").glob("*.test.js")))
    assert len(files) >= 8
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"# tests (?:[4-9]\d|\d{3})", done.stdout)


def test_a_name_is_shortened_where_it_is_nothing_else(modules: dict[str, str]) -> None:
    modules["start.js"] = (
        "function drawBorders() {\n  return makeShape;\n}\nfunction makeShape() {}\nfunction askServer() {}\n"
        'function sayHello() {}\nconst a = b.makeShape();\nconst c = { askServer };\nconst d = "sayHello";\n'
        "const e = [...drawBorders(), `${drawBorders()}`];\n"
    )
    script = join_scripts()
    assert "drawBorders" not in script
    assert script.count("$0(") == 3
    for name in ("makeShape", "askServer", "sayHello"):
        assert f"function {name}(" in script, name
