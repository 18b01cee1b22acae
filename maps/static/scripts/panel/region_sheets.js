// The sheet of one region as sheets of a workbook: profile, shortfalls with reasons and partners, partners.

import { gradeOf, sayChance, sayToDo, sayVerdict, sayWhy } from "../model/answers.js";
import { DATA, gapsOf, isSupported, otherEnd, partnersOf, SCORES } from "../model/data.js";
import { state } from "../model/state.js";
import { isChinese, localize, nameOf, t } from "../model/words.js";

/** @returns {Sheet[]} none without a region */
export function listRegionSheets() {
  const region = state.focus;
  if (!region) return [];
  return [
    { name: nameOf(region), rows: profileRows(region), head: 1 },
    { name: t("own_gaps"), rows: gapRows(region), head: 1 },
    { name: t("partners"), rows: partnerRows(region), head: 1 },
  ];
}

/** @param {Region} region @returns {unknown[][]} */
function profileRows(region) {
  const { title, told } = sayVerdict(region);
  /** @type {[string, Value][]} */
  const facts = [
    [t("strength_between"), region.strength],
    [t("partners_n"), partnersOf(region).length],
    [t("strength_internal"), region.internal],
    [t("strength_outside"), region.external],
  ];
  return [
    [nameOf(region), region.code],
    [title, ""],
    [told, ""],
    ...facts.filter(([, value]) => value !== null),
    [],
    [t("tab_scores"), t("value"), t("rank"), ""],
    ...SCORES.map((score) => [
      localize(score.label),
      score.values[region.i],
      score.ranks[region.i],
      score.unit ? localize(score.unit) : "",
    ]),
  ];
}

/** @param {Region} region @returns {unknown[][]} */
function gapRows(region) {
  const head = ["region", "observed", "expected", "gap", "evidence", "brief_why", "brief_do", "brief_who"];
  const rows = gapsOf(region).map((gap) => [
    nameOf(otherEnd(gap, region)),
    gap.observed,
    gap.expected,
    gap.gap,
    t(`grade_${gradeOf(gap)}`),
    isSupported(gap) ? sayWhy(gap) : sayChance(gap),
    sayToDo(gap),
    gap.partners.map(([a, b]) => `${localize(a)} ↔ ${localize(b)}`).join(isChinese() ? "；" : "; "),
  ]);
  return [head.map((key) => t(key)), ...rows];
}

/** @param {Region} region @returns {unknown[][]} */
function partnerRows(region) {
  const ways = DATA.directed ? ["sent", "received"] : [];
  const head = ["code", "region", "weight", ...ways].map((key) => t(key));
  const rows = partnersOf(region).map(({ region: { code, names }, weight, sent, received }) =>
    [code, localize(names), weight, sent, received].slice(0, head.length),
  );
  return [head, ...rows];
}
