// Curves between points: longer ones bend more, links to one side, gaps to the other.

const LONGEST = Math.hypot(D.ground.view[2] - D.ground.view[0], D.ground.view[3] - D.ground.view[1]);

// Undirected links run west to east, so that all of them bend the same way; the curve of a directed link shows its
// direction by its side, so that there and back are two curves.
function bend(from, to, side, ordered, longest) {
  const [a, b] = ordered || from[0] <= to[0] ? [from, to] : [to, from];
  const dx = b[0] - a[0], dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  const bow = side * (0.1 + 0.16 * Math.min(1, length / (longest || LONGEST)));
  return [a[0], a[1], (a[0] + b[0]) / 2 - dy * bow, (a[1] + b[1]) / 2 + dx * bow, b[0], b[1]];
}

function toScreen(curve, frame) {
  return curve.map((value, i) => (i % 2 ? frame.y - value * frame.k : frame.x + value * frame.k));
}

// Where a point is on the canvas; that of a region in a window stays in the window, wherever the map looks.
function spotOf(region, frame) {
  return region.window ? spotInWindow(region.window, region.point) : toScreen(region.point, frame);
}

// The curve of a link (side 1) or a gap (side -1) on the canvas; empty when an end is nowhere.
function curveOf(item, frame, side, ordered) {
  const { a, b } = item;
  if (!a.point || !b.point) return [];
  if (!a.window && !b.window) {
    if (!item.curve) item.curve = bend(a.point, b.point, side, ordered);
    return toScreen(item.curve, frame);
  }
  const [from, to] = [spotOf(a, frame), spotOf(b, frame)];
  if (!from || !to) return [];
  return bend([from[0], -from[1]], [to[0], -to[1]], side, ordered, LONGEST * frame.k).map((value, i) => (i % 2 ? -value : value));
}

function linkCurve(link, frame) {
  return curveOf(link, frame, 1, D.directed);
}

function gapCurve(gap, frame) {
  return curveOf(gap, frame, -1, false);
}

function strokeCurve(ctx, c) {
  ctx.beginPath();
  ctx.moveTo(c[0], c[1]);
  ctx.quadraticCurveTo(c[2], c[3], c[4], c[5]);
  ctx.stroke();
}

function pointOn(c, s) {
  const r = 1 - s;
  return [r * r * c[0] + 2 * r * s * c[2] + s * s * c[4], r * r * c[1] + 2 * r * s * c[3] + s * s * c[5]];
}

// An arrowhead that ends where the point of the target begins.
function drawHead(ctx, c, size, short) {
  const length = Math.hypot(c[4] - c[0], c[5] - c[1]) || 1;
  const tip = pointOn(c, Math.max(0.6, 1 - short / length));
  const back = pointOn(c, Math.max(0.5, 1 - (short + size) / length));
  const angle = Math.atan2(tip[1] - back[1], tip[0] - back[0]);
  ctx.beginPath();
  ctx.moveTo(tip[0], tip[1]);
  for (const turn of [2.7, -2.7]) ctx.lineTo(tip[0] + size * Math.cos(angle + turn), tip[1] + size * Math.sin(angle + turn));
  ctx.closePath();
  ctx.fill();
}

function isNearCurve(c, p, reach) {
  const pad = reach + 1;
  if (p.x < Math.min(c[0], c[2], c[4]) - pad || p.x > Math.max(c[0], c[2], c[4]) + pad) return false;
  if (p.y < Math.min(c[1], c[3], c[5]) - pad || p.y > Math.max(c[1], c[3], c[5]) + pad) return false;
  let last = [c[0], c[1]];
  for (let step = 1; step <= 24; step += 1) {
    const here = pointOn(c, step / 24);
    if (distanceToSegment(p, last, here) <= reach) return true;
    last = here;
  }
  return false;
}

function distanceToSegment(p, a, b) {
  const dx = b[0] - a[0], dy = b[1] - a[1];
  const along = Math.max(0, Math.min(1, ((p.x - a[0]) * dx + (p.y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a[0] - along * dx, p.y - a[1] - along * dy);
}

// The root, so that a weight of four is twice as wide as a weight of one.
function widthOf(weight) {
  return (0.7 + 5.6 * Math.sqrt(weight / MAX_WEIGHT)) * pen();
}

// Lines and points are thinner on a small map.
function pen() {
  return Math.max(0.6, Math.min(1, map.getSize().x / 900));
}

// Among the links shown, the weakest are faint and the strongest nearly solid.
function opacityOf(weight, least) {
  return 0.28 + 0.57 * (MAX_WEIGHT > least ? (weight - least) / (MAX_WEIGHT - least) : 1);
}

function radiusOf(region) {
  return (region.strength ? 1.6 + 6.4 * Math.sqrt(region.strength / MAX_STRENGTH) : 1.1) * pen();
}
