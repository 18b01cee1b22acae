"""The scripts of the page: modules of ``maps/static/scripts``, put one after the other into one script."""

import posixpath
import re

import numpy as np

from maps.document.offline import read_asset

ENTRY = "start.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|let|function|class)", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
_LINE_COMMENT = re.compile(r"""(?<=[;,{}]) // [^"'`\n]*$""", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_EMPTY_LINE = re.compile(r"^[ \t]*(?://[^\n]*)?\n", re.MULTILINE)
_REGULAR = re.compile(r"[(,=:\[!&|?{};] ?/[^/*]|return /")
_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)""")
_BLANK = re.compile(r" ?([=,{}();:?<>*&|\[\]!%]) ?|(?<![+-]) ?([+-]) ?(?![+-])| (/) ")
_CLOSED_END = re.compile(r"[,;]\n(?=[}\])])")
_FUNCTION = re.compile(r"^(?:export )?function ([a-z]+[A-Z]\w*)", re.MULTILINE)
_QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_PROPERTY = re.compile(r"(?<!\.\.)\.(\w+)")
_KEY = re.compile(r"(?<=[{,]) ?(\w+) ?(?=[,}:])")
_WORD = re.compile(r"\w+")
_OPEN_END = re.compile(r"([{,;(])\n")


def read_script(name: str) -> str:
    """Return the text of a module by its path in ``maps/static/scripts``, such as ``model/rings.js``."""
    return read_asset(f"scripts/{name}")


def order_scripts(entry: str = ENTRY) -> list[str]:
    """List a module and all it imports, each after those that it imports itself.

    Raises
    ------
    ValueError
        Modules import each other in a circle; the message names it.
    """
    ordered: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError("Scripts import each other: " + " > ".join((*above[above.index(name) :], name)))
        if name in ordered:
            return
        for target in _IMPORT.findall(read_script(name)):
            visit(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)), (*above, name))
        ordered.append(name)

    visit(entry, ())
    return ordered


def join_scripts(entry: str = ENTRY) -> str:
    """Return one script, of the page by default: modules in order in one scope; no imports, exports, comments, indents.

    The modules are ordinary ES modules: editors, type checkers and tests run them as they are, and a wheel needs
    nothing but their text. In one scope a name can mean one thing only, which a test holds.
    """
    modules = [read_script(name) for name in order_scripts(entry)]
    body = _shorten_names("".join(map(_strip, modules)), "".join(modules))
    return f'(function () {{\n"use strict";\n{body}}})();'


def _shorten_names(body: str, source: str) -> str:
    """Give names of functions two characters, where a name can be nothing else: no property, no key, no text.

    Such a name stands for one thing in the whole script, so that all its places can be changed alike.
    """
    texts = " ".join(_QUOTED.findall(body))
    kept = {*_PROPERTY.findall(body), *_KEY.findall(body), *_WORD.findall(texts)}
    names = sorted(set(_FUNCTION.findall(source)) - kept)
    short = {name: f"${np.base_repr(place, 36).lower()}" for place, name in enumerate(names)}
    return _WORD.sub(lambda word: short.get(word[0], word[0]), body)


def _strip(module: str) -> str:
    code = _BLOCK_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", module)))
    code = _INDENT.sub("", _EMPTY_LINE.sub("", _LINE_COMMENT.sub("", code)))
    tight = "\n".join(map(_tighten, code.split("\n")))
    return _OPEN_END.sub(r"\1", _CLOSED_END.sub("", tight))


def _tighten(line: str) -> str:
    """Take out blanks that mean nothing; a line with templates in templates or a regular expression stays."""
    if line.count("`") > 2 or _REGULAR.search(line):  # noqa: PLR2004 - one template has two marks
        return line
    parts = _STRING.split(line)
    return "".join(part if place % 2 else _BLANK.sub(r"\1\2\3", part) for place, part in enumerate(parts))
