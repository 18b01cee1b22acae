// Curves by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bendCurve,
  distanceToSegment,
  findExit,
  headOf,
  isNearCurve,
  pointOn,
  toCanvas,
} from "../../maps/static/scripts/model/curves.js";

const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value} is not ${wanted}`);
const nearAll = (values, wanted) => {
  assert.equal(values.length, wanted.length);
  for (const [i, value] of values.entries()) near(value, wanted[i]);
};

test("the longest curve bends by .26 of its length, to the north on side 1", () => {
  nearAll(bendCurve([0, 0], [10, 0], { side: 1, ordered: false, longest: 10 }), [0, 0, 5, 2.6, 10, 0]);
  nearAll(bendCurve([0, 0], [10, 0], { side: -1, ordered: false, longest: 10 }), [0, 0, 5, -2.6, 10, 0]);
  nearAll(bendCurve([0, 0], [10, 0], { side: 1, ordered: false, longest: 1e12 }), [0, 0, 5, 1 + 1.6e-11, 10, 0]);
});

test("the order of the ends counts only where it is said to", () => {
  const back = bendCurve([10, 0], [0, 0], { side: 1, ordered: false, longest: 10 });
  assert.deepEqual(back, bendCurve([0, 0], [10, 0], { side: 1, ordered: false, longest: 10 }));
  nearAll(bendCurve([10, 0], [0, 0], { side: 1, ordered: true, longest: 10 }), [10, 0, 5, -2.6, 0, 0]);
});

test("the canvas has y downwards", () => {
  assert.deepEqual(toCanvas([1, 2, 3, 4], { k: 10, x: 100, y: 50 }), [110, 30, 130, 10]);
});

test("a point on a quadratic curve", () => {
  const curve = [0, 0, 5, 10, 10, 0];
  assert.deepEqual(pointOn(curve, 0), [0, 0]);
  assert.deepEqual(pointOn(curve, 0.5), [5, 5]);
  assert.deepEqual(pointOn(curve, 1), [10, 0]);
});

test("near a curve is near any part of it, not near its control point", () => {
  const curve = [0, 0, 50, 100, 100, 0];
  assert.equal(isNearCurve(curve, { x: 50, y: 51 }, 2), true);
  assert.equal(isNearCurve(curve, { x: 50, y: 100 }, 2), false);
  assert.equal(isNearCurve(curve, { x: -1, y: 0 }, 2), true);
  assert.equal(isNearCurve(curve, { x: 500, y: 0 }, 2), false);
});

test("the distance to a segment ends at its ends", () => {
  near(distanceToSegment({ x: 5, y: 3 }, [0, 0], [10, 0]), 3);
  near(distanceToSegment({ x: 13, y: 4 }, [0, 0], [10, 0]), 5);
  near(distanceToSegment({ x: 3, y: 4 }, [0, 0], [0, 0]), 5);
});

test("a curve leaves an area near its border, whichever end is inside", () => {
  const isInside = (x) => x < 60;
  for (const curve of [
    [0, 0, 50, 0, 100, 0],
    [100, 0, 50, 0, 0, 0],
  ]) {
    const exit = findExit(curve, isInside);
    assert.ok(exit[0] > 57 && exit[0] < 60, String(exit));
  }
  assert.equal(findExit([0, 0, 5, 0, 10, 0], isInside), null);
  assert.equal(findExit([70, 0, 80, 0, 90, 0], isInside), null);
});

test("an arrowhead points along the curve and stops short of the end", () => {
  const [tip, left, right] = headOf([0, 0, 50, 0, 100, 0], 10, 5);
  nearAll(tip, [95, 0]);
  near(left[0], right[0]);
  near(left[1], -right[1]);
  assert.ok(left[0] < tip[0]);
});
