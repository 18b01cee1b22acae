"""The frame of a figure that stands alone: its title above, its source and what to note below, both languages known."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maps.report.plot_style import Figure, Voice, drawing, save
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WIDTH = 6.8
"""Inches: as wide as the text of an A4 page nearly is, so that letters keep their size there."""

INK, SOFT, RULE, LINE, MARK = "#1c2329", "#56636e", "#dde3e8", "#1d6f8e", "#c4501b"
STYLES = (("#1c2329", "-"), ("#1d6f8e", "--"), ("#c4501b", "-."), ("#7a6f5d", ":"))
"""A colour and a dash for each line, so that lines are told apart without colour."""

_TITLE, _NOTE = 11, 7.5
_LETTER = {"zh": 0.0071, "en": 0.0084}  # inches of a Latin letter or half a Chinese character, of a point
_BOLD = 1.12
_LINE = 1.5 / 72  # inches of a line, of a point
_FIRST_CHINESE = 0x2E80
_PIECES = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+")
_NEVER_FIRST = "，。；：、）》”％"


@dataclass(frozen=True, slots=True)
class FigureText:
    """What stands round a figure and in place of it.

    Attributes
    ----------
    title
        Above it, and its caption.
    note
        Below it: how to read it, and what it cannot say.
    source
        Whence the data are.
    alt
        What it shows, for those who do not see it.
    """

    title: Words
    note: Words
    source: Words
    alt: Words

    def list_foot(self) -> Words:
        """Return the note and the source, as they stand below."""
        return Words(f"{self.note.en} Source: {self.source.en}", f"{self.note.zh}来源：{self.source.zh}")


@dataclass(frozen=True, slots=True)
class FigureFrame:
    """A drawing with its title and foot; ``low`` and ``high`` bound what is free, in inches."""

    drawing: "Drawing"
    size: tuple[float, float]
    low: float
    high: float

    def add_axes(self, left: float, right: float, below: float, above: float = 0.05) -> "Axes":
        """Add axes from ``left`` to ``right`` inches, so far from the free room's ends; ``right`` counts from 0."""
        wide, tall = self.size
        bottom, top = self.low + below, self.high - above
        axes = self.drawing.add_axes((left / wide, bottom / tall, (right - left) / wide, (top - bottom) / tall))
        axes.spines[["top", "right"]].set_visible(False)
        return axes


@contextmanager
def frame_figure(text: FigureText, voice: Voice, room: float) -> Iterator[FigureFrame]:
    """Give a drawing with title and foot, and ``room`` inches of height between them."""
    letters = (WIDTH - 0.2) / _LETTER[voice.language]
    title = wrap_words(voice.say(text.title), letters / (_TITLE * _BOLD))
    foot = wrap_words(voice.say(text.list_foot()), letters / _NOTE)
    above = 0.06 + len(title) * _TITLE * _LINE
    below = 0.1 + len(foot) * _NOTE * _LINE
    size = (WIDTH, room + above + below)
    with drawing(voice, size) as figure:
        figure.text(
            0.1 / WIDTH, 1 - 0.08 / size[1], "\n".join(title), fontsize=_TITLE, fontweight="bold", va="top", color=INK
        )
        figure.text(0.1 / WIDTH, 0.06 / size[1], "\n".join(foot), fontsize=_NOTE, va="bottom", color=SOFT)
        yield FigureFrame(figure, size, below, below + room)


def finish_figure(frame: FigureFrame, name: str, text: FigureText, voice: Voice) -> Figure:
    """Return the finished figure; its SVG says title and alternative text by itself."""
    png, svg = save(frame.drawing)
    said = (html.escape(voice.say(words), quote=False) for words in (text.title, text.alt))
    title, alt = said
    opened = re.sub(
        rb"<svg ([^>]*)>",
        lambda found: (
            b'<svg role="img" %s><title>%s</title><desc>%s</desc>' % (found.group(1), title.encode(), alt.encode())
        ),
        svg,
        count=1,
    )
    return Figure(f"figure-{name}", png, opened, text.title, text.alt)


def wrap_words(text: str, letters: float) -> list[str]:
    """Break a text into lines of so many letters, a Chinese character counting for two; no line begins with a stop.

    Examples
    --------
    >>> wrap_words("one two three", 8)
    ['one two', 'three']
    >>> wrap_words("一二三四，五", 8)
    ['一二三四，', '五']
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        wide = measure_letters(lines[-1] + piece.rstrip()) > letters
        if wide and lines[-1] and piece not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def measure_letters(text: str) -> int:
    """Return the width of a text in Latin letters."""
    return sum(1 + (ord(letter) >= _FIRST_CHINESE) for letter in text)


def choose_years(years: list[int], most: int = 4) -> list[int]:
    """Choose up to ``most`` years from the first to the last, evenly.

    Examples
    --------
    >>> choose_years([2005, 2006, 2007, 2008, 2009, 2010, 2011])
    [2005, 2007, 2009, 2011]
    """
    known = sorted(set(years))
    if len(known) <= most:
        return known
    return [known[round(step * (len(known) - 1) / (most - 1))] for step in range(most)]
