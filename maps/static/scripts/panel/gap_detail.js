// What opens below a row of the table of gaps: figures, reason, what closing it would bring, who could start.

import { make, makeFacts } from "../draw/dom.js";
import { DATA } from "../model/data.js";
import {
  formatAmount,
  formatNumber,
  formatProbability,
  isChinese,
  localize,
  pairFactLines,
  shortName,
  t,
} from "../model/words.js";
import { buildTable } from "./table.js";

/** @param {Gap} gap */
export function gapDetail(gap) {
  const box = make("div");
  if (gap.reason) box.append(make("p", "reason", localize(gap.reason)));
  box.append(gapFacts(gap));
  if ((gap.gap || 0) > 0 && "gain_closeness_source" in gap) box.append(gainTable(gap));
  if (gap.partners.length) box.append(partnerList(gap.partners));
  return box;
}

/** @param {Gap} gap */
function gapFacts(gap) {
  const two = (/** @type {number} */ value) => formatNumber(value, 2);
  const percent = (/** @type {number} */ value) => formatNumber(value, 0, "percent");
  /** @type {[string, Value | undefined, (value: number) => string][]} */
  const facts = [
    ["detail_ratio", gap.ratio, two],
    ["detail_shrunken", gap.shrunken_ratio, two],
    ["detail_shortfall", gap.shortfall_probability, percent],
    ["detail_stability", gap.stability, percent],
    ["detail_p", gap.p, formatProbability],
    ["detail_q", gap.q, formatProbability],
    ["detail_distance", gap.distance_km, (value) => t("km", { n: formatNumber(value, 0) })],
    ["detail_overlap", gap.field_overlap, two],
  ];
  return makeFacts("facts", [
    ...facts.map(
      ([key, value, write]) => /** @type {[string, string | null]} */ ([t(key), value == null ? null : write(value)]),
    ),
    ...pairFactLines(gap.a, gap.b),
  ]);
}

/** What closing the gap to its expectation would bring to both ends and to all. @param {Gap} gap */
function gainTable(gap) {
  const part = make("div", "gains");
  const rows = [
    { name: shortName(gap.a), received: gap.gain_received_source, closeness: gap.gain_closeness_source },
    { name: shortName(gap.b), received: gap.gain_received_target, closeness: gap.gain_closeness_target },
  ];
  const spills = [...rows.map((row) => row.received), gap.gain_received_all].every((value) => value != null);
  /** @type {Column<typeof rows[0]>[]} */
  const columns = [
    { head: t("gains"), className: "name", cell: (row) => row.name },
    { head: t("gain_received"), className: "number", cell: (row) => `+${formatAmount(row.received)}` },
    { head: t("gain_closeness"), className: "number", cell: (row) => writeGain(row.closeness) },
  ];
  if (spills) rows.push({ name: t("gain_all"), received: gap.gain_received_all, closeness: undefined });
  else columns.splice(1, 1);
  part.append(buildTable(columns, rows, { className: "short-table" }));
  if (spills && DATA.indicator) {
    const { names, unit } = DATA.indicator;
    part.append(make("p", "soft", t("gains_unit", { what: localize(names), unit: localize(unit) || "–" })));
  }
  return part;
}

/** Undefined where the gain has no meaning, null where it is not known. @param {Value | undefined} value */
function writeGain(value) {
  if (value === undefined) return "";
  return value === null ? "–" : `+${formatNumber(value, 1)}${isChinese() ? "%" : " %"}`;
}

/** Pairs of actors that could start, and what speaks for each. @param {Gap["partners"]} partners */
function partnerList(partners) {
  const part = make("div", "starters");
  part.append(make("h4", "", t("starters")));
  const list = make("ol");
  for (const [first, second, reason] of partners) {
    const item = make("li");
    item.append(make("b", "", `${localize(first)} – ${localize(second)}`), make("span", "", localize(reason)));
    list.append(item);
  }
  part.append(list);
  return part;
}
