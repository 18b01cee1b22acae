// Regions and their boundaries, for the map and for its insets alike.

import { splitBorders } from "../model/borders.js";
import { colourOf, coloursOf } from "../model/classes.js";
import { toCanvas } from "../model/curves.js";
import { BRIEF_GAPS, DATA, REGIONS, tracePath } from "../model/data.js";
import { classFills, fillLayer } from "../model/layers.js";
import { unpackRings } from "../model/rings.js";
import { chosenScore, colours, isBrief, state } from "../model/state.js";
import { make } from "./dom.js";
import { radiusOf } from "./sizes.js";

const OVER_TILES = 0.6;

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
  const layer = fillLayer();
  if (layer) {
    const fills = classFills(layer);
    return ({ isUnit, i }) => (isUnit && fills[layer.of[i] ?? -1]) || land;
  }
  if (!state.layers.score || !score) return () => land;
  const look = { fills: coloursOf(score.breaks, colours()), zero: colours().zero };
  return ({ isUnit, i }) => (isUnit && colourOf(score, score.values[i], look)) || land;
}

/** A region of the study without a value: not zero, and not outside what the data cover. @param {Region} region */
function isBlank({ isUnit, i }) {
  const score = chosenScore();
  const layer = fillLayer();
  if (layer) return isUnit && layer.of[i] === null;
  return isUnit && !isBrief() && state.layers.score && score !== undefined && score.values[i] === null;
}

/** Strokes over what has no value, six pixels apart at any zoom. @param {CanvasRenderingContext2D} ctx @param {number} unit grid steps of a pixel */
function makeHatch(ctx, unit) {
  const tile = make("canvas");
  tile.width = tile.height = 6;
  const own = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  own.strokeStyle = colours().hatch;
  own.lineWidth = 1.1;
  own.beginPath();
  for (const shift of [-6, 0, 6]) {
    own.moveTo(shift, 6);
    own.lineTo(shift + 6, 0);
  }
  own.stroke();
  const hatch = /** @type {CanvasPattern} */ (ctx.createPattern(tile, "repeat"));
  hatch.setTransform(new DOMMatrix([unit, 0, 0, unit, 0, 0]));
  return hatch;
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
  const hatch = makeHatch(ctx, unit);
  ctx.globalAlpha = DATA.tiles ? OVER_TILES : 1;
  for (const region of REGIONS) {
    const paths = bounds ? [] : [region.farPath];
    if (region.path && isInside(region.box, transform, bounds)) {
      paths.push(region.path);
      count += 1;
    }
    for (const fill of [fillOf(region), ...(isBlank(region) ? [hatch] : [])]) {
      ctx.fillStyle = fill;
      for (const path of paths) if (path) ctx.fill(path, "evenodd");
    }
  }
  ctx.globalAlpha = 1;
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

/** Where hues are lost: on paper, which may be grey, and on screens without colours of their own. */
const greyScreen = window.matchMedia("(monochrome), (forced-colors: active)");

/**
 * A minus in every region whose value is below zero: light and dark say how far from zero, and nothing of the side.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 */
export function drawMinuses(ctx, transform) {
  const score = chosenScore();
  const grey = document.documentElement.dataset.print || greyScreen.matches;
  if (!grey || !score || score.breaks[0] >= 0 || !state.layers.score || isBrief() || fillLayer()) return;
  ctx.font = "bold 12px sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const region of REGIONS) {
    if (!region.isUnit || !region.path || !region.point || region.inset || (score.values[region.i] || 0) >= 0) continue;
    const [x, y] = toCanvas(region.point, transform);
    ctx.strokeStyle = colours().halo;
    ctx.lineWidth = 3;
    ctx.strokeText("−", x, y - radiusOf(region) - 7);
    ctx.fillStyle = colours().ink;
    ctx.fillText("−", x, y - radiusOf(region) - 7);
  }
  ctx.textAlign = "left";
}

/** Where there is no polygon the point has the colour. @param {CanvasRenderingContext2D} ctx @param {Region} region */
function drawSign(ctx, region) {
  const { land, node } = colours();
  const fill = chooseFills()(region);
  ctx.strokeStyle = node;
  ctx.lineWidth = fill === land ? 0.8 : 1.4;
  ctx.stroke();
  ctx.fillStyle = fill;
}

/** @param {CanvasRenderingContext2D} ctx @param {Region} region @param {Point} point */
export function drawNode(ctx, region, [x, y]) {
  const { node, outline, halo } = colours();
  ctx.beginPath();
  ctx.arc(x, y, radiusOf(region), 0, 2 * Math.PI);
  ctx.fillStyle = region.strength ? node : outline;
  if (!region.path && !region.farPath) drawSign(ctx, region);
  else if (region.strength) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = 1.6;
    ctx.stroke();
  }
  ctx.fill();
}
