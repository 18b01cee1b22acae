// Regions and their boundaries, for the map and for its insets alike.

import { splitBorders } from "../model/borders.js";
import { classOf, coloursOf } from "../model/classes.js";
import { BRIEF_GAPS, DATA, REGIONS, tracePath } from "../model/data.js";
import { unpackRings } from "../model/rings.js";
import { chosenScore, colours, isBrief, state } from "../model/state.js";
import { radiusOf } from "./sizes.js";

/** Lines of the base map, such as a claimed boundary. */
export const LINES = tracePath(unpackRings(DATA.basemap.lines), false);

/** @param {"rings" | "far"} part */
function traceBorders(part) {
  const { inner, outer } = splitBorders(REGIONS.map((region) => ({ rings: region[part], group: region.group })));
  return { inner: tracePath(inner, false), outer: tracePath(outer, false) };
}

const BORDERS = traceBorders("rings");
const FAR_BORDERS = traceBorders("far");

/** What fills a region: the colour of its class. @returns {(region: Region) => string} */
function chooseFills() {
  const { land, ends, rest } = colours();
  const score = chosenScore();
  if (isBrief()) {
    const concerned = new Set(BRIEF_GAPS.flatMap(({ a, b }) => [a, b]));
    return (region) => (concerned.has(region) ? ends : region.isUnit ? rest : land);
  }
  if (!state.layers.score || !score) return () => land;
  const fills = coloursOf(score.breaks, colours());
  return ({ isUnit, i }) => (isUnit && fills[classOf(score.breaks, score.values[i])]) || land;
}

/** @param {Box | null} box @param {Transform} transform @param {L.Bounds | null} bounds */
function isInside(box, { k, x, y }, bounds) {
  if (!bounds || !box) return true;
  const { min, max } = /** @type {{ min: L.Point, max: L.Point }} */ (bounds);
  return x + box[2] * k >= min.x && x + box[0] * k <= max.x && y - box[1] * k >= min.y && y - box[3] * k <= max.y;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 * @param {L.Bounds | null} bounds of the map; an inset has none, and shows the far places too
 * @param {number} width factor of all lines
 * @returns {number} how many regions were drawn
 */
export function drawBasemap(ctx, transform, bounds, width) {
  const unit = width / transform.k;
  let count = 0;
  ctx.transform(transform.k, 0, 0, -transform.k, transform.x, transform.y);
  ctx.lineJoin = "round";
  const fillOf = chooseFills();
  for (const region of REGIONS) {
    ctx.fillStyle = fillOf(region);
    if (!bounds && region.farPath) ctx.fill(region.farPath, "evenodd");
    if (!region.path || !isInside(region.box, transform, bounds)) continue;
    ctx.fill(region.path, "evenodd");
    count += 1;
  }
  drawBorders(ctx, BORDERS, unit);
  if (!bounds) drawBorders(ctx, FAR_BORDERS, unit);
  ctx.lineWidth = 1.3 * unit;
  ctx.stroke(LINES);
  return count;
}

/**
 * A casing below the line, so that it shows between two pale regions and between two dark ones.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ inner: Path2D, outer: Path2D }} borders
 * @param {number} unit
 */
function drawBorders(ctx, { inner, outer }, unit) {
  const { halo, border, outline } = colours();
  ctx.globalAlpha = 0.5;
  strokePath(ctx, inner, 1.9 * unit, halo);
  ctx.globalAlpha = 1;
  strokePath(ctx, inner, 0.6 * unit, border);
  strokePath(ctx, outer, 0.9 * unit, outline);
}

/** @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {number} width @param {string} colour */
function strokePath(ctx, path, width, colour) {
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke(path);
}

/**
 * Outlines of what is selected or under the pointer.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 * @param {"path" | "farPath"} part
 */
export function drawOutlines(ctx, transform, part) {
  /** @type {[Region, number][]} */
  const marks = [];
  if (state.hover?.kind === "region") marks.push([state.hover.item, 1.4]);
  if (state.focus) marks.push([state.focus, 2.4]);
  if (state.pair) marks.push([state.pair.a, 2.4], [state.pair.b, 2.4]);
  ctx.transform(transform.k, 0, 0, -transform.k, transform.x, transform.y);
  ctx.lineJoin = "round";
  for (const [region, width] of marks) {
    const path = region[part];
    if (path) strokePath(ctx, path, width / transform.k, colours().focus);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {Region} region @param {Point} point */
export function drawNode(ctx, region, [x, y]) {
  const { node, outline, halo } = colours();
  ctx.beginPath();
  ctx.arc(x, y, radiusOf(region), 0, 2 * Math.PI);
  ctx.fillStyle = region.strength ? node : outline;
  if (region.strength) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = 1.6;
    ctx.stroke();
  }
  ctx.fill();
}
