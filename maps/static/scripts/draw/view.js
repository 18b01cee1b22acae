// Where the map looks: the whole study with nothing covered, a region, a pair.

import { countMarks, fitView } from "../model/coverage.js";
import { DATA, gapsOf, otherEnd, REGIONS } from "../model/data.js";
import { boxesMeet, joinBoxes } from "../model/rings.js";
import { change, isBrief, lessMotion, narrow, selectGap, selectPair } from "../model/state.js";
import { LINES } from "./basemap.js";
import { map, toLatLng, zoomOf } from "./canvas.js";
import { byId, make } from "./dom.js";
import { drawInsets, locateInsets } from "./insets.js";

const CELLS = 320;
const MARGIN = 12;
const APART = 4;
const MIRROR_PRICE = 0.9;
const PARTNERS_IN_SIGHT = 8;
const DEEPEST = 6; // zooms from the whole study: 64 times as near
/** The zoom at which the whole study is seen. */
export let homeZoom = 0;

/** How much land lies in any rectangle of the grid, from the study drawn small once. */
const countLand = (function measureLand() {
  const [west, south, east, north] = DATA.basemap.view;
  const reach = Math.max(east - west, north - south);
  const cell = (reach * 2) / CELLS;
  const left = (west + east) / 2 - reach;
  const top = (south + north) / 2 + reach;
  const image = make("canvas");
  image.width = image.height = CELLS;
  const ctx = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d", { willReadFrequently: true }));
  ctx.setTransform(1 / cell, 0, 0, -1 / cell, -left / cell, top / cell);
  ctx.lineWidth = cell;
  REGIONS.filter(isInView).forEach((region) => {
    drawLand(ctx, region, cell);
  });
  ctx.stroke(LINES);
  const pixels = ctx.getImageData(0, 0, CELLS, CELLS).data;
  const count = countMarks(CELLS, (x, y) => pixels[4 * (y * CELLS + x) + 3] > 0);
  return (/** @type {number} */ x0, /** @type {number} */ y0, /** @type {number} */ x1, /** @type {number} */ y1) =>
    count((x0 - left) / cell, (top - y0) / cell, (x1 - left) / cell, (top - y1) / cell);
})();

/** Regions around the study count where the view holds them whole. @param {Region} region */
function isInView({ isUnit, box }) {
  const [west, south, east, north] = DATA.basemap.view;
  return isUnit || (box && box[0] >= west && box[1] >= south && box[2] <= east && box[3] <= north);
}

/** @param {CanvasRenderingContext2D} ctx @param {Region} region @param {number} cell */
function drawLand(ctx, { path, box, point }, cell) {
  if (path) {
    ctx.fill(path, "evenodd");
    ctx.stroke(path);
  } else if (box && point) ctx.fillRect(point[0] - cell * 2, point[1] - cell * 2, cell * 4, cell * 4);
}

/** The boxes that float over the map, in pixels. @returns {Box[]} */
function measureBoxes() {
  const corner = map.getContainer().getBoundingClientRect();
  const floating = narrow.matches ? ["notes", "zoom", "insets"] : ["notes", "zoom", "insets", "legend"];
  const above = narrow.matches ? document.querySelectorAll(".search, .time-head") : [];
  return [...floating.map((id) => byId(id)), ...above]
    .map((node) => node.getBoundingClientRect())
    .filter(({ width, height }) => width && height)
    .map(({ x, y, width, height }) => [x - corner.x, y - corner.y, x - corner.x + width, y - corner.y + height]);
}

/** Whether a box sticks out of the map or stands in the way of another; the first two have a place of their own. @param {Box[]} boxes */
function hasClash(boxes) {
  const { x, y } = map.getSize();
  return boxes.some((box, i) => {
    const sticksOut = box[0] < 0 || box[1] < 0 || box[2] > x || box[3] > y;
    return sticksOut || (i > 1 && boxes.slice(0, i).some((other) => boxesMeet(box, other, APART)));
  });
}

/**
 * The legend stands on the left and the insets on the right, where readers look for them; mirrored when the map can be
 * so much larger then.
 */
function findHome() {
  const { x: width, y: height } = map.getSize();
  const [usual, mirrored] = [false, true].map((mirror) => {
    byId("stage").classList.toggle("mirrored", mirror);
    const boxes = measureBoxes();
    const view = fitView(DATA.basemap.view, { width, height, margin: MARGIN }, boxes, countLand);
    return { ...view, worth: hasClash(boxes) ? 0 : view.scale / (1 + view.covered) };
  });
  const better = mirrored.worth * MIRROR_PRICE > usual.worth;
  byId("stage").classList.toggle("mirrored", better);
  return better ? mirrored : usual;
}

/** Leaflet forgets a move that is asked for while another one runs. @param {() => void} move */
function whenStill(move) {
  if (/** @type {any} */ (map)._animatingZoom) map.once("zoomend", () => setTimeout(() => whenStill(move), 0));
  else move();
}

export function goHome() {
  whenStill(() => showHome(true));
}

/** @param {boolean} animate */
export function showHome(animate) {
  map.invalidateSize({ pan: false });
  drawInsets(); // their size depends on that of the map
  const { scale, left, top } = findHome();
  locateInsets();
  const { x: width, y: height } = map.getSize();
  homeZoom = zoomOf(scale);
  map.options.minZoom = homeZoom - 1; // that of a larger window would hold the map too near
  const middle = toLatLng(left + width / 2 / scale, top - height / 2 / scale);
  map.setView(middle, homeZoom, { animate: animate && !lessMotion.matches });
  map.setMinZoom(homeZoom - 1);
  map.setMaxZoom(homeZoom + DEEPEST);
}

/** @param {(Box | null)[]} boxes */
function zoomTo(boxes) {
  const known = boxes.filter((box) => box !== null);
  if (!known.length) return;
  const [west, south, east, north] = known.reduce(joinBoxes);
  const bounds = L.latLngBounds(toLatLng(west, south), toLatLng(east, north));
  const below = narrow.matches ? 30 : Math.min(190, map.getSize().y / 4);
  whenStill(() =>
    map.fitBounds(bounds, {
      paddingTopLeft: narrow.matches ? [30, 110] : [50, 60],
      paddingBottomRight: [60, below],
      maxZoom: homeZoom + 4,
      animate: !lessMotion.matches,
      duration: 0.4,
    }),
  );
}

/**
 * Show a region with the points of its main partners and of its gaps, so that both stay in sight. On a page about a
 * scorecard its card answers, not the tab of partners and gaps.
 * @param {Region} region
 */
export function openRegion(region) {
  const gaps = gapsOf(region);
  const tab = DATA.gaps || !DATA.scorecard ? "region" : "scorecard";
  change({ focus: region, pair: null, tab, open: gaps[0] || null });
  const partners = region.links.slice(0, PARTNERS_IN_SIGHT).map((link) => (link.a === region ? link.b : link.a));
  const points = [...partners, ...gaps.map((gap) => otherEnd(gap, region))].map(({ point, inset }) => {
    return /** @type {Box | null} */ (point && !inset ? [...point, ...point] : null);
  });
  zoomTo([region.box, ...points]);
}

/** @param {Region} a @param {Region} b */
export function openPair(a, b) {
  selectPair(a, b);
  zoomTo([a.box, b.box]);
}

/** In the brief the map keeps its frame. @param {Gap} gap */
export function openPairOfGap(gap) {
  selectGap(gap);
  if (!isBrief()) zoomTo([gap.a.box, gap.b.box]);
}

/** @param {Gap} gap */
export function openGap(gap) {
  selectGap(gap);
  zoomTo([gap.a.box, gap.b.box]);
}
