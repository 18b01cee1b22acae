// Two years as two small maps, beside the map of their difference or in its place.

import { DATA, LINKS, SUPPORTED_GAPS, UNITS } from "../model/data.js";
import { currentPeriod, cutPeriod, whileShowing } from "../model/period.js";
import { boundRings, joinBoxes, unpackRings } from "../model/rings.js";
import { colours, isComparing, listen, narrow, printing, state } from "../model/state.js";
import { t } from "../model/words.js";
import { drawBasemap, drawNode } from "./basemap.js";
import { map } from "./canvas.js";
import { byId, make } from "./dom.js";
import { scoreLegend } from "./legend.js";
import { drawGaps, drawLinks, leastWeight } from "./lines.js";
import { showHome } from "./view.js";

const LINKS_DRAWN = 40;
const GAPS_DRAWN = 12;
const BESIDE_FROM = 760; // a narrower stage has the small maps below
const TWIN_MARGIN = 8;

/** All that the map can show, with the lines and places that the main map leaves to its insets. */
const EXTENT = /** @type {Box} */ (
  [DATA.basemap.view, ...(DATA.basemap.lines ? [boundRings(unpackRings(DATA.basemap.lines))] : [])].reduce(joinBoxes)
);

/** @type {{ figure: HTMLElement, image: HTMLCanvasElement, caption: HTMLElement, end: "from" | "to" }[]} */
const twinFrames = [];

/** @returns {HTMLElement} */
export function buildTwins() {
  const host = make("section", "");
  host.id = "twins";
  host.hidden = true;
  for (const end of /** @type {const} */ (["from", "to"])) {
    const figure = make("figure", "twin");
    const image = make("canvas");
    const caption = make("figcaption");
    image.setAttribute("role", "img");
    figure.append(image, caption);
    host.append(figure);
    twinFrames.push({ figure, image, caption, end });
  }
  return host;
}

/** To be called when the map is there. */
export function followTwins() {
  let shape = "";
  const arrange = () => {
    const now = arrangeTwins();
    if (now !== shape) showHome(false);
    shape = now;
  };
  listen("period twin view tab", arrange);
  listen("period twin view theme lang score layers extra", paintTwins);
  let height = map.getContainer().clientHeight;
  listen("period tab", () => {
    const now = map.getContainer().clientHeight; // a phone has the bar only where it is used
    if (now !== height && narrow.matches) {
      if (state.focus || state.pair) map.invalidateSize();
      else showHome(false);
    }
    height = now;
  });
  // The panel beside them may take its room while nothing else changes.
  new ResizeObserver(() => {
    if (printing.matches || document.querySelector(".sheet")) return;
    arrange();
    paintTwins();
  }).observe(byId("stage"));
}

/** Give the small maps their part of the stage. @returns {string} a name of the arrangement */
function arrangeTwins() {
  const stage = byId("stage");
  const shown = isComparing() && !narrow.matches;
  const beside = stage.clientWidth >= BESIDE_FROM;
  const shape = shown ? `${state.twin} ${beside ? "beside" : "below"}` : "";
  byId("twins").hidden = !shown;
  stage.dataset.twins = shape;
  return shape;
}

function paintTwins() {
  if (byId("twins").hidden) return;
  const period = currentPeriod();
  for (const { figure, image, caption, end } of twinFrames) {
    const year = period[end];
    caption.textContent = t("period_year", { from: year });
    image.setAttribute("aria-label", caption.textContent);
    sizeImage(image, figure);
    whileShowing({ kind: "year", from: year, to: year }, () => paintYear(image));
    figure.querySelector(".legend-part")?.remove();
    const score = state.layers.score && cutPeriod({ kind: "year", from: year, to: year }).scores[state.score];
    if (score && end === "to") figure.append(scoreLegend(score));
  }
}

/** @param {HTMLCanvasElement} image @param {HTMLElement} figure */
function sizeImage(image, figure) {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  image.width = Math.round(figure.clientWidth * ratio);
  image.height = Math.round(figure.clientHeight * ratio);
}

/** @param {HTMLCanvasElement} image */
function paintYear(image) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  const [width, height] = [image.width / ratio, image.height / ratio];
  const [west, south, east, north] = EXTENT;
  const k = Math.min((width - 2 * TWIN_MARGIN) / (east - west), (height - 2 * TWIN_MARGIN) / (north - south));
  const x = width / 2 - ((west + east) / 2) * k;
  const y = height / 2 + ((south + north) / 2) * k;
  const transform = { k, x, y };
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = colours().sea;
  ctx.fillRect(0, 0, width, height);
  ctx.save();
  drawBasemap(ctx, transform, null, 0.7);
  ctx.restore();
  const isHere = (/** @type {Joint} */ { a, b }) => !a.inset && !b.inset; // an inset is a place on the main map
  const links = state.layers.links ? LINKS.filter(isHere).slice(0, LINKS_DRAWN) : [];
  ctx.save();
  ctx.globalAlpha = 0.6;
  drawLinks(ctx, transform, links, leastWeight(links));
  if (state.layers.gaps) drawGaps(ctx, transform, SUPPORTED_GAPS.filter(isHere).slice(0, GAPS_DRAWN));
  ctx.restore();
  if (DATA.regions.shape.some(Boolean)) return;
  for (const region of UNITS) {
    if (region.point) drawNode(ctx, region, [x + region.point[0] * k, y - region.point[1] * k]);
  }
}
