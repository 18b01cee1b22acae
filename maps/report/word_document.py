"""Write a report as a Word document that a planner edits: real styles, Chinese fonts, captions, alternative text."""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maps.exchange.table_files import find_moment
from maps.report.document_blocks import Block, FigureBlock, Heading, Paragraph, TableBlock
from maps.words.report_text import REPORT
from regions.errors import MissingExtraError
from regions.files.writing import atomic_path

if TYPE_CHECKING:
    from docx.document import Document

LATIN, CHINESE = "Calibri", "Microsoft YaHei"
_INK, _ACCENT, _SOFT = "1C2329", "1D6F8E", "56636E"
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12, "Caption": 9, "Normal": 10.5}
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP archive can tell
_EMU = 360_000  # of a centimetre
_WIDE = 16.2  # centimetres between the margins
_MARGIN = 60  # twentieths of a point beside the letters of a cell
_BESIDE = 0.35  # centimetres of every column besides its letters
_BOLD = 1.2  # how much wider than other letters those of a header are
_LONG, _HEAD = 60, 3  # letters: beyond which a text breaks, a Chinese header breaks
_XML_BAD = {*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)}
_BAD = dict.fromkeys(_XML_BAD, "\N{REPLACEMENT CHARACTER}")


def check_installed() -> None:
    """Look for the packages of the extra before the work begins.

    Raises
    ------
    MissingExtraError
        Naming the first that is missing.
    """
    for module, package in (("docx", "python-docx"), ("matplotlib", "matplotlib")):
        if find_spec(module) is None:
            raise MissingExtraError(package, "report")


def write_document(
    blocks: Sequence[Block], path: str | Path, *, title: str, language: str, run: str, foot: str = ""
) -> None:
    """Write the blocks as ``.docx``, atomically; the same blocks give the same bytes.

    Every style carries its Chinese font (``w:eastAsia``), headings too; captions are numbered by fields of Word, so
    that a table put between others counts on; figures have alternative text; header rows are repeated on every page.

    Parameters
    ----------
    blocks
        The report.
    path
        Ends in ``.docx``.
    title, run, foot
        For the properties of the document, and the text at the foot of every page.
    language
        ``zh`` or ``en``: of the captions and of spelling.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an extra, only where a document is written
    except ImportError as error:
        raise MissingExtraError("python-docx", "report") from error
    document = docx.Document()
    _set_properties(document, _clean(title), language, run)
    _set_styles(document, language)
    _set_page(document, _clean(foot))
    writer = _Writer(document, language)
    for block in blocks:
        writer.write(block)
    buffer = io.BytesIO()
    document.save(buffer)
    with atomic_path(path) as temporary:
        temporary.write_bytes(_settle(buffer.getvalue()))


def _settle(archive: bytes) -> bytes:
    """Return the archive without the time at which its parts were written."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return settled.getvalue()


def _set_properties(document: "Document", title: str, language: str, run: str) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], "regionet", "regionet"
    core.comments, core.identifier, core.revision = "", run, 1
    core.language = "zh-CN" if language == "zh" else "en-GB"
    core.created = core.modified = find_moment().replace(tzinfo=None)


def _set_styles(document: "Document", language: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - as above

    for style in document.styles:
        properties: Any = style.element
        if style.type is not None and hasattr(style, "font") and style.font is not None:
            fonts = properties.get_or_add_rPr().get_or_add_rFonts()
            for key in [key for key in fonts.attrib if "Theme" in str(key)]:
                del fonts.attrib[key]  # a font of the theme would win over the one named here
            for kind, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", CHINESE)):
                fonts.set(qn(f"w:{kind}"), font)
        if style.name in _SIZES:
            style.font.size = Pt(_SIZES[style.name])
            style.font.color.rgb = RGBColor.from_string(_ACCENT if style.name.startswith("Head") else _INK)
    document.styles["Caption"].font.bold = False
    document.styles["Caption"].font.color.rgb = RGBColor.from_string(_SOFT)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15 if language == "zh" else 1.08
    _set_language(document, language)


def _set_language(document: "Document", language: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    properties = document.styles["Normal"].element.get_or_add_rPr()
    spelling = OxmlElement("w:lang")
    spelling.set(qn("w:val"), "en-GB")
    spelling.set(qn("w:eastAsia"), "zh-CN")
    properties.append(spelling)
    del language


def _set_page(document: "Document", foot: str) -> None:
    """Make it A4 with a foot that has the page number."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Cm  # noqa: PLC0415 - as above

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.style = document.styles["Caption"]
    line.add_run(f"{foot}  ·  ")
    _add_field(line, "PAGE", "1")


def _add_field(paragraph: Any, code: str, shown: str) -> None:  # noqa: ANN401 - a paragraph of python-docx
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    held = OxmlElement("w:fldSimple")
    held.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    held.append(run._r)  # noqa: SLF001 - python-docx has no fields of its own
    paragraph._p.append(held)  # noqa: SLF001 - as above


def _clean(text: str) -> str:
    return text.translate(_BAD)


class _Writer:
    """Puts blocks into a document; a state, because captions are counted."""

    def __init__(self, document: "Document", language: str) -> None:
        self.document = document
        self.language = language
        self.counts = {"table": 0, "figure": 0}

    def write(self, block: Block) -> None:
        """Put one block at the end."""
        if isinstance(block, Heading):
            heading = self.document.add_heading(_clean(block.text), block.level)
            heading.paragraph_format.page_break_before = block.new_page
        elif isinstance(block, Paragraph):
            self._write_paragraph(block)
        elif isinstance(block, TableBlock):
            self._write_table(block)
        else:
            self._write_figure(block)

    def _write_paragraph(self, block: Paragraph) -> None:
        from docx.shared import Pt, RGBColor  # noqa: PLC0415 - as above

        style = "List Bullet" if block.style == "bullet" else "Normal"
        paragraph = self.document.add_paragraph(style=style)
        if block.label:
            colon = "：" if self.language == "zh" else ": "
            colon = colon if block.label[-1].isalnum() else " "
            paragraph.add_run(_clean(block.label) + colon).bold = True
        run = paragraph.add_run(_clean(block.text))
        if block.style == "lead":
            run.bold, run.font.size = True, Pt(14)
        if block.style == "quiet":
            run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_SOFT)

    def _write_caption(self, kind: str, text: str, *, keep: bool) -> None:
        self.counts[kind] += 1
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(REPORT[kind].text(self.language) + " ")
        _add_field(paragraph, f"SEQ {kind.title()} \\* ARABIC", str(self.counts[kind]))
        paragraph.add_run(("  " if self.language == "zh" else ". ") + _clean(text))

    def _write_table(self, block: TableBlock) -> None:
        from docx.shared import Emu  # noqa: PLC0415 - as above

        self._write_caption("table", block.caption, keep=True)
        table = self.document.add_table(rows=1, cols=len(block.headers), style="Table Grid")
        table.autofit = False
        _set_margins(table)
        for column, width in zip(table.columns, _share_width(block), strict=True):
            column.width = Emu(width)
        _fill_row(table.rows[0], block.headers, block.numeric, head=True)
        for cells in block.rows:
            _fill_row(table.add_row(), cells, block.numeric, head=False)
        for row in table.rows:  # Word goes by the cells, other programs by the columns
            for cell, column in zip(row.cells, table.columns, strict=True):
                cell.width = column.width
        self.document.add_paragraph()

    def _write_figure(self, block: FigureBlock) -> None:
        from docx.shared import Emu  # noqa: PLC0415 - as above

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        width = Emu(int(block.width * _EMU))
        shape = paragraph.add_run().add_picture(io.BytesIO(block.figure.png), width=width)
        words = shape._inline.docPr  # noqa: SLF001 - python-docx has no alternative text of its own
        words.set("descr", _clean(block.figure.alt.text(self.language)))
        words.set("title", _clean(block.figure.caption.text(self.language)))
        words.set("name", block.figure.name)
        self._write_caption("figure", block.caption, keep=False)


def _set_margins(table: Any) -> None:  # noqa: ANN401 - a table of python-docx
    """Leave less room beside the letters of a cell than Word does: many columns share a page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001 - as above; Word insists on the order


def _share_width(block: TableBlock) -> list[int]:
    """Share the width of the page by the longest text of each column; numbers never break, long texts do."""
    shares = []
    for number, header, *cells in zip(block.numeric, block.headers, *block.rows, strict=True):
        longest = max((_measure(cell) for cell in cells), default=0)
        head = _BOLD * max((_measure(word) for word in _split_words(header)), default=0)
        shares.append(max(longest if number else min(longest, _LONG), head, 1))
    room = _WIDE - _BESIDE * len(shares)
    return [int((_BESIDE + room * share / sum(shares)) * _EMU) for share in shares]


def _split_words(header: str) -> list[str]:
    """Return where a header may break: at blanks, and after three characters of Chinese."""
    return [word for part in header.split() for word in ([part] if part.isascii() else textwrap.wrap(part, _HEAD))]


def _measure(text: str) -> int:
    return len(text) + sum(letter > "\u2e7f" for letter in text)


def _fill_row(row: Any, cells: Sequence[str], numeric: Sequence[bool], *, head: bool) -> None:  # noqa: ANN401 - of python-docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Pt  # noqa: PLC0415 - as above

    marks = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        marks.append(OxmlElement(name))
    for cell, text, number in zip(row.cells, cells, numeric, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(1), 1.0
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(_clean(text))
        run.font.size, run.bold = Pt(8.5), head
        if head:
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E3ECF1")):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above
