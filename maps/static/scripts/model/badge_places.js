// Where the number of a gap can stand: on its curve, or beside it with a line to it where the curve is too short.

import { pointOn } from "./curves.js";
import { boxesMeet } from "./rings.js";

const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]; // shares of the curve, the best place first
const AWAY = [16, 34, 56, 84, 120]; // pixels between the number and the curve
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6]; // of 30 degrees from straight up
const SEEN = 18; // so much of the curve must be left in sight
const APART = 3;

/** @typedef {{ width: number, height: number }} Size */

/** Whether a number on the curve would hide it. @param {Curve} curve @param {Size} size */
export function isShort(curve, { width }) {
  return Math.hypot(curve[4] - curve[0], curve[5] - curve[1]) < width + SEEN;
}

/** What a curve and the points at its ends take up. @param {Curve} curve @returns {Box} */
export function boxOfCurve([ax, ay, bx, by, cx, cy]) {
  const pad = 5;
  const [mx, my] = [(ax + 2 * bx + cx) / 4, (ay + 2 * by + cy) / 4];
  const [xs, ys] = [
    [ax, mx, cx],
    [ay, my, cy],
  ];
  return [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) + pad, Math.max(...ys) + pad];
}

/** @param {number} x @param {number} y @param {Size} size @returns {Box} */
function boxAt(x, y, { width, height }) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** Places beside a point, the nearest first. @param {number} x @param {number} y @param {Size} size */
function placesBeside(x, y, size) {
  return AWAY.flatMap((away) =>
    TURNS.map((turn) => {
      const angle = (turn * Math.PI) / 6;
      const [dx, dy] = [Math.sin(angle) * (away + size.width / 2), -Math.cos(angle) * (away + size.height / 2)];
      return boxAt(x + dx, y + dy, size);
    }),
  );
}

/**
 * The first free place: on the curve where that leaves it in sight, else beside it, with the point that a line leads to.
 * @param {Curve} curve
 * @param {Size} size
 * @param {{ taken: Box[], curves: Box[], view: Box }} around names and other numbers; short curves; what is in sight
 * @returns {{ box: Box, from: Point | null }}
 */
export function choosePlace(curve, size, { taken, curves, view }) {
  const isFree = (/** @type {Box} */ box) => !taken.some((other) => boxesMeet(other, box, APART));
  const isSeen = ([left, top, right, bottom] = view) =>
    left >= view[0] && top >= view[1] && right <= view[2] && bottom <= view[3];
  const on = ALONG.map((share) => boxAt(...pointOn(curve, share), size));
  const along = isShort(curve, size) ? undefined : on.find(isFree);
  if (along) return { box: along, from: null };
  const middle = pointOn(curve, 0.5);
  const beside = placesBeside(...middle, size).find(
    (box) => isSeen(box) && isFree(box) && !curves.some((other) => boxesMeet(other, box)),
  );
  if (beside) return { box: beside, from: middle };
  return { box: on.find(isFree) || on[0], from: null };
}
