// Packed rings and boxes, by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundRings,
  boxesMeet,
  isInBox,
  joinBoxes,
  longestRing,
  unpackRings,
} from "../../maps/static/scripts/model/rings.js";

// A digit holds five bits and whether more follow; odd numbers are negative: 0 A, -1 B, 1 C, -2 D, 2 E.
test("a ring begins with its number of points and goes on in differences", () => {
  assert.deepEqual(unpackRings("GAACAAC"), [[0, 0, 1, 0, 1, 1]]);
});

test("a second ring goes on from the last point", () => {
  assert.deepEqual(unpackRings("CCCCBB"), [
    [1, 1],
    [0, 0],
  ]);
});

test("numbers of 16 and more take two digits", () => {
  assert.deepEqual(unpackRings("CgBhB"), [[16, -17]]);
});

test("nothing unpacks to nothing", () => {
  assert.deepEqual(unpackRings(""), []);
});

test("a box holds all rings", () => {
  assert.deepEqual(
    boundRings([
      [0, 5, 2, -1],
      [7, 0],
    ]),
    [0, -1, 7, 5],
  );
});

test("the longest ring has the most points, the first of equals", () => {
  assert.deepEqual(
    longestRing([
      [1, 1],
      [2, 2, 3, 3],
      [4, 4, 5, 5],
    ]),
    [2, 2, 3, 3],
  );
});

test("boxes are joined, and meet only where they overlap or are nearer than they must be apart", () => {
  assert.deepEqual(joinBoxes([0, 0, 1, 1], [5, -2, 6, 0]), [0, -2, 6, 1]);
  assert.equal(boxesMeet([0, 0, 2, 2], [1, 1, 3, 3]), true);
  assert.equal(boxesMeet([0, 0, 2, 2], [2, 0, 3, 2]), false);
  assert.equal(boxesMeet([0, 0, 2, 2], [5, 0, 6, 2], 4), true);
  assert.equal(isInBox([0, 0, 2, 2], 2, 0), true);
  assert.equal(isInBox([0, 0, 2, 2], 2.1, 0), false);
});
