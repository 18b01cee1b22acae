// A workbook without a library: a zip of stored parts. Texts stay texts; there are no formulas and no links.

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PART = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const LONGEST_TEXT = 32767;
const LONGEST_NAME = 31;
const WIDEST_COLUMN = 48;
const DATE = 0x5a21; // 1 January 2025: the same bytes from the same table
/** Characters that XML does not allow: signs for machines, halves of characters. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

const CRC = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** @param {Uint8Array} bytes */
export function sumCrc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** @param {unknown} text */
function xml(text) {
  const clean = String(text).replace(FORBIDDEN, "\ufffd");
  return clean.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** A, B, ... Z, AA, ... @param {number} place from 0 */
function columnName(place) {
  let [name, rest] = ["", place + 1];
  while (rest > 0) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
    rest = Math.floor((rest - 1) / 26);
  }
  return name;
}

/** @param {unknown} value @param {string} at @param {boolean} bold */
function cell(value, at, bold) {
  if (value === null || value === undefined || value === "") return "";
  const style = bold ? ' s="1"' : "";
  if (typeof value === "number") return Number.isFinite(value) ? `<c r="${at}"${style}><v>${value}</v></c>` : "";
  const text = xml(String(value).slice(0, LONGEST_TEXT));
  return `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** Room for the longest text; a Chinese character takes two. @param {Sheet} sheet */
function columnWidths({ rows }) {
  const count = Math.max(1, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, place) => {
    const texts = rows.slice(0, 200).map((row) => String(row[place] ?? ""));
    const lengths = texts.map((text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0));
    return Math.min(WIDEST_COLUMN, Math.max(8, ...lengths) + 2);
  });
  return widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join("");
}

/** @param {Sheet} sheet */
function writeSheet(sheet) {
  const { rows, head = 0 } = sheet;
  const lines = rows.map((row, y) => {
    const cells = row.map((value, x) => cell(value, `${columnName(x)}${y + 1}`, y < head)).join("");
    return `<row r="${y + 1}">${cells}</row>`;
  });
  const pane = head
    ? `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    : "";
  return `${DECLARED}<worksheet xmlns="${MAIN}">${pane}<cols>${columnWidths(sheet)}</cols><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

/** Names that Excel takes: without its signs, not too long, none twice. @param {Sheet[]} sheets */
function nameSheets(sheets) {
  /** @type {string[]} */
  const names = [];
  for (const { name } of sheets) {
    const clean = name.replace(/[\\/?*[\]:]/g, "_").replace(/^'|'$/g, "_") || "_";
    let [chosen, n] = [clean.slice(0, LONGEST_NAME), 2];
    while (names.some((other) => other.toLowerCase() === chosen.toLowerCase())) {
      chosen = `${clean.slice(0, LONGEST_NAME - 4)} (${n})`;
      n += 1;
    }
    names.push(chosen);
  }
  return names;
}

const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/**
 * @param {Sheet[]} sheets
 * @returns {Uint8Array} the file
 */
export function writeWorkbook(sheets) {
  const names = nameSheets(sheets);
  const list = names.map((name, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("");
  const relate = (/** @type {string} */ id, /** @type {string} */ kind, /** @type {string} */ target) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const parts = names.map((_, i) => relate(`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("");
  const declare = (/** @type {string} */ part, /** @type {string} */ kind) =>
    `<Override PartName="${part}" ContentType="${PART}.${kind}+xml"/>`;
  const declared = names.map((_, i) => declare(`/xl/worksheets/sheet${i + 1}.xml`, "worksheet")).join("");
  const types = "http://schemas.openxmlformats.org/package/2006/content-types";
  return writeZip([
    [
      "[Content_Types].xml",
      `${DECLARED}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${declare("/xl/workbook.xml", "sheet.main")}${declare("/xl/styles.xml", "styles")}${declared}</Types>`,
    ],
    [
      "_rels/.rels",
      `${DECLARED}<Relationships xmlns="${RELATIONS}">${relate("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ],
    ["xl/workbook.xml", `${DECLARED}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list}</sheets></workbook>`],
    [
      "xl/_rels/workbook.xml.rels",
      `${DECLARED}<Relationships xmlns="${RELATIONS}">${parts}${relate("rIdStyles", "styles", "styles.xml")}</Relationships>`,
    ],
    ["xl/styles.xml", DECLARED + STYLES],
    ...sheets.map(
      (sheet, i) => /** @type {[string, string]} */ ([`xl/worksheets/sheet${i + 1}.xml`, writeSheet(sheet)]),
    ),
  ]);
}

/** Numbers, the lowest byte first. @param {number[]} values a number and of how many bytes it is, and so on */
function little(...values) {
  const bytes = [];
  for (let i = 0; i < values.length; i += 2) {
    for (let byte = 0; byte < values[i + 1]; byte += 1) bytes.push((values[i] / 256 ** byte) & 255);
  }
  return bytes;
}

/** @param {[string, string][]} files name and text @returns {Uint8Array} */
function writeZip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const pieces = [];
  /** @type {Uint8Array[]} */
  const directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const [title, body] = [encoder.encode(name), encoder.encode(text)];
    // Version, flag for UTF-8, stored, time, date, sum, sizes, length of the name, no extra field.
    const shared = little(
      20,
      2,
      0x800,
      2,
      0,
      2,
      0,
      2,
      DATE,
      2,
      sumCrc(body),
      4,
      body.length,
      4,
      body.length,
      4,
      title.length,
      2,
      0,
      2,
    );
    directory.push(
      Uint8Array.from([...little(0x02014b50, 4, 20, 2), ...shared, ...little(0, 2, 0, 2, 0, 2, 0, 4, at, 4), ...title]),
    );
    const head = Uint8Array.from([...little(0x04034b50, 4), ...shared, ...title]);
    pieces.push(head, body);
    at += head.length + body.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const count = files.length;
  const end = Uint8Array.from(little(0x06054b50, 4, 0, 2, 0, 2, count, 2, count, 2, size, 4, at, 4, 0, 2));
  return joinBytes([...pieces, ...directory, end]);
}

/** @param {Uint8Array[]} pieces */
function joinBytes(pieces) {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
