// The numbers that stand on the curves of the first gaps and in the list beside the map.

import { formatDue } from "../model/answers.js";
import { boxOfCurve, choosePlace, isShort } from "../model/badge_places.js";
import { isSupported } from "../model/data.js";
import { isInBox } from "../model/rings.js";
import { change, colours, isBrief, narrow, numberedGaps, selectGap, state } from "../model/state.js";
import { formatCount, t } from "../model/words.js";
import { gapCurve } from "./places.js";
import { sizeFactor } from "./sizes.js";

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
const BADGE_FONT = `12.5px ${FONT}`;

/** @typedef {{ gap: Gap, box: Box, n: number, radius: number, words: string, from: Point | null }} Placed */

/** Where the numbers stand; those beside their curve have a line from there. @type {Placed[]} */
let placed = [];

/**
 * Find places for the numbers beside the names of what is selected, for the other names to keep away from.
 * @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {{ named: Box[], view: Box }} around
 */
export function placeBadges(ctx, transform, { named, view }) {
  placed = [];
  if (!state.layers.gaps) return [];
  const found = numberedGaps().flatMap((gap, i) => {
    const curve = gapCurve(gap, transform);
    return curve ? [{ gap, curve, n: i + 1, ...measureBadge(ctx, gap) }] : [];
  });
  const curves = found.filter(({ curve, size }) => isShort(curve, size)).map(({ curve }) => boxOfCurve(curve));
  for (const { curve, size, ...badge } of found) {
    const taken = [...placed.map((other) => other.box), ...named];
    placed.push({ ...badge, ...choosePlace(curve, size, { taken, curves, view }) });
  }
  return placed.map(({ box }) => box);
}

/** @type {DrawnLayer<Gap>} */
export const badgeLayer = {
  kind: "gap",
  draw(ctx) {
    ctx.font = BADGE_FONT;
    for (const badge of placed) drawLeader(ctx, badge);
    for (const badge of placed) drawBadge(ctx, badge);
  },
  hit(point) {
    return placed.find(({ box }) => isInBox(box, point.x, point.y))?.gap || null;
  },
  click: (gap) => (state.focus ? change({ open: gap }) : selectGap(gap)),
};

/** A line from the middle of the curve to a number beside it. @param {CanvasRenderingContext2D} ctx @param {Placed} badge */
function drawLeader(ctx, { gap, box, from }) {
  if (!from) return;
  const { gap: colour, quiet } = colours();
  const [x, y] = from;
  ctx.strokeStyle = ctx.fillStyle = isSupported(gap) ? colour : String(quiet);
  ctx.lineWidth = isLit(gap) ? 2 : 1.2;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
  ctx.fill();
}

/** @param {CanvasRenderingContext2D} ctx @param {Placed} badge */
function drawBadge(ctx, { gap, box, n, radius, words }) {
  if (words) drawPill(ctx, gap, { box, radius, words });
  const x = words ? box[0] + radius + 3 : (box[0] + box[2]) / 2;
  drawNumber(ctx, gap, { x, y: (box[1] + box[3]) / 2, radius, n });
}

/** @param {CanvasRenderingContext2D} ctx @param {Gap} gap */
function measureBadge(ctx, gap) {
  const radius = (narrow.matches ? 10 : 11) * Math.max(0.9, sizeFactor());
  ctx.font = BADGE_FONT;
  const isPaper = document.documentElement.dataset.print === "brief";
  const words = isBrief() && !narrow.matches && !isPaper ? sayPill(gap) : "";
  const width = words ? ctx.measureText(words).width + 2 * radius + 18 : 2 * radius;
  return { radius, words, size: { width, height: words ? 28 : 2 * radius } };
}

/** @param {Gap} gap */
function sayPill(gap) {
  return t("pill", { observed: formatCount(gap.observed), expected: formatDue(gap.expected) });
}

/** @param {Gap} gap */
function isLit(gap) {
  return state.open === gap || state.pair?.gap === gap || state.hover?.item === gap;
}

/** @param {CanvasRenderingContext2D} ctx @param {Gap} gap @param {{ box: Box, radius: number, words: string }} what */
function drawPill(ctx, gap, { box, radius, words }) {
  const { raised, gap: colour, quiet, ink } = colours();
  ctx.beginPath();
  ctx.roundRect(box[0], box[1], box[2] - box[0], box[3] - box[1], (box[3] - box[1]) / 2);
  ctx.fillStyle = String(raised);
  ctx.fill();
  ctx.lineWidth = isLit(gap) ? 2.4 : 1.2;
  ctx.strokeStyle = isSupported(gap) ? colour : String(quiet);
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(words, box[0] + 2 * radius + 9, (box[1] + box[3]) / 2 + 0.5);
}

/** @param {CanvasRenderingContext2D} ctx @param {Gap} gap @param {{ x: number, y: number, radius: number, n: number }} what */
function drawNumber(ctx, gap, { x, y, radius, n }) {
  const { gap: colour, quiet, raised, halo } = colours();
  const supported = isSupported(gap);
  ctx.beginPath();
  ctx.arc(x, y, radius + (isLit(gap) ? 1.5 : 0), 0, 2 * Math.PI);
  ctx.fillStyle = supported ? colour : String(raised);
  ctx.fill();
  ctx.lineWidth = isLit(gap) ? 2 : 1.2;
  ctx.setLineDash(supported ? [] : [2.5, 2.5]);
  ctx.strokeStyle = supported ? halo : String(quiet);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = supported ? halo : String(quiet);
  ctx.font = `bold 12px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(String(n), x, y + 0.5);
  ctx.textAlign = "left";
}
