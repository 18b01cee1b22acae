// Insets for far places, drawn like the map itself; regions that only an inset shows live in it, with their links.

import { INSETS, UNITS } from "../model/data.js";
import { colours, listen, narrow, state, visibleGaps, visibleLinks } from "../model/state.js";
import { localize } from "../model/words.js";
import { drawBasemap, drawNode, drawOutlines } from "./basemap.js";
import { canvas, currentTransform, map } from "./canvas.js";
import { make } from "./dom.js";
import { drawGaps, drawLinks, leastWeight } from "./lines.js";
import { canvasPoint, endsIn } from "./places.js";

const WIDTHS = { narrow: 76, small: 88, wide: 112 };
const SMALL_STAGE = 800;
const TALLEST = 1.25; // of the width

/** @typedef {{ inset: Inset, figure: HTMLElement, image: HTMLCanvasElement, caption: HTMLElement, lives: boolean }} Frame */

/** @type {Frame[]} */
const frames = [];

/** @param {HTMLElement} host */
export function addInsets(host) {
  for (const inset of INSETS) {
    const figure = make("figure", "inset");
    const image = make("canvas");
    const caption = make("figcaption");
    image.setAttribute("role", "img");
    figure.append(image, caption);
    host.append(figure);
    frames.push({ inset, figure, image, caption, lives: UNITS.some((region) => region.inset === inset) });
  }
  listen("lang view tab score extra theme layers", drawInsets);
  if (!frames.some(({ lives }) => lives)) return;
  listen("shown gapsShown strict focus pair hover", drawInsets);
  map.on("moveend", drawInsets);
}

function pixelRatio() {
  return Math.max(1, window.devicePixelRatio || 1);
}

/** @param {Frame} frame */
function sizeInset({ inset, image, caption }) {
  const width = WIDTHS[narrow.matches ? "narrow" : map.getSize().x < SMALL_STAGE ? "small" : "wide"];
  const [west, south, east, north] = inset.box;
  const k = Math.min(width / (east - west), (width * TALLEST) / (north - south));
  const size = { width: Math.round((east - west) * k), height: Math.round((north - south) * k) };
  for (const side of /** @type {const} */ (["width", "height"])) {
    image[side] = size[side] * pixelRatio();
    image.style[side] = `${size[side]}px`;
  }
  image.setAttribute("aria-label", localize(inset.title));
  caption.textContent = localize(inset.title);
}

export function drawInsets() {
  if (!canvas) return; // before the first view their size is unknown
  frames.forEach(sizeInset);
  locateInsets();
  frames.forEach(paintInset);
}

/** Note where each inset is over the map, in pixels from its corner. */
export function locateInsets() {
  const corner = map.getContainer().getBoundingClientRect();
  for (const { inset, figure, image } of frames) {
    const outer = figure.getBoundingClientRect();
    const inner = image.getBoundingClientRect();
    inset.at = inner.width
      ? {
          left: inner.left - corner.left,
          top: inner.top - corner.top,
          right: outer.right - corner.left,
          bottom: outer.bottom - corner.top,
          k: inner.width / (inset.box[2] - inset.box[0]),
        }
      : null;
  }
}

/** @param {Frame} frame */
function paintInset({ inset, image, lives }) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
  const k = image.width / (inset.box[2] - inset.box[0]);
  const transform = { k, x: -inset.box[0] * k, y: inset.box[3] * k };
  ctx.fillStyle = colours().sea;
  ctx.fillRect(0, 0, image.width, image.height);
  ctx.save();
  drawBasemap(ctx, transform, null, 0.8 * pixelRatio());
  ctx.restore();
  if (!lives || !inset.at) return;
  ctx.save();
  drawOutlines(ctx, transform, "farPath");
  ctx.restore();
  ctx.save();
  const corner = map.containerPointToLayerPoint([inset.at.left, inset.at.top]);
  ctx.scale(pixelRatio(), pixelRatio());
  ctx.translate(-corner.x, -corner.y);
  drawInhabitants(ctx, inset);
  ctx.restore();
}

/** Links that lie on the canvas of the map and go on in here. @param {CanvasRenderingContext2D} ctx @param {Inset} inset */
function drawInhabitants(ctx, inset) {
  const transform = currentTransform();
  const links = visibleLinks();
  drawLinks(
    ctx,
    transform,
    links.filter((link) => endsIn(link, inset)),
    leastWeight(links),
  );
  drawGaps(
    ctx,
    transform,
    visibleGaps().filter((gap) => endsIn(gap, inset)),
  );
  if (!state.layers.nodes) return;
  ctx.globalAlpha = 1;
  for (const region of UNITS) {
    const point = region.inset === inset && canvasPoint(region, transform);
    if (point) drawNode(ctx, region, point);
  }
}
