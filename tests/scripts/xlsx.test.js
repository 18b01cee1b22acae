import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { sumCrc, writeWorkbook } from "../../maps/static/scripts/model/xlsx.js";

/** The parts of a zip, by its directory. @param {Uint8Array} file */
function readZip(file) {
  const view = new DataView(file.buffer);
  const end = file.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  /** @type {Record<string, string>} */
  const parts = {};
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i += 1) {
    const [size, name] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const local = view.getUint32(at + 42, true);
    const title = Buffer.from(file.slice(at + 46, at + 46 + name)).toString();
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const bytes = file.slice(from, from + size);
    assert.equal(view.getUint16(local + 8, true), 0, "stored");
    assert.equal(view.getUint32(local + 14, true), crc32(bytes));
    parts[title] = Buffer.from(bytes).toString();
    at += 46 + name;
  }
  return parts;
}

test("the sum is that of everybody", () => {
  assert.equal(sumCrc(new TextEncoder().encode("123456789")), 0xcbf43926);
  assert.equal(sumCrc(new Uint8Array()), 0);
});

test("numbers are numbers, texts are texts, nothing is a formula", () => {
  const parts = readZip(
    writeWorkbook([
      {
        name: "A",
        rows: [
          ["n", 'x"'],
          [1.5, "=1+1"],
          [null, "a<b&c\u0001"],
        ],
        head: 1,
      },
    ]),
  );
  const sheet = parts["xl/worksheets/sheet1.xml"];
  assert.match(sheet, /<c r="A2"><v>1.5<\/v><\/c>/);
  assert.match(sheet, /<c r="B2" t="inlineStr"><is><t xml:space="preserve">=1\+1<\/t>/);
  assert.match(sheet, /a&lt;b&amp;c\ufffd/);
  assert.doesNotMatch(sheet, /<f[ >]/);
  assert.doesNotMatch(sheet, /r="A3"/); // nothing is not zero
  assert.match(sheet, /<pane ySplit="1"/);
  assert.match(sheet, /<c r="A1" t="inlineStr" s="1">/);
});

test("columns beyond Z, numbers that are none, texts that are too long", () => {
  const row = [...Array(27).fill(1), Number.NaN, "y".repeat(40000)];
  const sheet = readZip(writeWorkbook([{ name: "A", rows: [row] }]))["xl/worksheets/sheet1.xml"];
  assert.match(sheet, /r="AA1"/);
  assert.doesNotMatch(sheet, /r="AB1"/);
  assert.equal(sheet.match(/y+/g)?.sort((a, b) => b.length - a.length)[0].length, 32767);
});

test("names of sheets are what Excel takes, none twice", () => {
  const sheets = ["a/b:c", "A_B_C", "", "长".repeat(40)].map((name) => ({ name, rows: [[1]] }));
  const names = [...readZip(writeWorkbook(sheets))["xl/workbook.xml"].matchAll(/sheet name="([^"]*)"/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(names, ["a_b_c", "A_B_C (2)", "_", "长".repeat(31)]);
});

test("the same table gives the same bytes", () => {
  const [one, two] = [0, 1].map(() => writeWorkbook([{ name: "A", rows: [[1, "x"]] }]));
  assert.deepEqual(one, two);
});
