// What joins regions: links, links to the outside, gaps.

import { headOf } from "../model/curves.js";
import { BRIEF_GAPS, DATA, isSupported } from "../model/data.js";
import { colours, isBrief, state, visibleOutside } from "../model/state.js";
import { canvasPoint, gapCurve, linkCurve, outsideCurve } from "./places.js";
import { opacityOf, outsideWidthOf, radiusOf, sizeFactor, widthOf } from "./sizes.js";

/** @param {Joint} joint */
function isStrong(joint) {
  if (state.hover?.item === joint) return true;
  const pair = state.pair;
  return Boolean(pair) && ((joint.a === pair?.a && joint.b === pair.b) || (joint.a === pair?.b && joint.b === pair.a));
}

/** @param {CanvasRenderingContext2D} ctx @param {Curve} c */
function strokeCurve(ctx, c) {
  ctx.beginPath();
  ctx.moveTo(c[0], c[1]);
  ctx.quadraticCurveTo(c[2], c[3], c[4], c[5]);
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {Curve} curve @param {number} size @param {number} short */
function fillHead(ctx, curve, size, short) {
  ctx.beginPath();
  for (const [x, y] of headOf(curve, size, short)) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.fill();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 * @param {Link[]} links the strongest first; it is drawn last
 * @param {number} least weight of those shown
 * @param {boolean} [plain] none of them stands out
 * @returns {number} how many were drawn
 */
export function drawLinks(ctx, transform, links, least, plain = false) {
  ctx.lineCap = "round";
  ctx.strokeStyle = ctx.fillStyle = colours().link;
  let count = 0;
  for (let i = links.length - 1; i >= 0; i -= 1) {
    const link = links[i];
    const curve = linkCurve(link, transform);
    if (!curve) continue;
    const strong = !plain && isStrong(link);
    ctx.globalAlpha = strong ? 1 : opacityOf(link.weight, least) * (state.pair ? 0.3 : 1);
    ctx.lineWidth = widthOf(link.weight) + (strong ? 1 : 0);
    strokeCurve(ctx, curve);
    if (DATA.directed) fillHead(ctx, curve, 6 + ctx.lineWidth, radiusOf(link.b));
    count += 1;
  }
  return count;
}

/** @param {Link[]} links */
export function leastWeight(links) {
  return links.length ? links[links.length - 1].weight : 0;
}

/** In the brief the width tells how large a gap is. @param {Gap} gap */
function gapWidth(gap) {
  if (isBrief()) return (2.2 + Math.min(8, (gap.gap || 0) / largestGap())) * sizeFactor();
  return isSupported(gap) ? 1.8 * sizeFactor() : 1.5;
}

/** Four pixels are the largest gap of the brief. */
function largestGap() {
  return Math.max(1e-9, ...BRIEF_GAPS.map((gap) => gap.gap || 0)) / 3.4;
}

/** @param {Gap} gap */
function isOpen(gap) {
  return state.open === gap || isStrong(gap);
}

/** Supported: dashed, in a colour of its own; else grey and dotted. @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {Gap[]} gaps @returns {number} */
export function drawGaps(ctx, transform, gaps) {
  const { halo, gap: colour, quiet } = colours();
  ctx.lineCap = "butt";
  let count = 0;
  for (const gap of [...gaps].reverse()) {
    const curve = gapCurve(gap, transform);
    if (!curve) continue;
    const strong = isOpen(gap);
    const faint = state.pair && !strong && !isBrief();
    const width = gapWidth(gap) + (strong ? 1 : 0);
    ctx.setLineDash([]);
    ctx.globalAlpha = faint ? 0.15 : 0.8;
    ctx.strokeStyle = halo;
    ctx.lineWidth = width + 2;
    strokeCurve(ctx, curve);
    ctx.globalAlpha = faint ? 0.3 : 1;
    ctx.strokeStyle = isSupported(gap) ? colour : quiet;
    ctx.setLineDash(isSupported(gap) ? (strong ? [9, 5] : [6, 4.5]) : [2.5, 4]);
    ctx.lineWidth = width;
    strokeCurve(ctx, curve);
    count += 1;
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  return count;
}

/** Lighter than links inside the study. @param {CanvasRenderingContext2D} ctx @param {Transform} transform */
export function drawOutside(ctx, transform) {
  ctx.lineCap = "round";
  ctx.strokeStyle = colours().link;
  let count = 0;
  for (const link of visibleOutside()) {
    const curve = outsideCurve(link, transform);
    if (!curve) continue;
    const strong = isStrong(link);
    ctx.globalAlpha = strong ? 0.9 : state.pair ? 0.12 : 0.3;
    ctx.lineWidth = outsideWidthOf(link.weight) + (strong ? 1 : 0);
    strokeCurve(ctx, curve);
    count += 1;
  }
  ctx.globalAlpha = 1;
  for (const { b } of strongestByPlace()) drawRing(ctx, canvasPoint(b, transform));
  return count;
}

/** The strongest link to each region outside. */
export function strongestByPlace() {
  /** @type {Map<string, OutsideLink>} */
  const found = new Map();
  for (const link of visibleOutside()) if (!found.has(link.b.code)) found.set(link.b.code, link);
  return [...found.values()];
}

/** @param {CanvasRenderingContext2D} ctx @param {Point | null} point */
function drawRing(ctx, point) {
  if (!point) return;
  ctx.beginPath();
  ctx.arc(point[0], point[1], 3 * sizeFactor(), 0, 2 * Math.PI);
  ctx.fillStyle = colours().halo;
  ctx.fill();
  ctx.lineWidth = 1.3;
  ctx.strokeStyle = colours().link;
  ctx.stroke();
}
