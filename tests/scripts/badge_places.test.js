import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOfCurve, choosePlace, isShort } from "../../maps/static/scripts/model/badge_places.js";
import { boxesMeet } from "../../maps/static/scripts/model/rings.js";

const VIEW = [0, 0, 1000, 800];
const LONG = [100, 400, 300, 400, 500, 400]; // a straight curve of 400 pixels
const SHORT = [500, 400, 510, 400, 520, 400];
const SIZE = { width: 100, height: 28 };
const place = (curve, around = {}) => choosePlace(curve, SIZE, { taken: [], curves: [], view: VIEW, ...around });

test("a number stands in the middle of a long curve", () => {
  assert.deepEqual(place(LONG), { box: [250, 386, 350, 414], from: null });
});

test("where the middle is taken it moves along the curve", () => {
  const { box, from } = place(LONG, { taken: [[290, 380, 310, 420]] });
  assert.equal(from, null);
  assert.ok(!boxesMeet(box, [290, 380, 310, 420]));
});

test("a number as long as its curve would hide it", () => {
  assert.equal(isShort(SHORT, SIZE), true);
  assert.equal(isShort(LONG, SIZE), false);
  assert.equal(isShort([0, 0, 50, 0, 117, 0], SIZE), true); // less than 18 pixels would be left
  assert.equal(isShort([0, 0, 50, 0, 118, 0], SIZE), false);
});

test("beside a short curve it has a line from the middle, and covers no curve", () => {
  const curves = [boxOfCurve(SHORT)];
  const { box, from } = place(SHORT, { curves });
  assert.deepEqual(from, [510, 400]);
  assert.ok(!boxesMeet(box, curves[0]));
  assert.deepEqual(box, [460, 356, 560, 384]); // straight up: 16 pixels and half its height away
});

test("five numbers round one place keep apart from each other and from names", () => {
  const named = [[520, 380, 640, 396]];
  const curves = [0, 1, 2, 3, 4].map((k) => SHORT.map((value) => value + 4 * k));
  const boxes = [];
  for (const curve of curves) {
    const around = { taken: [...named, ...boxes], curves: curves.map(boxOfCurve) };
    boxes.push(place(curve, around).box);
  }
  const all = [...named, ...boxes];
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b]));
  assert.equal(pairs.length, 15);
  assert.ok(pairs.every(([a, b]) => !boxesMeet(a, b, 3)));
});

test("it stays in sight at the edge", () => {
  const { box } = place([4, 4, 8, 4, 14, 4]);
  assert.ok(box[0] >= 0 && box[1] >= 0);
});

test("with no place left it stands on its curve", () => {
  const { box, from } = place(SHORT, { taken: [VIEW] });
  assert.deepEqual([box, from], [[460, 386, 560, 414], null]);
});

test("the box of a bent curve holds its bend", () => {
  const [left, top, right, bottom] = boxOfCurve([0, 0, 10, 40, 20, 0]);
  assert.deepEqual([left, top, right, bottom], [-5, -5, 25, 25]); // the bend is at y = 20
});
