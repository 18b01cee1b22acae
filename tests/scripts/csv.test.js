// A table as a file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvCell, writeCsv } from "../../maps/static/scripts/model/csv.js";

test("a text that begins like a formula is quoted, a number is not", () => {
  assert.deepEqual(["=1+1", "+1", "-1", "@A", "\tx"].map(csvCell), ["'=1+1", "'+1", "'-1", "'@A", "'\tx"]);
  assert.equal(csvCell(-8), "-8");
});

test("commas, quotes and line ends are put in quotes", () => {
  assert.equal(csvCell('a,"b"'), '"a,""b"""');
  assert.equal(csvCell("a\nb"), '"a\nb"');
  assert.equal(csvCell("\rx"), '"\'\rx"');
});

test("the absent is empty, zero is not", () => {
  assert.deepEqual([null, undefined, 0].map(csvCell), ["", "", "0"]);
});

test("a file begins with its mark and ends each line as spreadsheets do", () => {
  assert.equal(writeCsv({ name: "t", head: ["a", "b"], rows: [[1, null]] }), "\ufeffa,b\r\n1,\r\n");
});
