// The ranked table of gaps.

import { byId, make, makeButton, makeShape } from "../draw/dom.js";
import { openGap } from "../draw/view.js";
import { sayOfYears } from "../model/answers.js";
import { DATA, GAPS, LISTED_GAPS } from "../model/data.js";
import { filterGaps, GRADES, priorityOf, shrunkenGap, sortGaps } from "../model/gap_filter.js";
import { change, narrow, state } from "../model/state.js";
import {
  formatAmount,
  formatCount,
  formatNumber,
  formatProbability,
  isChinese,
  localize,
  nameOf,
  pairName,
  sayPeriod,
  shortName,
  t,
  withLabel,
} from "../model/words.js";
import { gapDetail } from "./gap_detail.js";
import { showFilters } from "./gap_filters.js";
import { revealRow } from "./row_window.js";
import { barCell, buildTable, markSelected } from "./table.js";

const LONG_NAME = 20;
const UNTOLD = ["source", "target", "grade", "rank", "fields"];
const PLOT = 110;

/** On the one scale of all plots of the table. */
function maxPlotted() {
  return GAPS.reduce((most, gap) => Math.max(most, gap.high || 0, gap.expected || 0, gap.observed || 0), 1);
}

function maxGap() {
  return GAPS.reduce((most, gap) => Math.max(most, gap.gap || 0), 1e-9);
}

/** @param {Gap} gap */
function gradeMark(gap) {
  if (gap.judged) return t("evidence_years", { n: gap.backed, all: gap.judged });
  const grade = GRADES.includes(gap.grade) ? gap.grade : "none";
  return make("span", `grade grade-${grade}`, t(`grade_${grade}`));
}

/** @param {Gap} gap */
function expectedCell(gap) {
  const box = make("span", "stack");
  box.append(make("b", "", formatAmount(gap.expected)));
  if (gap.low !== undefined && gap.high !== undefined) {
    box.append(make("small", "", `${formatCount(gap.low)}–${formatCount(gap.high)}`));
  }
  return box;
}

/** Where the expectation lies and what is: on one scale of square roots. @param {Gap} gap @param {number} most */
function plotCell(gap, most) {
  const box = makeShape("svg", { class: "interval", width: PLOT, height: 16, "aria-hidden": "true" });
  const x = (/** @type {Value | undefined} */ value) => 5 + Math.sqrt(Math.max(0, value || 0) / most) * (PLOT - 10);
  if (gap.low != null && gap.high != null) {
    box.append(makeShape("title", {}, `${formatCount(gap.low)}–${formatCount(gap.high)}`));
    box.append(makeShape("line", { class: "span", x1: x(gap.low), x2: x(gap.high), y1: 8, y2: 8 }));
  }
  box.append(makeShape("line", { class: "due-mark", x1: x(gap.expected), x2: x(gap.expected), y1: 2, y2: 14 }));
  box.append(makeShape("circle", { class: "is-mark", cx: x(gap.observed), cy: 8, r: 3.5 }));
  return box;
}

/** @param {string} key @param {string} className @param {(gap: Gap) => string | Node} cell @returns {Column<Gap>} */
function figureColumn(key, className, cell) {
  return { head: t(key), key, className, cell, meaning: DATA.text[`${key}_meaning`] ? t(`${key}_meaning`) : "" };
}

/** @returns {Column<Gap>[]} */
function gapColumns() {
  const has = (/** @type {string} */ key) => GAPS.some((gap) => gap[key] != null);
  const [most, widest] = [maxPlotted(), maxGap()];
  const two = (/** @type {Value | undefined} */ value) => formatNumber(value, 2);
  const columns = [
    figureColumn("rank", "rank", (gap) => String(gap.rank)),
    { head: t("pair"), className: "name", cell: pairCell },
    figureColumn("observed", "number", (gap) => formatCount(gap.observed)),
    figureColumn("expected", "number", expectedCell),
    figureColumn("gap", "number wide", (gap) =>
      barCell(formatAmount(gap.gap), Math.max(0, gap.gap || 0) / widest, gap.grade === "none" ? "quiet-bar" : "gap"),
    ),
  ];
  if (has("high")) columns.push({ head: t("plot"), className: "more", cell: (gap) => plotCell(gap, most) });
  if (has("shrunken_ratio")) {
    columns.push(figureColumn("shrunken_gap", "number more", (gap) => formatAmount(shrunkenGap(gap))));
    columns.push(figureColumn("shortfall_probability", "number more", (gap) => two(gap.shortfall_probability)));
    columns.push(figureColumn("priority", "number more", (gap) => formatAmount(priorityOf(gap))));
  }
  if (has("p")) columns.push(figureColumn("p", "number more", (gap) => formatProbability(gap.p)));
  if (has("q")) columns.push(figureColumn("q", "number more", (gap) => formatProbability(gap.q)));
  if (GAPS.some((gap) => gap.grade)) columns.push({ ...figureColumn("grade", "mark", gradeMark), head: t("evidence") });
  return columns;
}

/** The two names may part at the dash, each stays whole as long as it can. @param {Gap} gap */
function pairCell(gap) {
  const box = make("span", "pair");
  const dash = DATA.directed ? "→\u00a0" : "–\u00a0";
  box.append(make("span", "", briefName(gap.a)), " ", make("span", "", dash + briefName(gap.b)));
  box.title = pairName(gap.a, gap.b);
  return box;
}

/** A name too long for its column is shortened; the whole one is in the title. @param {Region} region */
function briefName(region) {
  return nameOf(region).length > LONG_NAME ? shortName(region) : nameOf(region);
}

/** @param {HTMLElement} host */
export function showGaps(host) {
  const gaps = DATA.gaps;
  if (!gaps) {
    host.append(...[t("gaps_none"), ...DATA.notes.map(localize)].map((words) => make("p", "note", words)));
    return;
  }
  const all = formatNumber(state.period ? GAPS.length : gaps.all, 0);
  if (state.part) host.append(make("p", "note", t(`part_gaps_${state.part.split(" ")[0]}`)));
  if (state.period) host.append(...sayOfYears().map((words) => make("p", "note", words)));
  else if (gaps.significant) host.append(make("p", "note", t("gaps_supported", { n: gaps.significant, all })));
  else if (gaps.significant !== null) host.append(make("p", "note caution", t("gaps_unsupported")));
  showFilters(host);
  const reconciling = reconcile();
  if (reconciling) host.append(reconciling);
  const rows = shownGaps();
  if (isFiltered()) host.append(make("p", "note count", t("rows_of", { n: formatNumber(rows.length, 0), all })));
  if (!GAPS.length && state.period) {
    host.append(make("p", "told", t("period_no_gap", { span: sayPeriod() })));
    return;
  }
  host.append(gapTable(rows));
  if (state.period) return;
  if (gaps.model) host.append(make("p", "note", localize(gaps.model)));
  host.append(make("p", "note", t("gaps_listed", { n: formatNumber(LISTED_GAPS.length, 0), all })));
}

/** The rows shown, in their order. */
export function shownGaps() {
  return sortGaps(filterGaps(isFiltered() ? GAPS : LISTED_GAPS, state.filters, DATA.groups), state.gapOrder);
}

function isFiltered() {
  return Object.values(state.filters).some(Boolean);
}

/** @param {string} key */
function sortGapsBy(key) {
  const order = state.gapOrder || { key: "rank", down: true };
  change({
    gapOrder: key === "rank" ? null : { key, down: order.key === key ? !order.down : key !== "p" && key !== "q" },
  });
}

/** @param {Gap[]} rows */
function gapTable(rows) {
  const table = buildTable(gapColumns(), rows, {
    className: "gap-table",
    rowClass: (gap) => `gap-${gap.i}`,
    isSelected: (gap) => state.pair?.gap === gap,
    select: openGap,
    sortBy: sortGapsBy,
    order: state.gapOrder || { key: "rank", down: false },
  });
  return table;
}

/** Why the largest gap is not the first: written for the order of the register, and nothing for another. */
function reconcile() {
  const largest = LISTED_GAPS.reduce((best, gap) => ((gap.gap || 0) > (best.gap || 0) ? gap : best), LISTED_GAPS[0]);
  if (state.gapOrder || state.period || !largest || largest.rank === 1 || !largest.grade) return null;
  const box = make("p", "note reconcile");
  const words = { pair: pairName(largest.a, largest.b), gap: formatAmount(largest.gap), n: largest.rank };
  const told = t("reconcile", { ...words, grade: t(`grade_${largest.grade}`) });
  box.append(make("b", "", `${t("reconcile_title")} `), told);
  const sure = LISTED_GAPS.find((gap) => (gap.shortfall_probability || 0) > 0.9 && (gap.q || 0) > 0.5);
  const all = formatNumber(DATA.gaps?.all, 0);
  if (sure) {
    const figures = { p: formatNumber(sure.shortfall_probability, 2), q: formatNumber(sure.q, 2), all };
    box.append(t("reconcile_q", figures));
  }
  box.append(makeButton("as-link", t("reconcile_sort"), () => change({ gapOrder: { key: "gap", down: true } })));
  return box;
}

/** Mark the selected row and open its figures below it, without building the table anew. */
export function markSelectedGap() {
  const view = byId("view");
  view.querySelector("tr.detail")?.remove();
  for (const row of view.querySelectorAll(".gap-table tr.picked"))
    markSelected(/** @type {HTMLElement} */ (row), false);
  const gap = state.pair?.gap;
  if (!gap) return;
  if (state.tab === "gaps") revealRow(shownGaps().indexOf(gap));
  const line = view.querySelector(`.gap-table tr.gap-${gap.i}`);
  if (!(line instanceof HTMLTableRowElement)) return;
  markSelected(line, true);
  const detail = make("tr", "detail");
  const cell = make("td");
  cell.colSpan = line.cells.length;
  cell.append(gapDetail(gap));
  detail.append(cell);
  line.after(detail);
  if (!narrow.matches) line.scrollIntoView({ block: "nearest" });
}

/** @param {[Bilingual, Bilingual, Bilingual]} partner */
function partnerText([first, second, reason]) {
  return withLabel(`${localize(first)} – ${localize(second)}`, localize(reason));
}

/** @returns {Table} */
export function gapsCsv() {
  const keys = Object.keys(DATA.gaps?.rows || {}).filter(
    (key) => !UNTOLD.includes(key) && !/^(factor|value)_/.test(key),
  );
  const lang = isChinese() ? "zh" : "en";
  const most = Math.max(0, ...GAPS.map((gap) => gap.partners.length));
  const places = Array.from({ length: most }, (_, i) => i);
  const names = [`source_name_${lang}`, `target_name_${lang}`];
  return {
    name: "gaps",
    head: ["rank", "source", "target", ...names, ...keys, "grade", ...places.map((i) => `partner_${i + 1}`)],
    rows: shownGaps().map((gap) => [
      gap.rank,
      gap.a.code,
      gap.b.code,
      nameOf(gap.a),
      nameOf(gap.b),
      ...keys.map((key) => (Array.isArray(gap[key]) ? localize(/** @type {Bilingual} */ (gap[key])) : gap[key])),
      gap.grade,
      ...places.map((i) => (gap.partners[i] ? partnerText(gap.partners[i]) : null)),
    ]),
  };
}
