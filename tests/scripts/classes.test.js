// Classes, colours, ranks and the order of values.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  classOf,
  colourOf,
  coloursOf,
  compareValues,
  describeClasses,
  rankValues,
} from "../../maps/static/scripts/model/classes.js";

test("a class begins at its limit", () => {
  assert.deepEqual(
    [0, 4.9, 5, 9, 10, 99].map((value) => classOf([0, 5, 10], value)),
    [0, 0, 1, 1, 2, 2],
  );
});

test("no value is in no class, and so is one below all", () => {
  assert.equal(classOf([0, 5], null), -1);
  assert.equal(classOf([0, 5], -1), -1);
});

const palette = { ramp: ["a", "b", "c", "d", "e"], diverging: ["-3", "-2", "-1", "+1", "+2", "+3"] };

test("fewer classes than colours are spread over the ramp", () => {
  assert.deepEqual(coloursOf([0, 5, 9], palette), ["a", "c", "e"]);
  assert.deepEqual(coloursOf([1, 2, 3, 4, 5], palette), palette.ramp);
  assert.deepEqual(coloursOf([7], palette), ["c"]);
  assert.deepEqual(coloursOf([], palette), []);
});

test("below zero the hue is another one", () => {
  assert.deepEqual(coloursOf([-9, -5, -1, 0, 4, 8], palette), palette.diverging);
  assert.deepEqual(coloursOf([-9, -1, 4], palette), ["-3", "-1", "+2"]);
  assert.deepEqual(coloursOf([-9, 4, 8], palette), ["-2", "+1", "+3"]);
  assert.deepEqual(coloursOf([-9, -1], palette), ["-3", "-1"]);
});

test("ties share the better rank, and no value has none", () => {
  assert.deepEqual(rankValues([3, 9, null, 3, 1]), { of: 4, ranks: [2, 1, null, 2, 4] });
  assert.deepEqual(rankValues([null]), { of: 0, ranks: [null] });
  assert.deepEqual(rankValues([-1, 0, -2]).ranks, [2, 1, 3]);
});

test("no value comes last either way", () => {
  const values = [2, null, 3, 1];
  assert.deepEqual(
    [...values].sort((a, b) => compareValues(a, b, true)),
    [3, 2, 1, null],
  );
  assert.deepEqual(
    [...values].sort((a, b) => compareValues(a, b, false)),
    [1, 2, 3, null],
  );
  assert.equal(compareValues(null, null, true), 0);
});

test("exactly zero is of neither side, and no value has no colour", () => {
  const look = { fills: ["below", "above"], zero: "zero" };
  const signed = { breaks: [-5, 2] };
  assert.deepEqual(
    [-5, -1, 0, 2, null].map((value) => colourOf(signed, value, look)),
    ["below", "below", "zero", "above", undefined],
  );
  assert.equal(colourOf({ breaks: [0, 5] }, 0, look), "below");
});

test("classes say what they hold, and zero among signs is counted apart", () => {
  assert.deepEqual(describeClasses({ breaks: [0, 5], values: [0, 4, 5, 9, null] }), [
    { low: 0, high: 4, count: 2 },
    { low: 5, high: 9, count: 2 },
  ]);
  assert.deepEqual(describeClasses({ breaks: [-3, 1], values: [-3, -1, 0, 1] }), [
    { low: -3, high: -1, count: 2 },
    { low: 1, high: 1, count: 1 },
  ]);
});
