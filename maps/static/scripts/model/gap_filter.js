// Which gaps a table shows, and in which order.

import { compareValues } from "./classes.js";
import { foldWords, rankMatch } from "./matches.js";

export const PATHS = ["science", "industry", "science-industry"];
export const GRADES = ["strong", "moderate", "weak", "none"];

/** Links truly missing: the expectation less what chance is thought to have taken. @param {Gap} gap @returns {Value} */
export function shrunkenGap(gap) {
  if (gap.expected == null || gap.shrunken_ratio == null) return null;
  return gap.expected * (1 - gap.shrunken_ratio);
}

/** By which the register ranks within a grade. @param {Gap} gap @returns {Value} */
export function priorityOf(gap) {
  const missing = shrunkenGap(gap);
  return missing === null || gap.shortfall_probability == null
    ? null
    : gap.shortfall_probability * Math.max(0, missing);
}

/** @type {Record<string, (gap: Gap) => Value | undefined>} */
const MEASURES = {
  rank: (gap) => -gap.rank,
  observed: (gap) => gap.observed,
  expected: (gap) => gap.expected,
  gap: (gap) => gap.gap,
  shrunken_gap: shrunkenGap,
  shortfall_probability: (gap) => gap.shortfall_probability,
  priority: priorityOf,
  p: (gap) => gap.p,
  q: (gap) => gap.q,
  grade: (gap) => -GRADES.indexOf(gap.grade || "none"),
};

/** Ties in the order of the register. @param {Gap[]} gaps @param {Order | null} order null: the order of the register */
export function sortGaps(gaps, order) {
  const measure = order && MEASURES[order.key];
  if (!measure) return [...gaps].sort((a, b) => a.rank - b.rank);
  return [...gaps].sort((a, b) => compareValues(measure(a) ?? null, measure(b) ?? null, order.down) || a.rank - b.rank);
}

/**
 * @param {Gap[]} gaps
 * @param {Filters} filters empty texts filter nothing
 * @param {Record<string, number[]>} groups places of the units of each group
 */
export function filterGaps(gaps, { words, region, group, grade, field, path }, groups) {
  const folded = foldWords(words);
  const members = new Set(groups[group] || []);
  return gaps.filter((gap) => {
    if (region && gap.a.code !== region && gap.b.code !== region) return false;
    if (group && !(members.has(gap.a.i) && members.has(gap.b.i))) return false;
    if (grade && (gap.grade || "none") !== grade && !(grade === "any" && gap.grade !== "none")) return false;
    if (field && !gap.fields.includes(field)) return false;
    if (path && !gap.paths.includes(path)) return false;
    return !folded || isMeant(gap, folded);
  });
}

/** @param {Gap} gap @param {string} folded */
function isMeant(gap, folded) {
  const names = [gap.a, gap.b].flatMap(({ names: both, code }) => [...both, code]);
  if (rankMatch(folded, names) < Infinity) return true;
  const fields = [...gap.fields, ...(gap.fieldsZh || [])];
  const told = [...fields, ...gap.partners.flatMap(([first, second]) => [...first, ...second])];
  return told.some((text) => foldWords(text).includes(folded));
}

/** Fields that pairs share, the most frequent first. @param {Gap[]} gaps @returns {string[]} */
export function listFields(gaps) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const field of gaps.flatMap((gap) => gap.fields)) counts.set(field, (counts.get(field) || 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || (a < b ? -1 : 1));
}
