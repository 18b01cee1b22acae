// What a search finds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findMatches, foldWords, initialsOf, rankMatch } from "../../maps/static/scripts/model/matches.js";

const regions = [
  { names: ["Xi'an", "西安市"], code: "610100", strength: 5 },
  { names: ["Shaanxi", "陕西省"], code: "610000", strength: 9 },
  { names: ["Shanxi", "山西省"], code: "140000", strength: 3 },
  { names: ["Île-de-France", "法兰西岛"], code: "FR10", strength: null },
];
const find = (words, most = 8) => findMatches(words, regions, most).map((one) => one.code);

test("case, accents, blanks and apostrophes do not count", () => {
  assert.equal(foldWords("  Xī'ān "), "xian");
  assert.deepEqual(find("xi an"), ["610100"]);
  assert.deepEqual(find("XIAN"), ["610100"]);
  assert.deepEqual(find("ile de france"), ["FR10"]);
});

test("either language and the code are looked at", () => {
  assert.deepEqual(find("陕西"), ["610000"]);
  assert.deepEqual(find("fr1"), ["FR10"]);
});

test("names that begin so come first, then the better connected", () => {
  assert.deepEqual(find("6100"), ["610000"]);
  assert.deepEqual(find("西"), ["610100", "610000", "140000", "FR10"]);
  assert.deepEqual(find("sha"), ["610000", "140000"]);
  assert.deepEqual(find("sha", 1), ["610000"]);
});

test("nothing typed finds nothing, and so does a word that is nowhere", () => {
  assert.deepEqual(find("   "), []);
  assert.deepEqual(find("atlantis"), []);
  assert.equal(rankMatch("q", ["a"]), Infinity);
});

test("initials are those of the syllables of pinyin", () => {
  const known = {
    Shaanxi: "sx",
    Xinjiang: "xj",
    Henan: "hn",
    Hainan: "hn",
    "Xi'an": "xa",
    Qinhuangdao: "qhd",
    Jingdezhen: "jdz",
    Ezhou: "ez",
    Lüliang: "ll",
    Guangxi: "gx",
    Chongqing: "cq",
    "Hong Kong": "hk",
    "North Rhine": "nr", // no pinyin: the words
    "": "",
  };
  for (const [name, initials] of Object.entries(known)) assert.equal(initialsOf(name), initials, name);
});

test("initials find, after all names that hold the letters", () => {
  assert.deepEqual(find("sx"), ["610000", "140000"]);
  assert.deepEqual(find("xa"), ["610100"]);
  assert.deepEqual(find("s"), ["610000", "140000"]); // one letter is the beginning of a name only
  assert.equal(rankMatch("sx", ["Shanxi", "Sxtown"]), 0);
});

test("a wrong kind of region is looked past, a right one counts", () => {
  assert.deepEqual(find("西安省"), ["610100"]);
  assert.deepEqual(find("陕西自治区"), ["610000"]);
  assert.deepEqual(find("陕西省"), ["610000"]);
  assert.deepEqual(find("省"), ["610000", "140000"]);
  assert.deepEqual(find("地区"), []);
});
