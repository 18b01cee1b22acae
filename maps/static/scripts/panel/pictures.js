// The map as a picture to take along: PNG at twice the size, or SVG; with title, legend, limits and source.

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
import { colours } from "../model/state.js";
import { localize, pageTitle, t } from "../model/words.js";
import { giveFile } from "./give_file.js";

const TWICE = 2;
const FOOT = 34;
const PICTURE_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';

/** @param {any} ctx a canvas context, or what writes like one */
function paintMap(ctx) {
  const { x: width, y: height } = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const bounds = L.bounds([corner, corner.add([width, height])]);
  ctx.fillStyle = colours().sea;
  ctx.fillRect(0, 0, width, height + FOOT);
  ctx.save();
  ctx.translate(-corner.x, -corner.y);
  ctx.save();
  drawBasemap(ctx, currentTransform(), bounds, 1);
  ctx.restore();
  for (const layer of [...LAYERS.slice(1), moveLayer, labelLayer, badgeLayer]) {
    ctx.save();
    layer.draw(ctx, currentTransform(), bounds);
    ctx.restore();
  }
  ctx.restore();
  ctx.globalAlpha = 1;
  const frame = map.getContainer().getBoundingClientRect();
  for (const id of ["notes", "legend", "insets"]) paintBox(ctx, byId(id), frame);
  writeFoot(ctx, height);
}

/** What the data are, whence they come, and what they cannot say. @param {any} ctx @param {number} height of the map */
function writeFoot(ctx, height) {
  const limits = DATA.limits.slice(0, 1).map(localize);
  ctx.font = `11px ${PICTURE_FONT}`;
  ctx.fillStyle = colours().soft;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const room = map.getSize().x - 24;
  const fit = (/** @type {string} */ words) => {
    let cut = words;
    while (ctx.measureText(cut).width > room) cut = `${cut.slice(0, -2)}…`;
    return cut;
  };
  ctx.fillText(fit([pageTitle(), ...DATA.sources.slice(0, 1).map(localize)].join(" · ")), 12, height + 10);
  ctx.fillText(fit([t("schematic"), ...limits].join(" · ")), 12, height + 25);
}

export function savePng() {
  const { x: width, y: height } = map.getSize();
  const image = make("canvas");
  image.width = width * TWICE;
  image.height = (height + FOOT) * TWICE;
  const ctx = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
  ctx.scale(TWICE, TWICE);
  paintMap(ctx);
  image.toBlob((blob) => blob && giveFile(blob, "map.png"), "image/png");
}

export function saveSvg() {
  const { x: width, y: height } = map.getSize();
  const ctx = new SvgContext(width, height + FOOT);
  paintMap(ctx);
  giveFile(new Blob([ctx.toText(pageTitle(), colours().hatch)], { type: "image/svg+xml" }), "map.svg");
}
