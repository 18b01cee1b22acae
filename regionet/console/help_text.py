"""The help of the command line in Chinese: the same texts, looked up in ``help.yaml`` and set in columns."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from regionet.console.language import Language, find_language

_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Usage: ": "用法：",
    "[OPTIONS] COMMAND [ARGS]...": "[选项] 命令 [参数]...",
    "[OPTIONS]": "[选项]",
}
_REMARKS = {"default: ": "默认：", "(dynamic)": "随系统", "required": "必填", "; ": "；"}
_REMARK = re.compile(r"^(.*?)(?:  \[([^\[\]]*)\])?$", re.DOTALL)
_WIDEST_TERM = 32
_PIECE = re.compile("(?:[!-~]+|[^!-~])[，。；：、）］”]*")


@cache
def read_help() -> Mapping[str, str]:
    """Return English help text -> Chinese."""
    import yaml

    path = Path(__file__).with_name("help.yaml")
    # The loader in C takes a quarter of the time; builds without it have the other one.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, str] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe
    return {_join(english): chinese for english, chinese in found.items()}


def translate(text: str) -> str:
    """Return a help text in Chinese, paragraph by paragraph; what is not known stays as it is."""
    known = read_help()
    return "\n\n".join(known.get(_join(part), part) for part in re.split(r"\n\s*\n", text.strip()))


def _join(text: str) -> str:
    return " ".join(text.split())


class BilingualGroup(TyperGroup):
    """The commands, with help in the language that is asked for, or that of the system."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - click's own
        """Choose the language before anything is parsed: ``--help`` is answered while parsing."""
        if _find_asked(args) is Language.ZH:
            for command in (self, *self.commands.values()):
                command.context_class = _translate_context(command.context_class)
                command.help = translate(command.help or "")
                command.short_help = command.help.split("\n\n", maxsplit=1)[0]
        return super().make_context(info_name, args, parent, **extra)


def _find_asked(args: Sequence[str]) -> Language:
    words = [word.removeprefix("--lang=") for word in args]
    return next((Language(word) for word in words if word in set(Language)), None) or find_language()


def _translate_context(context: Any) -> Any:  # noqa: ANN401 - a class of click, which typer may bring along
    """Return a context whose formatter writes Chinese."""
    formatter = type("ChineseFormatter", (_Chinese, context.formatter_class), {})
    return type("ChineseContext", (context,), {"formatter_class": formatter})


class _Chinese:
    """What a formatter of click does, with Chinese headings; a Chinese letter is two columns wide."""

    width: int
    current_indent: int
    write: Callable[[str], None]

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        said = _WORDS.get(args, args.replace("[OPTIONS]", _WORDS["[OPTIONS]"]))
        super().write_usage(prog, said, "用法：")  # type: ignore[misc]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_WORDS.get(name, name)):  # type: ignore[misc]
            yield

    def write_text(self, text: str) -> None:
        paragraphs = [_wrap(paragraph, self.width - self.current_indent) for paragraph in text.split("\n\n")]
        indent = " " * self.current_indent
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = 2) -> None:
        width = min(max(len(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * (self.current_indent + width)
        for term, text in rows:
            head = " " * self.current_indent + term
            lines = _wrap(_translate_row(text), self.width - len(indent))
            if len(term) + col_spacing > width:
                self.write(head + "\n")
                head = ""
            self.write(f"{head.ljust(len(indent))}{lines[0]}\n")
            self.write("".join(f"{indent}{line}\n" for line in lines[1:]))


def _translate_row(text: str) -> str:
    match = _REMARK.match(text)
    plain, remark = match.groups() if match else (text, None)
    said = translate(plain)
    for english, chinese in _REMARKS.items():
        remark = remark.replace(english, chinese) if remark else remark
    return f"{said}［{remark}］" if remark else said


def _wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns, at blanks or between Chinese letters, not before a mark."""
    lines, room = [""], width
    for piece in _PIECE.findall(_join(text)):
        columns = sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in piece)
        if columns > room:
            lines.append("")
            room = width
        lines[-1] += piece if lines[-1] or not piece.isspace() else ""
        room -= columns
    return [line.rstrip() for line in lines]
