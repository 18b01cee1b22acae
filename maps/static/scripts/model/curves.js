// Curves between points, and what lies near them.

/**
 * A curve between two points: longer ones bend more. Undirected links run west to east, so that all of them bend the
 * same way; a directed one shows its direction by its side, so that there and back are two curves.
 * @param {Point} from
 * @param {Point} to
 * @param {{ side: number, ordered: boolean, longest: number }} options
 *   the side to which it bends (1 or -1), whether the order of the points counts, the length with the largest bend
 * @returns {Curve}
 */
export function bendCurve(from, to, { side, ordered, longest }) {
  const [a, b] = ordered || from[0] <= to[0] ? [from, to] : [to, from];
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const bend = side * (0.1 + 0.16 * Math.min(1, Math.hypot(dx, dy) / longest));
  return [a[0], a[1], (a[0] + b[0]) / 2 - dy * bend, (a[1] + b[1]) / 2 + dx * bend, b[0], b[1]];
}

/**
 * @template {number[]} Places
 * @param {Places} places x, y, x, y, ... on the grid
 * @param {Transform} transform
 * @returns {Places} the same on the canvas
 */
export function toCanvas(places, transform) {
  const { k, x, y } = transform;
  return /** @type {Places} */ (places.map((value, i) => (i % 2 ? y - value * k : x + value * k)));
}

/**
 * @param {Curve} c
 * @param {number} share of the way, 0 to 1
 * @returns {Point}
 */
export function pointOn(c, share) {
  const rest = 1 - share;
  const [a, b, d] = [rest * rest, 2 * rest * share, share * share];
  return [a * c[0] + b * c[2] + d * c[4], a * c[1] + b * c[3] + d * c[5]];
}

/**
 * @param {Curve} c
 * @param {{ x: number, y: number }} p
 * @param {number} reach
 */
export function isNearCurve(c, p, reach) {
  const pad = reach + 1;
  if (p.x < Math.min(c[0], c[2], c[4]) - pad || p.x > Math.max(c[0], c[2], c[4]) + pad) return false;
  if (p.y < Math.min(c[1], c[3], c[5]) - pad || p.y > Math.max(c[1], c[3], c[5]) + pad) return false;
  let last = pointOn(c, 0);
  for (let step = 1; step <= 24; step += 1) {
    const here = pointOn(c, step / 24);
    if (distanceToSegment(p, last, here) <= reach) return true;
    last = here;
  }
  return false;
}

/**
 * @param {{ x: number, y: number }} p
 * @param {Point} a
 * @param {Point} b
 */
export function distanceToSegment(p, a, b) {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const along = Math.max(0, Math.min(1, ((p.x - a[0]) * dx + (p.y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a[0] - along * dx, p.y - a[1] - along * dy);
}

/**
 * Where a curve with one end inside an area leaves it; null when both ends are on the same side.
 * @param {Curve} c
 * @param {(x: number, y: number) => boolean} isInside
 * @returns {Point | null}
 */
export function findExit(c, isInside) {
  const starts = isInside(c[0], c[1]);
  if (starts === isInside(c[4], c[5])) return null;
  let last = null;
  for (let step = 0; step <= 60; step += 1) {
    const point = pointOn(c, starts ? step / 60 : 1 - step / 60);
    if (!isInside(point[0], point[1])) break;
    last = point;
  }
  return last;
}

/**
 * The three corners of an arrowhead at the end of a curve.
 * @param {Curve} c
 * @param {number} size
 * @param {number} short so far before the end is its tip
 * @returns {Point[]}
 */
export function headOf(c, size, short) {
  const length = Math.hypot(c[4] - c[0], c[5] - c[1]) || 1;
  const tip = pointOn(c, Math.max(0.6, 1 - short / length));
  const back = pointOn(c, Math.max(0.5, 1 - (short + size) / length));
  const angle = Math.atan2(tip[1] - back[1], tip[0] - back[0]);
  const corner = (/** @type {number} */ turn) =>
    /** @type {Point} */ ([tip[0] + size * Math.cos(angle + turn), tip[1] + size * Math.sin(angle + turn)]);
  return [tip, corner(2.7), corner(-2.7)];
}
