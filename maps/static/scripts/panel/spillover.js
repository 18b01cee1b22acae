// Estimated spillover: what was found, who gives to whom by groups, whether it holds under other weights.

import { make, makeShape } from "../draw/dom.js";
import { DATA } from "../model/data.js";
import { chosenLayer, classFills, fillLayer } from "../model/layers.js";
import { decimalsFor, largestSize } from "../model/numbers.js";
import { formatNumber, isChinese, localize, t } from "../model/words.js";

const CELL_WIDTH = 92;
const MOST_WIDE = 4;
const [SIDE_WIDTH, TIGHT_WIDTH] = [78, 52];
const [PLOT_HEIGHT, PLOT_TOP, PLOT_LEFT] = [150, 8, 44];
const MODEL_MARKS = ["circle", "square", "triangle", "diamond"];

/** @param {HTMLElement} host */
export function showSpillover(host) {
  const story = DATA.spillover;
  if (!story) return;
  host.append(make("h2", "headline", localize(story.headline)));
  if (story.groups) host.append(...groupPart(story.groups, localize(story.unit)));
  host.append(
    make("h3", "", t("spill_models")),
    make("p", "soft", t("spill_models_of", { unit: localize(story.unit) })),
  );
  const frame = make("div", "scroll-x");
  frame.append(plotModels(story.models, localize(story.verdict)));
  host.append(frame, modelLegend(story.models.models), make("p", "caution", localize(story.verdict)));
  const list = make("ul", "spill-notes");
  for (const note of story.notes) list.append(make("li", "", localize(note)));
  host.append(list);
}

/** @param {NonNullable<SpilloverStory["groups"]>} groups @param {string} unit */
function groupPart(groups, unit) {
  const tight = groups.names.length > MOST_WIDE;
  const table = make("table", tight ? "spill-cells tight" : "spill-cells");
  if (tight) table.style.minWidth = `${SIDE_WIDTH + TIGHT_WIDTH * groups.names.length}px`;
  const head = /** @type {HTMLTableElement} */ (table).createTHead().insertRow();
  head.append(groupHead(t("spill_corner"), "corner"));
  groups.names.forEach((name, i) => {
    head.append(groupHead(localize(name), "", tight ? "" : sayRegions(groups.sizes[i]))); // the rows say it
  });
  const body = /** @type {HTMLTableElement} */ (table).createTBody();
  const most = largestSize(groups.cells.flat().map(([estimate]) => estimate));
  const decimals = decimalsFor(most);
  groups.cells.forEach((row, giver) => {
    const line = body.insertRow();
    const side = groupHead(localize(groups.names[giver]), "side", sayRegions(groups.sizes[giver]));
    side.prepend(patchOf(groups.names[giver]));
    side.scope = "row";
    line.append(side);
    row.forEach((cell, receiver) => {
      const asked = groups.asked?.[0] === giver && groups.asked[1] === receiver;
      const alone = giver === receiver && groups.sizes[giver] === 1; // nobody else in it to give to
      const made = tight ? tightCell : groupCell;
      line.append(alone ? make("td", "soft", "–") : made(cell, decimals, asked));
    });
  });
  const frame = make("div", "scroll-x");
  frame.append(table);
  const key = make("p", "soft spill-key one");
  key.append(chanceMark([null, null, null, 0.6, 0.4, 0.2, 0.55], 46), make("span", "", t("spill_chance_key")));
  return [make("h3", "", t("spill_groups")), make("p", "soft", unit), frame, key];
}

/** The colour of the group on the map, where the map shows it. @param {Bilingual} name */
function patchOf(name) {
  const fills = fillLayer() && chosenLayer()?.kind === "flows" ? fillLayer() : null;
  const place = fills ? fills.names.findIndex(([en]) => en === name[0]) : -1;
  const patch = make("i", "spill-patch");
  patch.hidden = place < 0;
  if (fills && place >= 0) patch.style.background = classFills(fills)[place];
  return patch;
}

/** @param {string} words @param {string} className @param {string} [more] */
function groupHead(words, className, more = "") {
  const cell = make("th", className, words);
  cell.scope = "col";
  if (more) cell.append(make("small", "", more));
  return cell;
}

/** @param {Value} size */
function sayRegions(size) {
  return size === null ? "" : t("spill_size", { n: size });
}

/** @param {Value[]} cell @param {number} decimals @param {boolean} asked */
function groupCell(cell, decimals, asked) {
  const [estimate, low, high, share, chance] = cell;
  const box = make("td", asked ? "asked" : "");
  const sure = low !== null && high !== null && (low > 0 || high < 0);
  box.append(make("b", sure ? "" : "unsure", formatNumber(estimate, decimals)));
  box.append(make("small", "", `${formatNumber(low, decimals)} – ${formatNumber(high, decimals)}`));
  if (share !== null && chance !== null) {
    const [own, dealt] = [share, chance].map((value) => formatNumber(value, 0, "percent"));
    box.append(chanceMark(cell, CELL_WIDTH), make("small", "", t("spill_share", { share: own, chance: dealt })));
  }
  return box;
}

/** Of many groups: the interval on hover only. @param {Value[]} cell @param {number} decimals @param {boolean} asked */
function tightCell(cell, decimals, asked) {
  const full = groupCell(cell, decimals, asked);
  const box = make("td", full.className);
  box.title = [...full.querySelectorAll("small")].map((line) => line.textContent).join(" · ");
  const [bold] = full.getElementsByTagName("b");
  box.append(bold, chanceMark(cell, TIGHT_WIDTH - 8));
  if (cell[3] !== null) box.append(make("small", "", formatNumber(cell[3], 0, "percent")));
  return box;
}

/** The share as a dot over the range that chance gives; filled where it lies outside. @param {Value[]} cell @param {number} width */
function chanceMark([, , , share, chance, low, high], width) {
  const box = makeShape("svg", { width, height: 12, "aria-hidden": "true", class: "spill-chance" });
  if (share === null || chance === null || low === null || high === null) return box;
  const ends = [Math.min(0, share, low), Math.max(1, share, high)];
  const x = (/** @type {number} */ value) => 5 + ((value - ends[0]) / (ends[1] - ends[0])) * (width - 10);
  box.append(makeShape("rect", { x: x(low), y: 4, width: Math.max(1, x(high) - x(low)), height: 4, class: "range" }));
  box.append(makeShape("line", { x1: x(chance), x2: x(chance), y1: 1, y2: 11, class: "mean" }));
  const outside = share < low || share > high;
  box.append(makeShape("circle", { cx: x(share), cy: 6, r: 4, class: outside ? "mark" : "mark open" }));
  return box;
}

/** @param {SpilloverStory["models"]} models @param {string} words */
function plotModels({ weights, models, rows }, words) {
  const step = Math.max(30, models.length * 6.4 + 4, Math.floor(356 / weights.length));
  const width = PLOT_LEFT + step * weights.length + 6;
  const longest = Math.max(...weights.map((name) => localize(name).length * (isChinese() ? 11 : 6)));
  const shape = {
    width,
    height: PLOT_HEIGHT + 26 + longest * Math.sin((38 * Math.PI) / 180),
    class: "spill-plot",
    role: "img",
    "aria-label": words,
  };
  const box = makeShape("svg", shape);
  const values = rows.flatMap(([, , estimate, low, high]) => [estimate, low, high]);
  const [least, most] = cutEnds(rows, Math.min(0, ...values), Math.max(0, ...values));
  const y = (/** @type {number} */ value) =>
    PLOT_TOP + ((most - Math.max(least, Math.min(most, value))) / (most - least || 1)) * (PLOT_HEIGHT - PLOT_TOP);
  box.append(
    makeShape("rect", { x: PLOT_LEFT, y: y(0), width: width - PLOT_LEFT, height: PLOT_HEIGHT - y(0), class: "below" }),
  );
  const decimals = decimalsFor(Math.max(most, -least));
  for (const value of [least / 2, most / 2, 0]) {
    if (value === 0 || Math.abs(y(value) - y(0)) > 12) {
      box.append(
        makeShape("text", { x: PLOT_LEFT - 6, y: y(value) + 4, class: "axis" }, formatNumber(value, decimals)),
      );
    }
    box.append(
      makeShape("line", { x1: PLOT_LEFT, x2: width, y1: y(value), y2: y(value), class: value ? "grid" : "zero" }),
    );
  }
  weights.forEach((name, i) => {
    const [x, bottom] = [PLOT_LEFT + step * (i + 0.5), PLOT_HEIGHT + 12];
    const turn = `rotate(-38 ${x} ${bottom})`;
    box.append(makeShape("text", { x, y: bottom, class: "name", transform: turn }, localize(name)));
  });
  for (const [w, m, estimate, low, high] of rows) {
    const x = PLOT_LEFT + step * w + (step * (m + 0.7)) / (models.length + 0.4);
    box.append(makeShape("line", { x1: x, x2: x, y1: y(low), y2: y(high), class: "span" }));
    box.append(modelMark(m, x, y(estimate), low > 0 || high < 0));
  }
  return box;
}

/** One wild interval must not flatten all others: the axis ends at thrice the middle half. @param {number[][]} rows @param {number} least @param {number} most */
function cutEnds(rows, least, most) {
  const lows = rows.map(([, , , low]) => low).sort((a, b) => a - b);
  const highs = rows.map(([, , , , high]) => high).sort((a, b) => a - b);
  const quarter = Math.floor(rows.length / 4);
  return [
    Math.max(least, Math.min(0, 3 * lows[quarter])),
    Math.min(most, Math.max(0, 3 * highs[rows.length - 1 - quarter])),
  ];
}

/** @param {number} m @param {number} x @param {number} y @param {boolean} sure */
function modelMark(m, x, y, sure) {
  const kind = `mark${sure ? "" : " open"}`;
  const shape = MODEL_MARKS[m % MODEL_MARKS.length];
  if (shape === "circle") return makeShape("circle", { cx: x, cy: y, r: 3.4, class: kind });
  const paths = {
    square: `M${x - 3} ${y - 3}h6v6h-6Z`,
    triangle: `M${x} ${y - 4}L${x + 4} ${y + 3}L${x - 4} ${y + 3}Z`,
    diamond: `M${x} ${y - 4.4}L${x + 4} ${y}L${x} ${y + 4.4}L${x - 4} ${y}Z`,
  };
  return makeShape("path", { d: paths[/** @type {"square"} */ (shape)], class: kind });
}

/** @param {string[]} models */
function modelLegend(models) {
  const row = make("p", "soft spill-key");
  models.forEach((model, m) => {
    const box = makeShape("svg", { width: 12, height: 12, "aria-hidden": "true", class: "spill-plot" });
    box.append(modelMark(m, 6, 6, true));
    row.append(box, make("span", "", model.toUpperCase()));
  });
  row.append(make("span", "", t("spill_marks")));
  return row;
}

/** @returns {Table} */
export function groupFlowsCsv() {
  const { groups, models } = /** @type {SpilloverStory} */ (DATA.spillover);
  if (!groups) {
    const rows = models.rows.map(([w, m, ...values]) => [...models.weights[w], models.models[m], ...values]);
    return { name: "models", head: ["weights", "weights_zh", "model", "estimate", "low", "high"], rows };
  }
  const rows = groups.cells.flatMap((row, i) =>
    row.map((cell, j) => [...groups.names[i], ...groups.names[j], ...cell]),
  );
  const ends = ["giver", "giver_zh", "receiver", "receiver_zh"];
  const head = [...ends, "estimate", "low", "high", "share", "chance", "chance_low", "chance_high"];
  return { name: "spillover_groups", head, rows };
}
