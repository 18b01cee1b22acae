// The table of all scores; the one on the map comes first.

import { make } from "../draw/dom.js";
import { openRegion } from "../draw/view.js";
import { compareValues } from "../model/classes.js";
import { SCORES, UNITS } from "../model/data.js";
import { change, chosenScore, state } from "../model/state.js";
import { formatScore, isChinese, localize, nameOf, t, withLabel } from "../model/words.js";
import { barCell, buildTable, nameCell } from "./table.js";

/** @returns {Order} */
function currentOrder() {
  return state.sort || { key: chosenScore()?.key || "name", down: true };
}

function sortedUnits() {
  const { key, down } = currentOrder();
  const score = SCORES.find((one) => one.key === key);
  if (score) return [...UNITS].sort((a, b) => compareValues(score.values[a.i], score.values[b.i], down));
  const collator = new Intl.Collator(isChinese() ? "zh-CN" : "en");
  return [...UNITS].sort((a, b) => (down ? -1 : 1) * collator.compare(nameOf(a), nameOf(b)));
}

/** @param {string} key */
function sortBy(key) {
  const order = currentOrder();
  change({ sort: { key, down: order.key === key ? !order.down : key !== "name" } });
}

/** @returns {Column<Region>[]} */
function scoreColumns() {
  const chosen = chosenScore();
  const others = SCORES.filter((score) => score !== chosen);
  return [
    { head: t("rank"), className: "rank", cell: (region) => String(chosen?.ranks[region.i] ?? "–") },
    { head: t("region"), className: "name", key: "name", cell: (region) => nameCell(nameOf(region)) },
    ...(chosen ? [scoreColumn(chosen, true)] : []),
    ...others.map((score) => scoreColumn(score, false)),
  ];
}

/** @param {Score} score @param {boolean} chosen @returns {Column<Region>} */
function scoreColumn(score, chosen) {
  return {
    head: localize(score.label),
    key: score.key,
    meaning: localize(score.meaning),
    className: chosen ? "number wide" : "number",
    cell: (region) => {
      const value = score.values[region.i];
      const text = formatScore(score, value);
      return chosen ? barCell(text, (value || 0) / (score.max || 1), "score", score.breaks[0] < 0) : text;
    },
  };
}

/** @param {HTMLElement} host */
export function showScores(host) {
  const chosen = chosenScore();
  if (state.period?.kind === "range" || state.part) host.append(make("p", "note", t("period_scores_range")));
  const meaning = chosen && localize(chosen.meaning);
  if (chosen?.unit) host.append(make("p", "note unit", localize(chosen.unit)));
  if (meaning) host.append(make("p", "note", withLabel(localize(chosen.label), meaning) + (isChinese() ? "。" : ".")));
  const frame = make("div", "scroll-x");
  frame.append(
    buildTable(scoreColumns(), sortedUnits(), {
      className: "score-table",
      order: currentOrder(),
      sortBy,
      isSelected: (region) => region === state.focus,
      select: openRegion,
    }),
  );
  host.append(frame);
}

/** @returns {Table} */
export function scoresCsv() {
  return {
    name: "scores",
    head: ["code", "name", "name_zh", ...SCORES.map((score) => score.key)],
    rows: sortedUnits().map(({ i, code, names }) => [code, ...names, ...SCORES.map((score) => score.values[i])]),
  };
}
