// Candidates of the pair that is picked: squares beside the point of their region, away from the other end.
// Where in its region an institution stands is not known: the place is schematic.

import { candidatesOf, pickedGap } from "../model/actors.js";
import { colours, isBrief, narrow } from "../model/state.js";
import { localize } from "../model/words.js";
import { drawn } from "./canvas.js";
import { canvasPoint } from "./places.js";
import { radiusOf } from "./sizes.js";

const ACTOR_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
const ACTOR_LINE = 17; // pixels from name to name
const AWAY = 30;
const SIDE = 8;
const LONGEST_LABEL = 190; // pixels

/** Where the squares were drawn last. @type {{ item: { names: Bilingual, region: Region }, x: number, y: number, box: Box }[]} */
let placedActors = [];

/** Where squares and names stand, for other names to keep away from. */
export function actorBoxes() {
  return placedActors.map(({ box }) => box);
}

/** @type {DrawnLayer<{ names: Bilingual, region: Region }>} */
export const actorLayer = {
  kind: "actor",
  draw(ctx, transform) {
    placedActors = [];
    drawn.actors = 0;
    const gap = pickedGap();
    if (!gap || isBrief() || narrow.matches) return;
    for (const { region, other, names } of candidatesOf(gap)) {
      const [here, there] = [region, other].map((end) => canvasPoint(end, transform));
      if (!here || !there || region.inset) continue;
      const reach = AWAY + radiusOf(region);
      const [dx, dy] = [here[0] - there[0], here[1] - there[1]];
      const upright = Math.abs(dy) > Math.abs(dx);
      const side = dx >= 0 ? 1 : -1;
      for (const [i, name] of names.entries()) {
        const middle = i - (names.length - 1) / 2;
        const y = here[1] + (upright ? Math.sign(dy) * (reach * 0.6 + i * ACTOR_LINE) : middle * ACTOR_LINE);
        const x = here[0] + side * (upright ? reach * 0.5 : reach);
        drawActor(ctx, { names: name, region }, { from: here, to: [x, y], side });
      }
    }
  },
  hit(point) {
    return placedActors.find(({ x, y }) => Math.hypot(point.x - x, point.y - y) < SIDE)?.item || null;
  },
};

/** @param {CanvasRenderingContext2D} ctx @param {{ names: Bilingual, region: Region }} item @param {{ from: Point, to: Point, side: number }} where */
function drawActor(ctx, item, { from: [x0, y0], to: [x, y], side }) {
  const { halo, gap, ink } = colours();
  ctx.setLineDash([]);
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = gap;
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x, y);
  ctx.stroke();
  ctx.fillStyle = gap;
  ctx.strokeStyle = halo;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.rect(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE);
  ctx.fill();
  ctx.stroke();
  ctx.font = `11.5px ${ACTOR_FONT}`;
  ctx.textBaseline = "middle";
  const label = cutLabel(ctx, localize(item.names));
  const width = ctx.measureText(label).width;
  const left = side > 0 ? x + SIDE : x - SIDE - width;
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.2;
  ctx.strokeStyle = halo;
  ctx.strokeText(label, left, y);
  ctx.fillStyle = ink;
  ctx.fillText(label, left, y);
  const edges = [left, left + width, x - SIDE, x + SIDE];
  const box = /** @type {Box} */ ([Math.min(...edges), y - 8, Math.max(...edges), y + 8]);
  placedActors.push({ item, x, y, box });
  drawn.actors += 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {string} name */
function cutLabel(ctx, name) {
  if (ctx.measureText(name).width <= LONGEST_LABEL) return name;
  let cut = name;
  while (cut && ctx.measureText(`${cut}…`).width > LONGEST_LABEL) cut = cut.slice(0, -1);
  return `${cut.trim()}…`;
}
