// Which gaps a table shows, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  filterGaps,
  listFields,
  priorityOf,
  shrunkenGap,
  sortGaps,
} from "../../maps/static/scripts/model/gap_filter.js";

const places = ["Alpha", "Beta", "Gamma"].map((name, i) => ({ i, code: `R${i}`, names: [name, `地${i}`] }));
const base = { partners: [], fields: [] };
const gaps = [
  {
    ...base,
    a: places[0],
    b: places[1],
    rank: 1,
    gap: 2,
    grade: "moderate",
    expected: 4,
    shrunken_ratio: 0.5,
    shortfall_probability: 0.9,
    fields: ["Rice"],
  },
  {
    ...base,
    a: places[1],
    b: places[2],
    rank: 2,
    gap: 9,
    grade: "weak",
    expected: 10,
    shrunken_ratio: null,
    partners: [
      [
        ["Mill", "磨坊"],
        ["School", "学校"],
        ["", ""],
      ],
    ],
  },
  {
    ...base,
    a: places[0],
    b: places[2],
    rank: 3,
    gap: null,
    grade: "none",
    expected: 1,
    shrunken_ratio: 2,
    shortfall_probability: 0.1,
    fields: ["Rice", "Tea"],
  },
];
const none = { words: "", region: "", group: "", grade: "", field: "" };
const ranks = (some) => some.map(({ rank }) => rank);

test("no filter keeps all, and each filter keeps what it names", () => {
  const groups = { west: [0, 1] };
  const shown = (filters) => ranks(filterGaps(gaps, { ...none, ...filters }, groups));
  assert.deepEqual(shown({}), [1, 2, 3]);
  assert.deepEqual(shown({ region: "R0" }), [1, 3]);
  assert.deepEqual(shown({ group: "west" }), [1]);
  assert.deepEqual(shown({ grade: "any" }), [1, 2]);
  assert.deepEqual(shown({ grade: "weak" }), [2]);
  assert.deepEqual(shown({ field: "Tea" }), [3]);
  assert.deepEqual(shown({ words: "gam" }), [2, 3]);
  assert.deepEqual(shown({ words: "磨坊" }), [2]);
  assert.deepEqual(shown({ words: "rice" }), [1, 3]);
  assert.deepEqual(shown({ words: "nobody" }), []);
  assert.deepEqual(shown({ region: "R0", field: "Tea" }), [3]);
});

test("rows are sorted by a measure, no value last, ties in the order of the register", () => {
  assert.deepEqual(ranks(sortGaps([...gaps].reverse(), null)), [1, 2, 3]);
  assert.deepEqual(ranks(sortGaps(gaps, { key: "gap", down: true })), [2, 1, 3]);
  assert.deepEqual(ranks(sortGaps(gaps, { key: "gap", down: false })), [1, 2, 3]);
  assert.deepEqual(ranks(sortGaps(gaps, { key: "grade", down: true })), [1, 2, 3]);
  assert.deepEqual(ranks(sortGaps(gaps, { key: "unheard-of", down: true })), [1, 2, 3]);
});

test("priority is the gap without chance times its probability, never below zero", () => {
  assert.equal(shrunkenGap(gaps[0]), 2);
  assert.equal(priorityOf(gaps[0]), 1.8);
  assert.equal(priorityOf(gaps[1]), null);
  assert.equal(priorityOf(gaps[2]), 0);
});

test("fields are listed by how many pairs share them", () => {
  assert.deepEqual(listFields(gaps), ["Rice", "Tea"]);
});
