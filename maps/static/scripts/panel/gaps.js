// The ranked table of gaps.

import { byId, make } from "../draw/dom.js";
import { openGap } from "../draw/view.js";
import { DATA, GAPS, LISTED_GAPS } from "../model/data.js";
import { narrow, state } from "../model/state.js";
import {
  formatAmount,
  formatCount,
  formatNumber,
  isChinese,
  localize,
  nameOf,
  pairName,
  shortName,
  t,
  withLabel,
} from "../model/words.js";
import { gapDetail } from "./gap_detail.js";
import { barCell, buildTable, markSelected } from "./table.js";

const LONG_NAME = 20;
const GRADES = ["strong", "moderate", "weak", "none"];
const MAX_GAP = Math.max(1e-9, ...GAPS.map((gap) => gap.gap || 0));

/** @param {Gap} gap */
function gradeMark(gap) {
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

/** @param {Column<Gap>[]} first what tells the gaps apart @returns {Column<Gap>[]} */
export function gapColumns(...first) {
  /** @type {Column<Gap>[]} */
  const columns = [
    ...first,
    { head: t("observed"), className: "number", cell: (gap) => formatCount(gap.observed) },
    { head: t("expected"), className: "number", cell: expectedCell },
    {
      head: t("gap"),
      className: "number wide",
      cell: (gap) => barCell(formatAmount(gap.gap), Math.max(0, gap.gap || 0) / MAX_GAP, "gap"),
    },
  ];
  if (GAPS.some((gap) => gap.grade)) columns.push({ head: t("evidence"), className: "mark", cell: gradeMark });
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
  const all = formatNumber(gaps.all, 0);
  if (gaps.significant) host.append(make("p", "note", t("gaps_supported", { n: gaps.significant, all })));
  else if (gaps.significant !== null) host.append(make("p", "note caution", t("gaps_unsupported")));
  host.append(gapTable());
  if (gaps.model) host.append(make("p", "note", localize(gaps.model)));
  host.append(make("p", "note", t("gaps_listed", { n: formatNumber(LISTED_GAPS.length, 0), all })));
}

function gapTable() {
  const columns = gapColumns(
    { head: t("rank"), className: "rank", cell: (gap) => String(gap.i + 1) },
    { head: t("pair"), className: "name", cell: pairCell },
  );
  const table = buildTable(columns, LISTED_GAPS, {
    className: "gap-table",
    isSelected: (gap) => state.pair?.gap === gap,
    select: openGap,
  });
  for (const [i, line] of [...table.tBodies[0].rows].entries()) line.classList.add(`gap-${i}`);
  return table;
}

/** Mark the selected row and open its figures below it, without building the table anew. */
export function markSelectedGap() {
  const view = byId("view");
  view.querySelector("tr.detail")?.remove();
  for (const row of view.querySelectorAll(".gap-table tr.picked"))
    markSelected(/** @type {HTMLElement} */ (row), false);
  const gap = state.pair?.gap;
  if (!gap) return;
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
  const keys = Object.keys(DATA.gaps?.rows || {}).filter((key) => !["source", "target", "grade"].includes(key));
  const lang = isChinese() ? "zh" : "en";
  const most = Math.max(0, ...GAPS.map((gap) => gap.partners.length));
  const places = Array.from({ length: most }, (_, i) => i);
  const names = [`source_name_${lang}`, `target_name_${lang}`];
  return {
    name: "gaps",
    head: ["rank", "source", "target", ...names, ...keys, "grade", ...places.map((i) => `partner_${i + 1}`)],
    rows: GAPS.map((gap) => [
      gap.i + 1,
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
