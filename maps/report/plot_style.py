"""How figures for papers look: fonts that have Chinese, colours of the page, files that are the same each time."""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regions.errors import MissingExtraError
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

DPI = 200
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
    "SimSun",
    "Noto Serif CJK SC",
)
"""Fonts that have Chinese characters, the best for figures first."""

NO_FONT = Words(
    "No font with Chinese characters is installed, so the figures are labelled in English. Install one (for example "
    "Noto Sans CJK SC; Debian: fonts-noto-cjk) and run again.",
    "未找到中文字体，图中文字改用英文。请安装一种中文字体（如 Noto Sans CJK SC；Debian 软件包 fonts-noto-cjk）"
    "后重新运行。",
)
_FIRST_CHINESE = 0x2E80
_PARTS_OF_SVG = {"svg.fonttype": "path", "svg.hashsalt": "regionet"}  # outlines: the picture needs no font
_LOOK: dict[Any, Any] = {
    "text.parse_math": False,  # a name with a dollar sign is no formula
    "axes.unicode_minus": False,
    "font.size": 9,
    "axes.edgecolor": "#56636e",
    "axes.labelcolor": "#1c2329",
    "xtick.color": "#56636e",
    "ytick.color": "#56636e",
    "text.color": "#1c2329",
    **_PARTS_OF_SVG,
}


@dataclass(frozen=True, slots=True)
class Voice:
    """The language that the figures can speak on this machine.

    Attributes
    ----------
    language
        ``zh`` or ``en``; English where Chinese was asked for and no font has it.
    fonts
        Names of fonts, the first wanted first.
    chinese
        Whether one of them has Chinese characters.
    """

    language: str
    fonts: tuple[str, ...]
    chinese: bool

    def say(self, words: Words) -> str:
        """Return the words in the language."""
        return words.text(self.language)

    def name(self, words: Words, code: str) -> str:
        """Return a name that can be drawn: the code of the region where the name needs a font that is not there."""
        text = _strip(self.say(words))
        needs = any(ord(letter) >= _FIRST_CHINESE for letter in text)
        return _strip(code) if not text or (needs and not self.chinese) else text


@dataclass(frozen=True, slots=True)
class Figure:
    """A finished figure.

    Attributes
    ----------
    name
        Stem of its files.
    png, svg
        The pictures; the same input gives the same bytes.
    caption, alt
        Its caption, and what it shows in words for those who do not see it.
    """

    name: str
    png: bytes
    svg: bytes
    caption: Words
    alt: Words


def find_voice(language: str) -> Voice:
    """Find the fonts for the figures.

    Raises
    ------
    MissingExtraError
        matplotlib is not installed.
    """
    try:
        from matplotlib import font_manager  # noqa: PLC0415 - an extra, only where figures are drawn
    except ImportError as error:
        raise MissingExtraError("matplotlib", "report") from error
    installed = {font.name for font in font_manager.fontManager.ttflist}
    chinese = tuple(name for name in CHINESE_FONTS if name in installed)[:1]
    spoken = language if language == "en" or chinese else "en"
    fonts = (*chinese, "DejaVu Sans") if spoken == "zh" else ("DejaVu Sans", *chinese)
    return Voice(spoken, fonts, bool(chinese))


@contextmanager
def drawing(voice: Voice, size: tuple[float, float]) -> "Iterator[Drawing]":
    """Give an empty drawing of so many inches, in the look of all figures; letters no font has are drawn as boxes."""
    import matplotlib as mpl  # noqa: PLC0415 - as above
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - as above
    from matplotlib.figure import Figure as Drawing  # noqa: PLC0415 - as above

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it tells of fonts it does without
    with mpl.rc_context({**_LOOK, "font.family": list(voice.fonts)}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Drawing(figsize=size, facecolor="white")
        FigureCanvasAgg(figure)
        yield figure


def save(figure: "Drawing") -> tuple[bytes, bytes]:
    """Return a drawing as PNG and SVG; nothing in them tells time or program. Call it inside `drawing`."""
    pictures = []
    for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None, "Creator": None})):
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, dpi=DPI, metadata=metadata)
        pictures.append(buffer.getvalue())
    return pictures[0], pictures[1]


def _strip(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:40]
