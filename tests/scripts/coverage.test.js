// The largest view at which nothing is covered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countMarks, fitView } from "../../maps/static/scripts/model/coverage.js";

test("marks are counted in any rectangle, also beyond the grid", () => {
  const count = countMarks(4, (x, y) => x === y);
  assert.equal(count(0, 0, 4, 4), 4);
  assert.equal(count(1, 1, 3, 3), 2);
  assert.equal(count(2, 0, 4, 2), 0);
  assert.equal(count(-9, -9, 99, 99), 4);
  assert.equal(count(1.5, 1.5, 1.6, 1.6), 1); // ends are rounded outwards
});

/** Land fills the extent 0..100 in both directions. */
const countLand = (west, north, east, south) =>
  Math.max(0, Math.min(east, 100) - Math.max(west, 0)) * Math.max(0, Math.min(north, 100) - Math.max(south, 0));
const size = { width: 436, height: 236, margin: 12 };

test("without boxes the study fills the map less its margins", () => {
  const view = fitView([0, 0, 100, 100], size, [], countLand);
  assert.equal(view.scale, 2);
  assert.equal(view.covered, 0);
});

test("a box at the side moves the study, and does not shrink it", () => {
  const view = fitView([0, 0, 100, 100], size, [[0, 0, 130, 236]], countLand);
  assert.equal(view.scale, 2);
  assert.equal(view.covered, 0);
  assert.ok((0 - view.left) * view.scale >= 136); // the study begins right of the box and its rim
});

test("a box along the bottom shrinks the study", () => {
  const view = fitView([0, 0, 100, 100], size, [[0, 176, 436, 236]], countLand);
  assert.ok(view.scale < 2 && view.scale > 1.3, String(view.scale));
  assert.equal(view.covered, 0);
});

test("where everything is covered, the least covered view is taken", () => {
  const view = fitView([0, 0, 100, 100], size, [[0, 0, 436, 236]], countLand);
  assert.ok(view.covered > 0 && Number.isFinite(view.covered));
});

test("a study without extent has a view", () => {
  const view = fitView([5, 5, 5, 5], size, [], () => 0);
  assert.ok(Number.isFinite(view.scale) && view.scale > 0);
});
