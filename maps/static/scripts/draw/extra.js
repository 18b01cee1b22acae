// The layer that an analysis handed over: arrows that grow from the giver to the receiver, outlines round classes.

import { pointOn } from "../model/curves.js";
import { UNITS } from "../model/data.js";
import { chosenLayer, classFills, shownFlows } from "../model/layers.js";
import { colours, isBrief } from "../model/state.js";
import { linkCurve } from "./places.js";
import { radiusOf, sizeFactor } from "./sizes.js";

const ARROW_STEPS = 24;
const WIDEST = 11;

/** @type {DrawnLayer} */
export const extraLayer = {
  draw(ctx, transform) {
    if (isBrief()) return;
    drawClassOutlines(ctx, transform);
    const flows = shownFlows();
    if (!flows) return;
    const largest = flows.drawn[0]?.weight || 1;
    ctx.fillStyle = colours().link;
    for (const flow of [...flows.drawn].reverse()) {
      const curve = linkCurve(/** @type {any} */ (flow), transform);
      if (!curve) continue;
      const first = pointsForward(curve, flow) ? curve : [curve[4], curve[5], curve[2], curve[3], curve[0], curve[1]];
      fillArrow(ctx, first, {
        width: (2.2 + (WIDEST * flow.weight) / largest) * sizeFactor(),
        short: radiusOf(flow.b) + 4,
      });
    }
  },
};

/** Undirected curves run from west to east. @param {Curve} curve @param {{ a: Region, b: Region }} flow */
function pointsForward(curve, { a, b }) {
  return !a.point || !b.point || curve[0] <= curve[4] === a.point[0] <= b.point[0];
}

/** Thin at the giver, wide with a head at the receiver. @param {CanvasRenderingContext2D} ctx @param {Curve} curve @param {{ width: number, short: number }} size */
function fillArrow(ctx, curve, { width, short }) {
  const length = Math.hypot(curve[4] - curve[0], curve[5] - curve[1]) || 1;
  const head = Math.min(length * 0.4, width * 1.8 + 5);
  const [start, neck, tip] = [9 / length, 1 - (short + head) / length, 1 - short / length];
  /** @type {Point[][]} */
  const sides = [[], []];
  for (let step = 0; step <= ARROW_STEPS; step += 1) {
    const share = start + ((neck - start) * step) / ARROW_STEPS;
    const half = (width * (0.12 + (0.88 * step) / ARROW_STEPS)) / 2;
    for (const [i, side] of [1, -1].entries()) sides[i].push(besideCurve(curve, share, side * half));
  }
  const wings = [1, -1].map((side) => besideCurve(curve, neck, side * (width / 2 + 4)));
  ctx.beginPath();
  for (const [x, y] of [...sides[0], wings[0], pointOn(curve, tip), wings[1], ...sides[1].reverse()]) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.globalAlpha = 0.85;
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours().halo;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** @param {Curve} curve @param {number} share @param {number} away @returns {Point} */
function besideCurve(curve, share, away) {
  const [x, y] = pointOn(curve, share);
  const [u, v] = pointOn(curve, share + 0.01);
  const length = Math.hypot(u - x, v - y) || 1;
  return [x - ((v - y) / length) * away, y + ((u - x) / length) * away];
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform */
function drawClassOutlines(ctx, transform) {
  const layer = chosenLayer();
  if (layer?.kind !== "classes" || !layer.outlined) return;
  const fills = classFills(layer);
  ctx.save();
  ctx.transform(transform.k, 0, 0, -transform.k, transform.x, transform.y);
  ctx.lineJoin = "round";
  for (const [place, colour] of fills.entries()) {
    const union = new Path2D();
    for (const region of UNITS) if (layer.of[region.i] === place && region.path) union.addPath(region.path);
    ctx.lineWidth = 5 / transform.k;
    ctx.strokeStyle = colour;
    ctx.stroke(union);
  }
  ctx.restore();
}
