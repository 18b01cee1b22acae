// The map as a picture to take along: PNG at twice the size, or SVG; with title, legend, limits and source.

import { actorLayer } from "../draw/actors.js";
import { badgeLayer } from "../draw/badges.js";
import { drawBasemap } from "../draw/basemap.js";
import { currentTransform, map } from "../draw/canvas.js";
import { byId, make } from "../draw/dom.js";
import { labelLayer } from "../draw/labels.js";
import { LAYERS } from "../draw/layers.js";
import { moveLayer } from "../draw/moves.js";
import { paintBox } from "../draw/paint_boxes.js";
import { SvgContext } from "../draw/svg_context.js";
import { DATA } from "../model/data.js";
import { breakWords } from "../model/line_breaks.js";
import { colours } from "../model/state.js";
import { localize, shownTitle, t } from "../model/words.js";
import { giveFile } from "./give_file.js";

const TWICE = 2;
const LINE = 15;
const MOST_LINES = 6;
const FOOT_FONT = '11px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';

/** @param {string[]} lines */
function footHeight(lines) {
  return LINE * lines.length + 6;
}

/** @param {any} ctx a canvas context, or what writes like one @param {string[]} foot */
function paintMap(ctx, foot) {
  const { x: width, y: height } = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const bounds = L.bounds([corner, corner.add([width, height])]);
  ctx.fillStyle = colours().sea;
  ctx.fillRect(0, 0, width, height + footHeight(foot));
  ctx.save();
  ctx.translate(-corner.x, -corner.y);
  ctx.save();
  drawBasemap(ctx, currentTransform(), bounds, 1);
  ctx.restore();
  for (const layer of [...LAYERS.slice(1), moveLayer, actorLayer, labelLayer, badgeLayer]) {
    ctx.save();
    layer.draw(ctx, currentTransform(), bounds);
    ctx.restore();
  }
  ctx.restore();
  ctx.globalAlpha = 1;
  const frame = map.getContainer().getBoundingClientRect();
  for (const id of ["notes", "legend", "insets"]) paintBox(ctx, byId(id), frame);
  writeFoot(ctx, foot, height);
}

/** What the data are, whence they come, and what they cannot say, in the lines that the width of the map gives. */
function footLines() {
  const ctx = /** @type {CanvasRenderingContext2D} */ (make("canvas").getContext("2d"));
  ctx.font = FOOT_FONT;
  const room = map.getSize().x - 24;
  const source = DATA.sources.slice(0, 1).map(localize);
  const limit = DATA.limits.slice(0, 1).map(localize);
  const review = DATA.review ? [t("review", { n: DATA.review })] : [];
  const lines = [[shownTitle(), ...source].join(" · "), [t("schematic"), ...review, ...limit].join(" · ")].flatMap(
    (words) => breakWords(words, (part) => ctx.measureText(part).width <= room),
  );
  return lines.length > MOST_LINES
    ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1].slice(0, -1)}…`]
    : lines;
}

/** @param {any} ctx @param {string[]} lines @param {number} height of the map */
function writeFoot(ctx, lines, height) {
  ctx.font = FOOT_FONT;
  ctx.fillStyle = colours().soft;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [i, words] of lines.entries()) ctx.fillText(words, 12, height + 10 + LINE * i);
}

export function savePng() {
  const { x: width, y: height } = map.getSize();
  const image = make("canvas");
  image.width = width * TWICE;
  const foot = footLines();
  image.height = (height + footHeight(foot)) * TWICE;
  const ctx = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
  ctx.scale(TWICE, TWICE);
  paintMap(ctx, foot);
  image.toBlob((blob) => blob && giveFile(blob, "map.png"), "image/png");
}

export function saveSvg() {
  const { x: width, y: height } = map.getSize();
  const foot = footLines();
  const ctx = new SvgContext(width, height + footHeight(foot));
  paintMap(ctx, foot);
  giveFile(new Blob([ctx.toText(shownTitle(), colours().hatch)], { type: "image/svg+xml" }), "map.svg");
}
