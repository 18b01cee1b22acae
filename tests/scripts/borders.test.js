// Boundaries of three unit squares side by side: 0-1, 1-2, 2-3.

import assert from "node:assert/strict";
import { test } from "node:test";
import { splitBorders } from "../../maps/static/scripts/model/borders.js";

const square = (west, group) => ({ rings: [[west, 0, west + 1, 0, west + 1, 1, west, 1]], group });

/** Stretches of lines, each as "x,y x,y" in one order, sorted. */
function listStretches(lines) {
  return lines
    .flatMap((line) =>
      Array.from({ length: line.length / 2 - 1 }, (_, i) =>
        [`${line[2 * i]},${line[2 * i + 1]}`, `${line[2 * i + 2]},${line[2 * i + 3]}`].sort().join(" "),
      ),
    )
    .sort();
}

test("a square alone has an outer line that closes", () => {
  const { inner, outer } = splitBorders([square(0, "a")]);
  assert.deepEqual(inner, []);
  assert.deepEqual(outer, [[0, 0, 1, 0, 1, 1, 0, 1, 0, 0]]);
});

test("what two of a group share is inner, what two groups share is outer, each once", () => {
  const { inner, outer } = splitBorders([square(0, "a"), square(1, "a"), square(2, "b")]);
  assert.deepEqual(listStretches(inner), ["1,0 1,1"]);
  const stretches = listStretches(outer);
  assert.equal(stretches.length, 9); // four sides each, less the inner line twice, and one of the shared outer line
  assert.equal(new Set(stretches).size, 9);
  assert.ok(stretches.includes("2,0 2,1"));
});

test("the order of regions does not matter", () => {
  const squares = [square(0, "a"), square(1, "a"), square(2, "b")];
  const [one, other] = [splitBorders(squares), splitBorders([...squares].reverse())];
  assert.deepEqual(listStretches(one.inner), listStretches(other.inner));
  assert.deepEqual(listStretches(one.outer), listStretches(other.outer));
});

test("a line goes on as long as it can", () => {
  const { outer } = splitBorders([square(0, "a"), square(1, "b")]);
  assert.deepEqual(outer, [
    [0, 0, 1, 0, 1, 1, 0, 1, 0, 0],
    [1, 0, 2, 0, 2, 1, 1, 1],
  ]);
});

test("places west and south of the origin are places", () => {
  const { outer } = splitBorders([{ rings: [[-5, -5, -4, -5, -4, -4]], group: "a" }]);
  assert.deepEqual(outer, [[-5, -5, -4, -5, -4, -4, -5, -5]]);
});

test("no rings, no lines", () => {
  assert.deepEqual(splitBorders([{ rings: [], group: "a" }]), { inner: [], outer: [] });
});
