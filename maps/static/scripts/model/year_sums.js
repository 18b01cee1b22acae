// The study year by year: sums of links over years, gaps of a year or of several, and what became of a gap.

import { isEven } from "./chance.js";

const LETTERS = { s: "strong", m: "moderate", w: "weak", n: "none" };
const DETAILS = /** @type {const} */ (["low", "high", "p", "shrunken_ratio", "shortfall_probability"]);
/** A change of actual over expected that chance alone brings about as often as this is no change. */
const LEVEL = 0.05;

/**
 * The weight of every pair, summed from one year to another, both included; of parts of the links, from part to part.
 * @param {Pick<YearData, "source" | "links">} years @param {number} from @param {number} to places in the list of years
 */
export function sumWeights(years, from, to) {
  const sums = new Float64Array(years.source.length);
  for (const { at, weight } of years.links.slice(from, to + 1)) {
    let pair = 0;
    at.forEach((step, i) => {
      pair += step;
      sums[pair] += weight[i];
    });
  }
  return sums;
}

/** The weight of all pairs in each year. @param {YearData} years */
export function totalsOf(years) {
  return years.links.map(({ weight }) => weight.reduce((sum, one) => sum + one, 0));
}

/** Links of each unit, and with how many others. @param {Pick<YearData, "source" | "target">} years @param {Float64Array} weights @param {number} units */
export function countEnds(years, weights, units) {
  const strength = new Array(units).fill(0);
  const partners = Array.from({ length: units }, () => new Set());
  weights.forEach((weight, pair) => {
    if (!weight) return;
    const ends = [years.source[pair], years.target[pair]];
    for (const [i, end] of ends.entries()) {
      strength[end] += weight;
      partners[end].add(ends[1 - i]);
    }
  });
  return { strength, degree: partners.map((others) => others.size) };
}

/** The grade that at least half of the years reach, of those that were judged. @param {string} letters one per year */
export function middleGrade(letters) {
  const judged = [...letters].filter((letter) => letter in LETTERS);
  judged.sort((a, b) => "smwn".indexOf(a) - "smwn".indexOf(b));
  const letter = judged[Math.ceil(judged.length / 2) - 1] || "n";
  return LETTERS[/** @type {keyof typeof LETTERS} */ (letter)];
}

/**
 * The gaps of a year, or of the sum of some. Of a sum the expectation is the sum of those of its years, and the grade
 * that of half of them at least; nothing is claimed of its chance.
 * @param {YearData} years @param {number} from @param {number} to
 * @returns {YearGap[]} pairs below expectation that have evidence in a year of these
 */
export function gapsOfYears(years, from, to) {
  const { gaps } = years;
  if (!gaps) return [];
  const weights = sumWeights(years, from, to);
  const details = readDetails(gaps);
  return gaps.pairs.flatMap((pair, k) => {
    const letters = gaps.grade[k].slice(from, to + 1);
    const backed = [...letters].filter((letter) => "smw".includes(letter)).length;
    if (!backed) return [];
    const judged = gaps.expected[k].slice(from, to + 1);
    const expected = judged.reduce((/** @type {number} */ sum, one) => sum + (one ?? 0), 0);
    const observed = weights[pair];
    const figures = { k, pair, observed, expected, gap: expected - observed, grade: middleGrade(letters) };
    const more = from === to ? details(k, from) : { backed, judged: [...letters].filter((one) => one !== "-").length };
    return expected > observed ? [{ ...figures, ...more }] : [];
  });
}

/** @param {NonNullable<YearData["gaps"]>} gaps @returns {(k: number, year: number) => Partial<YearGap>} */
function readDetails(gaps) {
  const starts = [0];
  for (const letters of gaps.grade) starts.push(starts[starts.length - 1] + countBacked(letters));
  return (k, year) => {
    const at = starts[k] + countBacked(gaps.grade[k].slice(0, year));
    return Object.fromEntries(DETAILS.map((name) => [name, gaps.detail[name][at]]));
  };
}

/** @param {string} letters */
function countBacked(letters) {
  return letters.replace(/[^smw]/g, "").length;
}

/**
 * What became of the gap of a pair between two years: opened, persists, closed; `unclear` where the grade moved and
 * chance alone could have moved it, or one of the years has no model of the pair. Null: no gap in either.
 * @param {{ observed: number, expected: Value, grade: string }} before
 * @param {{ observed: number, expected: Value, grade: string }} after
 * @param {number} event weight of one link event
 */
export function judgeMove(before, after, event) {
  const [then, now] = [before, after].map(({ grade }) => "smw".includes(grade));
  if (!then && !now) return null;
  if (then && now) return "persists";
  if (before.grade === "-" || after.grade === "-" || !before.expected || !after.expected) return "unclear";
  const counts = [before.observed / event, after.observed / event];
  return isEven(counts, [before.expected / event, after.expected / event], LEVEL)
    ? "unclear"
    : now
      ? "opened"
      : "closed";
}

/**
 * All pairs that have a gap in one of two years, with what became of it; the largest gap first.
 * @param {YearData} years @param {number} from @param {number} to
 * @returns {YearMove[]}
 */
export function compareYears(years, from, to) {
  const { gaps, event } = years;
  if (!gaps) return [];
  const [first, second] = [from, to].map((year) => sumWeights(years, year, year));
  const moves = gaps.pairs.flatMap((pair, k) => {
    const read = (/** @type {number} */ year, /** @type {Float64Array} */ weights) => ({
      observed: weights[pair],
      expected: gaps.expected[k][year],
      grade: gaps.grade[k][year],
    });
    const [before, after] = [read(from, first), read(to, second)];
    const move = judgeMove(before, after, event);
    return move ? [{ k, pair, before, after, move }] : [];
  });
  return moves.sort((a, b) => sizeOfMove(b) - sizeOfMove(a) || a.k - b.k);
}

/** The gap that is, or of a closed one that was. @param {YearMove} move */
function sizeOfMove({ before, after, move }) {
  const one = move === "closed" ? before : after;
  return (one.expected || 0) - one.observed;
}

/** Links, pairs that have any, and gaps with evidence of each year. @param {YearData} years */
export function tallyYears(years) {
  return years.list.map((year, i) => {
    const graded = (years.gaps?.grade || []).filter((letters) => "smw".includes(letters[i])).length;
    const weights = years.links[i].weight;
    return { year, weight: weights.reduce((sum, one) => sum + one, 0), pairs: weights.length, gaps: graded };
  });
}

/**
 * What became of the linked pairs from each year to the next that has records, from the second year on.
 * @param {YearData} years @returns {Turnover[]}
 */
export function turnoverOf(years) {
  const linked = years.links.map(({ at }) => {
    let pair = 0;
    return new Set(at.map((step) => (pair += step)));
  });
  return years.list.slice(1).map((year, i) => {
    const [before, now] = [linked[i], linked[i + 1]];
    const stayed = [...now].filter((pair) => before.has(pair)).length;
    const survival = before.size ? stayed / before.size : null;
    return { year, stayed, entered: now.size - stayed, left: before.size - stayed, survival };
  });
}

/** A letter of a grade as the page has it. @param {string} letter */
export function gradeOfLetter(letter) {
  return LETTERS[/** @type {keyof typeof LETTERS} */ (letter)] || "none";
}
