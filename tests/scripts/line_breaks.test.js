import assert from "node:assert/strict";
import { test } from "node:test";
import { breakWords } from "../../maps/static/scripts/model/line_breaks.js";

const upTo = (/** @type {number} */ most) => (/** @type {string} */ line) => [...line].length <= most;

test("words stay whole and blanks do not begin or end a line", () => {
  assert.deepEqual(breakWords("one two three four", upTo(8)), ["one two", "three", "four"]);
  assert.deepEqual(breakWords("  one", upTo(8)), ["one"]);
  assert.deepEqual(breakWords("", upTo(8)), []);
});

test("Chinese breaks anywhere but before a stop", () => {
  assert.deepEqual(breakWords("甲乙丙丁，戊己", upTo(4)), ["甲乙丙", "丁，戊己"]);
});

test("a word that is too long stands alone", () => {
  assert.deepEqual(breakWords("a incomprehensible b", upTo(5)), ["a", "incomprehensible", "b"]);
});

test("nothing is lost", () => {
  const text = "示意图 · Sources: GB/T 2260; 2011 年 (http://example.org/a-b_c), “引号”。End";
  for (const most of [3, 7, 20])
    assert.equal(breakWords(text, upTo(most)).join("").replace(/ /g, ""), text.replace(/ /g, ""));
});
