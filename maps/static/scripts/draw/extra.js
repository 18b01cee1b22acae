// The layer that an analysis handed over: arrows that grow from the giver to the receiver, outlines round classes.

import { isNearCurve, pointOn } from "../model/curves.js";
import { UNITS } from "../model/data.js";
import { chosenLayer, classFills, shownFlows } from "../model/layers.js";
import { change, colours, isBrief, state } from "../model/state.js";
import { flowCurve, insetAt } from "./places.js";
import { radiusOf, sizeFactor } from "./sizes.js";

const ARROW_STEPS = 24;
const FLOW_WIDEST = 11;
const FLOW_THINNEST = 2.2;
const FLOW_START = 9;

/** @type {DrawnLayer<Flow>} */
export const extraLayer = {
  kind: "flow",
  draw(ctx, transform) {
    if (isBrief()) return;
    drawClassOutlines(ctx, transform);
    const flows = shownFlows();
    if (!flows) return;
    const largest = flows.drawn[0]?.size || 1;
    const fan = fanHeads(flows.drawn);
    for (const flow of [...flows.drawn].reverse()) {
      const curve = flowCurve(flow, transform);
      if (curve) fillArrow(ctx, fanned(curve, fan.get(flow) || 0), flow, widthOfFlow(flow, largest));
    }
  },
  hit(point, transform) {
    const flows = isBrief() ? null : shownFlows();
    if (!flows || insetAt(point)) return null;
    const largest = flows.drawn[0]?.size || 1;
    const isHit = (/** @type {Flow} */ flow) => {
      const curve = flowCurve(flow, transform);
      return curve !== null && isNearCurve(curve, point, 2 + widthOfFlow(flow, largest) / 2);
    };
    return flows.drawn.find(isHit) || null;
  },
  click: ({ a }) => change({ focus: a, pair: null, open: null }),
};

/** @param {Flow} flow @param {number} largest */
function widthOfFlow(flow, largest) {
  return (FLOW_THINNEST + (FLOW_WIDEST * flow.size) / largest) * sizeFactor();
}

/** Heads into one region stand side by side. @param {Flow[]} flows @returns {Map<Flow, number>} pixels to the side */
function fanHeads(flows) {
  const fan = new Map();
  for (const target of new Set(flows.map(({ b }) => b))) {
    const into = flows.filter(({ b }) => b === target);
    const angle = (/** @type {Flow} */ { a }) =>
      Math.atan2((a.point?.[1] || 0) - (target.point?.[1] || 0), (a.point?.[0] || 0) - (target.point?.[0] || 0));
    into.sort((one, other) => angle(one) - angle(other));
    into.forEach((flow, i) => {
      fan.set(flow, (i - (into.length - 1) / 2) * Math.min(8, 16 / into.length));
    });
  }
  return fan;
}

/** @param {Curve} curve @param {number} away @returns {Curve} */
function fanned(curve, away) {
  const [dx, dy] = [curve[4] - curve[2], curve[5] - curve[3]];
  const length = Math.hypot(dx, dy) || 1;
  return [...curve.slice(0, 4), curve[4] - (dy / length) * away, curve[5] + (dx / length) * away].map(Number);
}

/**
 * Thin at the giver, wide with a head at the receiver; hollow where 0 lies in the interval, dashed below 0.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Curve} curve
 * @param {Flow} flow
 * @param {number} width
 */
function fillArrow(ctx, curve, flow, width) {
  const length = Math.hypot(curve[4] - curve[0], curve[5] - curve[1]) || 1;
  const head = Math.min(length * 0.4, width * 1.8 + 5);
  const short = Math.min(radiusOf(/** @type {Region} */ (flow.b)) + 4, length * 0.3);
  const [start, neck, tip] = [Math.min(FLOW_START / length, 0.2), 1 - (short + head) / length, 1 - short / length];
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
  const colour = String(flow.value < 0 ? colours().accent : colours().link);
  const lit = state.hover?.item === flow;
  ctx.fillStyle = flow.told || lit ? colour : String(colours().halo);
  ctx.globalAlpha = flow.told || lit ? 0.85 : 0.6;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.lineWidth = flow.told ? 1 : 1.3;
  ctx.setLineDash(flow.value < 0 && !flow.told ? [4, 2.5] : []);
  ctx.strokeStyle = flow.told ? String(colours().halo) : colour;
  ctx.stroke();
  ctx.setLineDash([]);
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
