// The legend: classes, three sample widths, the dash of a gap, the scale.

import { coloursOf, describeClasses } from "../model/classes.js";
import { DATA, isSupported, LINKS, MAX_WEIGHT, PLACED_LINKS, REGIONS, SUPPORTED_GAPS, UNITS } from "../model/data.js";
import { chosenLayer, classFills, countClasses, fillLayer, shownFlows } from "../model/layers.js";
import { decimalsFor, roundDown } from "../model/numbers.js";
import {
  chosenScore,
  colours,
  hasLayer,
  isBrief,
  isComparing,
  isPartial,
  listen,
  numberedGaps,
  OUTSIDE_SHOWN,
  state,
  visibleMoves,
} from "../model/state.js";
import { formatNumber, formatScore, formatWeight, localize, t, WEIGHT_DECIMALS } from "../model/words.js";
import { currentTransform, map } from "./canvas.js";
import { byId, make, makeShape } from "./dom.js";
import { moveSign } from "./signs.js";
import { opacityOf, widthOf } from "./sizes.js";

const SCALE_WIDTH = 110;

/** @param {HTMLElement} host */
export function addLegend(host) {
  listen("lang view tab focus score extra theme layers strict geoHidden period part", () => fillLegend(host));
}

/** @param {HTMLElement} host */
function fillLegend(host) {
  const { score: scores, links, outside, gaps, nodes } = state.layers;
  const score = chosenScore();
  host.replaceChildren();
  host.classList.toggle("points", !DATA.regions.shape.some(Boolean)); // the colour is that of points
  host.setAttribute("aria-label", t("legend"));
  if (isBrief()) {
    host.append(briefLegend());
    return;
  }
  const layer = chosenLayer();
  const fills = fillLayer();
  if (layer?.kind === "classes") host.append(classLegend(layer));
  else if (fills) host.append(classLegend(fills));
  if (scores && score && !fills) host.append(scoreLegend(score));
  const lines = make("div", "legend-part");
  const flows = shownFlows();
  if (isComparing()) lines.append(...moveLegend());
  else if (links && LINKS.length && !flows) lines.append(...linkLegend());
  if (outside && hasLayer("outside") && !flows && !isPartial()) {
    const words = t("legend_outside", { n: Math.min(OUTSIDE_SHOWN, PLACED_LINKS.length) });
    lines.append(sampleRow([sampleLine("link", 1.6, false, 0.45)], words));
  }
  if (gaps && SUPPORTED_GAPS.length && !isComparing())
    lines.append(sampleRow([sampleLine("gap", 2, true)], t("legend_gap")));
  if (gaps && numberedGaps().some((gap) => !isSupported(gap))) {
    lines.append(sampleRow([sampleLine("quiet", 1.8, true)], t("legend_gap_quiet")));
  }
  if (nodes && LINKS.length) lines.append(sampleRow([sampleNodes()], t("legend_node")));
  lines.append(...flowLegend(), ...geoLegend(), scaleBar());
  host.append(lines);
}

/** @param {ClassLayer} layer */
function classLegend(layer) {
  const part = make("div", "legend-part");
  part.append(make("h2", "", localize(layer.title)));
  const fills = classFills(layer);
  const { counts, none } = countClasses(layer);
  const most = Math.max(1, ...counts);
  layer.names.forEach((name, i) => {
    if (counts[i]) part.append(addCount(classRow(fills[i], localize(name)), counts[i], most));
  });
  if (none) part.append(addCount(classRow(colours().land, t("legend_unjudged"), "", "hatched"), none, most));
  const beyond = REGIONS.length - UNITS.length;
  if (beyond) part.append(addCount(classRow(colours().land, t("legend_uncovered"), "×", "uncovered"), beyond, most));
  return part;
}

function flowLegend() {
  const flows = shownFlows();
  if (!flows) return [];
  const { layer, drawn, all, share, unsure, negative } = flows;
  const largest = drawn[0]?.size || 0;
  const decimals = Math.max(0, decimalsFor(largest) - 1); // two digits, as samples are
  const row = make("div", "sample-row");
  for (const part of largest ? [0.5, 1] : []) {
    row.append(sampleArrow({ width: 2 + 7 * part }), make("span", "", formatNumber(part * largest, decimals)));
  }
  const words = { n: drawn.length, all, share: formatNumber(share, 0, "percent") };
  const rows = [make("p", "unit", `${localize(layer.unit)} · ${t("legend_flow")}`), row];
  if (negative) rows.push(sampleRow([sampleArrow({ width: 5, below: true })], t("legend_flow_negative")));
  if (unsure) {
    const all = unsure === drawn.length;
    const telling = t(all ? "legend_flow_all_unsure" : "legend_flow_unsure", { n: unsure, all: drawn.length });
    rows.push(sampleRow([sampleArrow({ width: 5, hollow: true, below: negative === drawn.length })], telling));
  }
  return [make("h2", "", localize(layer.title)), ...rows, make("p", "strict-note", t("legend_flow_share", words))];
}

/** @param {{ width: number, hollow?: boolean, below?: boolean }} look */
function sampleArrow({ width, hollow = false, below = false }) {
  const box = sampleBox(40, 16);
  const [half, wing] = [width / 2, width / 2 + 2.5];
  const d = `M2 7.6 L26 ${8 - half} L26 ${8 - wing} L38 8 L26 ${8 + wing} L26 ${8 + half} L2 8.4 Z`;
  const colour = String(below ? colours().accent : colours().link);
  const dash = hollow && below ? "4 2.5" : "none";
  box.append(makeShape("path", { d, fill: hollow ? "none" : colour, stroke: colour, "stroke-dasharray": dash }));
  return box;
}

/** What became of gaps, as far as the map has any. */
function moveLegend() {
  const kinds = [...new Set(visibleMoves().map(({ move }) => move))];
  return kinds.map((kind) => {
    const line = sampleLine(kind === "closed" ? "closed" : "gap", 2.4, kind !== "closed");
    return sampleRow([line, moveSign(kind, "sign small-sign")], t(`legend_${kind}`));
  });
}

/** Three gaps, and nothing else to be explained. */
function briefLegend() {
  const part = make("div", "legend-part");
  part.append(make("h2", "", t("legend_read")));
  const kind = SUPPORTED_GAPS.length ? "gap" : "quiet";
  part.append(sampleRow([sampleLine(kind, 4, true)], t(kind === "gap" ? "legend_gap_brief" : "legend_gap_quiet")));
  part.append(sampleRow([make("span", "badge small-badge", "1")], t("legend_pill")));
  part.append(classRow(String(colours().ends), t("legend_ends")));
  if (UNITS.length < REGIONS.length) part.append(classRow(colours().land, t("legend_uncovered")));
  part.append(...geoLegend(), scaleBar());
  return part;
}

/** One row a layer of the map maker. */
function geoLegend() {
  return DATA.geo
    .filter(({ key }) => !state.geoHidden.includes(key))
    .map(({ title, colour, width, areas, lines }) => {
      const box = sampleBox(38, 14);
      const stroke = { stroke: colour, "stroke-width": width };
      if (areas.length) box.append(makeShape("path", { d: "M8 2 L30 2 L30 12 L8 12 Z", fill: "none", ...stroke }));
      else if (lines.length) box.append(makeShape("path", { d: "M3 7 L35 7", fill: "none", ...stroke }));
      else box.append(makeShape("circle", { cx: 19, cy: 7, r: Math.min(6, width), fill: colour }));
      return sampleRow([box], localize(title));
    });
}

/** @param {string} colour @param {string} words @param {string} [mark] what the colour cannot say in grey @param {string} [kind] */
function classRow(colour, words, mark = "", kind = "") {
  const row = make("div", `class-row ${kind}`.trim());
  const patch = make("i", "", mark);
  patch.style.background = colour;
  row.append(patch, make("span", "", words));
  return row;
}

/**
 * A range with no bound that the next class has too: decimals are added until they differ.
 * @param {Score} score
 * @param {{ low: number, high: number }[]} classes
 */
function writeRanges(score, classes) {
  const write = (/** @type {number} */ value, /** @type {number} */ more) => formatScore(score, value, more);
  const touches = (/** @type {number} */ more) =>
    classes.some(({ high }, i) => i + 1 < classes.length && write(high, more) === write(classes[i + 1].low, more));
  let more = 0;
  while (more < 4 && touches(more)) more += 1;
  return classes.map(({ low, high }) => {
    const [from, to] = [write(low, more), write(high, more)];
    return from === to ? from : `${from} – ${to}`;
  });
}

/** @param {Score} score */
export function scoreLegend(score) {
  const part = make("div", "legend-part");
  const fills = coloursOf(score.breaks, colours());
  const signed = score.breaks[0] < 0;
  const classes = describeClasses(score);
  const most = Math.max(1, ...classes.map(({ count }) => count));
  part.append(make("h2", "", localize(score.label)));
  if (score.unit) part.append(make("p", "unit", localize(score.unit)));
  const zeros = signed ? score.values.filter((value) => value === 0).length : 0;
  writeRanges(score, classes).forEach((words, place) => {
    const { low, count } = classes[place];
    const mark = signed ? (low < 0 ? "−" : "+") : "";
    const row = classRow(fills[place], words, mark);
    if (signed && low > 0 && classes[place - 1]?.low < 0) {
      if (zeros) part.append(addCount(classRow(colours().zero, t("legend_zero"), "0"), zeros, most));
      row.classList.add("past-zero");
    }
    part.append(addCount(row, count, most));
  });
  const blank = UNITS.length - score.of;
  if (blank) part.append(addCount(classRow(colours().land, t("legend_none"), "", "hatched"), blank, most));
  const beyond = REGIONS.length - UNITS.length;
  if (beyond) part.append(addCount(classRow(colours().land, t("legend_uncovered"), "×", "uncovered"), beyond, most));
  return part;
}

/** How many regions are in a class, as a bar and a number. @param {HTMLElement} row @param {number} count @param {number} most */
function addCount(row, count, most) {
  const bar = make("u");
  bar.style.width = `${Math.max(1, Math.round((Math.min(count, most) / most) * 34))}px`;
  const box = make("b", "count", formatNumber(count, 0));
  box.prepend(bar);
  row.append(box);
  return row;
}

/** Largest weight, a quarter and a sixteenth of it: widths of 1, 1/2 and 1/4. */
function sampleWeights() {
  const least = LINKS[LINKS.length - 1].weight;
  const round = (/** @type {number} */ value) => {
    if (value >= 10) return Math.round(value);
    return WEIGHT_DECIMALS ? Number(value.toPrecision(2)) : Math.max(1, Math.round(value));
  };
  return [...new Set([Math.max(least, round(MAX_WEIGHT / 16)), Math.max(least, round(MAX_WEIGHT / 4)), MAX_WEIGHT])];
}

function linkLegend() {
  const weights = sampleWeights();
  const row = make("div", "sample-row");
  for (const weight of weights) {
    const sample = sampleLine("link", widthOf(weight), false, opacityOf(weight, weights[0]));
    row.append(sample, make("span", "", formatWeight(weight)));
  }
  const parts = [make("h2", "", t(DATA.modelled ? "legend_links_modelled" : "legend_links")), row];
  if (state.strict) parts.push(make("p", "strict-note", t(`strict_${DATA.links.method}`)));
  return parts;
}

/** @param {Element[]} samples @param {string} words */
function sampleRow(samples, words) {
  const row = make("div", "sample-row");
  row.append(...samples, make("span", "", words));
  return row;
}

/** @param {number} width @param {number} height */
function sampleBox(width, height) {
  return makeShape("svg", { width, height, "aria-hidden": "true" });
}

/** @param {"link" | "gap" | "quiet" | "closed"} kind @param {number} width @param {boolean} dashed @param {number} [opacity] */
function sampleLine(kind, width, dashed, opacity = 1) {
  const box = sampleBox(38, 14);
  const d = dashed ? "M2 4 Q19 15 36 4" : "M3 10 Q19 1 35 10";
  const dash = dashed ? (kind === "quiet" ? "2.5 4" : "6 4.5") : "none";
  const stroke = {
    stroke: String(colours()[kind]),
    "stroke-width": width,
    "stroke-opacity": opacity,
    "stroke-dasharray": dash,
  };
  box.append(makeShape("path", { d, fill: "none", ...stroke }));
  return box;
}

function sampleNodes() {
  const box = sampleBox(38, 18);
  let left = 4;
  for (const r of [2, 4.5, 8]) {
    const fill = DATA.regions.shape.some(Boolean) ? colours().node : colours().rest;
    box.append(makeShape("circle", { cx: left + r, cy: 9, r, fill, stroke: colours().node }));
    left += 2 * r + 2;
  }
  return box;
}

/** The projection keeps areas, not lengths: the bar is right on average. */
function scaleBar() {
  const row = make("div", "scale-row");
  row.append(make("i"), make("span"));
  row.id = "scale";
  setTimeout(updateScale, 0);
  return row;
}

export function updateScale() {
  const [bar, words] = byId("scale").children;
  // The grid of tiles stretches lengths away from the equator.
  const stretch = DATA.tiles ? Math.cos((map.getCenter().lat * Math.PI) / 180) : 1;
  const kmPerPixel = (stretch * DATA.basemap.step) / 1000 / currentTransform().k;
  const km = roundDown(kmPerPixel * SCALE_WIDTH);
  /** @type {HTMLElement} */ (bar).style.width = `${km / kmPerPixel}px`;
  words.textContent = t("legend_scale", { n: formatNumber(km, km < 1 ? 1 : 0) });
}
