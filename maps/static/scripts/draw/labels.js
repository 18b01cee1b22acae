// Names on the map: the important ones first, none over another, more of them as the reader zooms in.

import { findExit, toCanvas } from "../model/curves.js";
import { DATA, UNITS } from "../model/data.js";
import { boxesMeet, isInBox } from "../model/rings.js";
import { colours, isBrief, numberedGaps, state } from "../model/state.js";
import { shortName } from "../model/words.js";
import { actorBoxes } from "./actors.js";
import { placeBadges } from "./badges.js";
import { drawn, map } from "./canvas.js";
import { byId } from "./dom.js";
import { strongestByPlace } from "./lines.js";
import { outsideCurve } from "./places.js";
import { radiusOf, sizeFactor } from "./sizes.js";
import { homeZoom } from "./view.js";

const LABEL_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
const PARTNERS_NAMED = 14;
const POINTS_KEPT_FREE = 80;

/** Units that can have a name on the map, the most connected first. */
const NAMED_UNITS = UNITS.filter((region) => region.point && !region.inset).sort(
  (a, b) => (b.strength || 0) - (a.strength || 0),
);

/** What is selected, then its partners: they are named whatever else is. */
function wantedFirst() {
  const { pair, focus } = state;
  const wanted = pair ? [pair.a, pair.b] : [];
  for (const gap of numberedGaps()) wanted.push(gap.a, gap.b);
  if (focus) {
    const partners = focus.links.slice(0, PARTNERS_NAMED).map((link) => (link.a === focus ? link.b : link.a));
    wanted.push(focus, ...partners);
  }
  return wanted.filter((region) => region.point && !region.inset);
}

/**
 * Right of the point, left, above, below, farther above, farther below.
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {number} width of the name
 * @returns {Box[]}
 */
function labelPlaces(x, y, radius, width) {
  const gap = radius + 4;
  const half = width / 2;
  return [
    [x + gap, y - 7, x + gap + width, y + 7],
    [x - gap - width, y - 7, x - gap, y + 7],
    [x - half, y - gap - 14, x + half, y - gap],
    [x - half, y + gap, x + half, y + gap + 14],
    [x - half, y - gap - 24, x + half, y - gap - 10],
    [x - half, y + gap + 10, x + half, y + gap + 24],
  ];
}

/** @param {Transform} transform @returns {{ region: Region, box: Box }[]} */
function nodeBoxes(transform) {
  if (!state.layers.nodes) return [];
  return NAMED_UNITS.slice(0, POINTS_KEPT_FREE)
    .filter((region) => region.strength)
    .map((region) => {
      const [x, y] = toCanvas(/** @type {Point} */ (region.point), transform);
      const r = radiusOf(region);
      return { region, box: [x - r, y - r, x + r, y + r] };
    });
}

/** What is in sight, in pixels of the canvas. @returns {Box} */
function viewBox() {
  const corner = map.containerPointToLayerPoint([0, 0]);
  const { x, y } = map.getSize();
  return [corner.x, corner.y, corner.x + x, corner.y + y];
}

/** @param {Box} box @param {Box[]} taken */
function isFree(box, taken) {
  return !taken.some((other) => boxesMeet(box, other));
}

/** @type {DrawnLayer} */
export const labelLayer = {
  draw(ctx, transform, bounds) {
    drawn.labels = drawn.outsideLabels = 0;
    if (!state.layers.labels) {
      placeBadges(ctx, transform, { named: [], view: viewBox() });
      return;
    }
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const view = viewBox();
    const taken = writeRegions(ctx, transform, { view, bounds });
    writeOutside(ctx, transform, { view, taken });
  },
};

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 * @param {{ view: Box, bounds: L.Bounds }} within
 * @returns {Box[]} where names stand now
 */
function writeRegions(ctx, transform, { view, bounds }) {
  const nodes = nodeBoxes(transform);
  const floating = floatingBoxes(view);
  const first = wantedFirst();
  const ends = isBrief() ? numberedGaps().flatMap(({ a, b }) => [a, b]) : [];
  const named = new Set([state.focus, state.pair?.a, state.pair?.b, ...ends]);
  const closer = 4 ** Math.max(0, map.getZoom() - homeZoom);
  const limit = first.length + Math.round(DATA.labelsShown * sizeFactor() ** 2 * closer);
  const taken = [...actorBoxes()]; // candidates are drawn below the names, which keep away from them
  for (const region of new Set([...first, null, ...NAMED_UNITS])) {
    if (!region) {
      taken.push(...placeBadges(ctx, transform, { named: [...taken, ...floating], view })); // for other names to keep away
      continue;
    }
    if (drawn.labels >= limit) continue;
    const [x, y] = toCanvas(/** @type {Point} */ (region.point), transform);
    if (!bounds.contains([x, y])) continue;
    const selected = named.has(region);
    ctx.font = (selected ? `bold ${isBrief() ? 14 : 13}px ` : "12px ") + LABEL_FONT;
    const places = labelPlaces(x, y, radiusOf(region), ctx.measureText(shortName(region)).width);
    // A name is not cut by the edge of the window, unless its point is beyond it.
    const beyond = x < view[0] || x > view[2];
    const isUncut = (/** @type {Box} */ box) => beyond || (box[0] >= view[0] + 2 && box[2] <= view[2] - 2);
    const others = nodes.filter((node) => node.region !== region).map((node) => node.box);
    const isGood = (/** @type {Box} */ box) =>
      isUncut(box) && isFree(box, floating) && isFree(box, taken) && isFree(box, others);
    const place = selected
      ? places.find(isGood) || places.find((box) => isFree(box, taken)) || places[0]
      : places.slice(0, 4).find(isGood);
    if (!place) continue;
    writeLabel(ctx, shortName(region), { place, taken, colour: colours().ink });
    drawn.labels += 1;
  }
  return taken;
}

/**
 * A name at the place, or, when that is beyond the window, where its strongest link leaves the window.
 * @param {Transform} transform
 * @param {Box} view
 */
function outsideLabels(transform, view) {
  const isInside = (/** @type {number} */ x, /** @type {number} */ y) => isInBox(view, x, y);
  return strongestByPlace().flatMap((link) => {
    const spot = toCanvas(/** @type {Point} */ (link.b.point), transform);
    if (isInside(...spot)) return [{ name: shortName(link.b), spot, out: false }];
    const curve = outsideCurve(link, transform);
    const exit = curve && findExit(curve, isInside);
    return exit ? [{ name: shortName(link.b), spot: exit, out: true }] : [];
  });
}

/** What floats over the map, in pixels of the canvas. @param {Box} view @returns {Box[]} */
function floatingBoxes(view) {
  const corner = map.getContainer().getBoundingClientRect();
  const boxes = ["notes", "zoom", "legend", "insets"].map((id) => byId(id).getBoundingClientRect());
  const [dx, dy] = [view[0] - corner.left, view[1] - corner.top];
  return boxes
    .filter(({ width }) => width)
    .map((box) => [box.left + dx, box.top + dy, box.right + dx, box.bottom + dy]);
}

/**
 * Names of regions outside, in the soft colour, where nothing else stands.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Transform} transform
 * @param {{ view: Box, taken: Box[] }} within
 */
function writeOutside(ctx, transform, { view, taken }) {
  const blocked = floatingBoxes(view);
  const keep = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.max(low, Math.min(high, value));
  ctx.font = `11px ${LABEL_FONT}`;
  for (const { name, spot, out } of outsideLabels(transform, view)) {
    const width = ctx.measureText(name).width;
    const left = out ? keep(spot[0] - width / 2, view[0] + 5, view[2] - width - 5) : spot[0] + 6;
    const top = out ? keep(spot[1] - 7, view[1] + 4, view[3] - 18) : spot[1] - 7;
    /** @type {Box} */
    const place = [left, top, left + width, top + 14];
    if (!isFree(place, taken) || !isFree(place, blocked)) continue;
    writeLabel(ctx, name, { place, taken, colour: colours().soft });
    drawn.outsideLabels += 1;
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} name
 * @param {{ place: Box, taken: Box[], colour: string }} where
 */
function writeLabel(ctx, name, { place, taken, colour }) {
  taken.push([place[0] - 3, place[1] - 1, place[2] + 3, place[3] + 1]);
  const y = (place[1] + place[3]) / 2;
  ctx.globalAlpha = 0.85;
  ctx.strokeStyle = colours().halo;
  ctx.lineWidth = 3;
  ctx.strokeText(name, place[0], y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour;
  ctx.fillText(name, place[0], y);
}
