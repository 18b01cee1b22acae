// What became of gaps between two years: opened and persisting ones dashed, closed ones solid; a sign on each.

import { isNearCurve, pointOn } from "../model/curves.js";
import { colours, state, visibleMoves } from "../model/state.js";
import { gapCurve } from "./places.js";
import { SIGNS } from "./signs.js";
import { sizeFactor } from "./sizes.js";
import { openPair } from "./view.js";

/** @param {Move} move @param {Transform} transform */
function curveOfMove(move, transform) {
  return gapCurve(/** @type {any} */ (move), transform);
}

/** @param {Move} one */
function isLitMove(one) {
  const { pair, hover } = state;
  return hover?.item === one || (pair?.a === one.a && pair.b === one.b) || (pair?.a === one.b && pair.b === one.a);
}

/** @type {DrawnLayer<Move>} */
export const moveLayer = {
  kind: "move",
  draw(ctx, transform) {
    const drawn = [...visibleMoves()].reverse();
    for (const one of drawn) drawMove(ctx, one, curveOfMove(one, transform));
    for (const one of drawn) drawMoveSign(ctx, one, curveOfMove(one, transform));
  },
  hit(point, transform) {
    const isHit = (/** @type {Move} */ one) => {
      const curve = curveOfMove(one, transform);
      if (!curve) return false;
      const [x, y] = pointOn(curve, 0.5);
      return Math.hypot(point.x - x, point.y - y) < 12 || isNearCurve(curve, point, 4);
    };
    return visibleMoves().find(isHit) || null;
  },
  click: ({ a, b }) => openPair(a, b),
};

/** @param {CanvasRenderingContext2D} ctx @param {Move} one @param {Curve | null} curve */
function drawMove(ctx, one, curve) {
  if (!curve) return;
  const { halo, gap, closed } = colours();
  const width = (isLitMove(one) ? 3.4 : 2.4) * sizeFactor();
  for (const [colour, wide, dash] of /** @type {const} */ ([
    [halo, width + 2.4, []],
    [one.move === "closed" ? closed : gap, width, one.move === "closed" ? [] : [7, 4.5]],
  ])) {
    ctx.setLineDash([...dash]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = wide;
    ctx.beginPath();
    ctx.moveTo(curve[0], curve[1]);
    ctx.quadraticCurveTo(curve[2], curve[3], curve[4], curve[5]);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} ctx @param {Move} one @param {Curve | null} curve */
function drawMoveSign(ctx, one, curve) {
  if (!curve) return;
  const { halo, gap, closed, raised } = colours();
  const [x, y] = pointOn(curve, 0.5);
  const colour = one.move === "closed" ? closed : gap;
  const filled = one.move === "opened";
  ctx.beginPath();
  ctx.arc(x, y, (isLitMove(one) ? 11.5 : 10) * Math.max(0.8, sizeFactor()), 0, 2 * Math.PI);
  ctx.fillStyle = filled ? colour : String(raised);
  ctx.fill();
  ctx.lineWidth = 1.8;
  ctx.strokeStyle = filled ? halo : colour;
  ctx.stroke();
  ctx.strokeStyle = filled ? halo : colour;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  for (const stroke of SIGNS[one.move]) {
    ctx.beginPath();
    for (const [dx, dy] of stroke) ctx.lineTo(x + dx, y + dy);
    ctx.stroke();
  }
}
