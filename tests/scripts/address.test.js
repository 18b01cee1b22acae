// The state of the page in its address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress, writeAddress } from "../../maps/static/scripts/model/address.js";

const opening = {
  lang: "zh",
  view: "brief",
  tab: "gaps",
  score: "strength",
  layer: "",
  region: "",
  pair: "",
  with: "",
  year: "",
  compare: "",
  part: "",
  links: "80",
  gaps: "10",
  hide: "",
  only: "",
  words: "",
  mine: "",
  group: "",
  grade: "",
  field: "",
  path: "",
  sort: "",
};

test("nothing is written where nothing differs", () => {
  assert.equal(writeAddress(opening, opening), "");
  assert.deepEqual(readAddress("", opening), opening);
  assert.deepEqual(readAddress("#", opening), opening);
});

test("only what differs is written, in one order", () => {
  const shown = { ...opening, region: "320500", tab: "region", lang: "en" };
  assert.equal(writeAddress(shown, opening), "#lang=en&tab=region&region=320500");
});

test("what was written is read again, whatever the codes are", () => {
  for (const code of ["A&B=C#D", "北 京", "%41", "<script>", "+1", "a/b?c"]) {
    const shown = { ...opening, pair: code, with: "x" };
    assert.deepEqual(readAddress(writeAddress(shown, opening), opening), shown);
  }
});

test("unknown parts are left out, and what is missing is as at the opening", () => {
  assert.deepEqual(readAddress("#region=1&colour=red&__proto__=x&tab", opening), { ...opening, region: "1", tab: "" });
});
