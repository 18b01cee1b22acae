// The years chosen: what of the data belongs to them, put in place of the whole.

import { findBreaks, findSignedBreaks } from "./breaks.js";
import { DATA, REGIONS, readScore, SCORES, showData, UNITS, WHOLE } from "./data.js";
import { GRADES, priorityOf } from "./gap_filter.js";
import { largestSize } from "./numbers.js";
import { listen, state } from "./state.js";
import { compareYears, countEnds, gapsOfYears, sumWeights } from "./year_sums.js";

export const YEARS = DATA.years;

/** @type {Map<string, Shown>} */
const kept = new Map();
const KEPT_AT_MOST = 40;

/** The years that count when none is chosen. @param {YearData} years @returns {Period} */
function countedPeriod({ list, counted }) {
  const [from, to] = counted.map((place) => list[place]);
  return { kind: from === to ? "year" : "range", from, to };
}

/** The period that the reader sees, chosen or not. @returns {Period} */
export function currentPeriod() {
  return state.period || countedPeriod(/** @type {YearData} */ (YEARS));
}

/** Null where the whole is meant, which has more to tell than any part. @param {Period} period @returns {Period | null} */
export function simplify(period) {
  const counted = countedPeriod(/** @type {YearData} */ (YEARS));
  const kind = period.kind === "range" && period.from === period.to ? "year" : period.kind;
  const isWhole = kind === counted.kind && period.from === counted.from && period.to === counted.to;
  return isWhole ? null : { ...period, kind: period.kind };
}

/** @param {Period | null} period */
function keyOf(period) {
  return period ? `${period.kind}${period.from}-${period.to}` : "";
}

/** How many pairs were judged in the year shown, the later of two. */
export function judgedPairs() {
  return YEARS?.gaps?.judged[YEARS.list.indexOf(currentPeriod().to)] ?? 0;
}

/** The links of a part alone, and the gaps that have to do with it. @param {string} name @returns {Shown} */
function cutPart(name) {
  const parts = /** @type {LinkParts} */ (DATA.parts);
  const place = partPlace(name);
  const [sort, key] = parts.list[place];
  const weights = sumWeights(parts, place, place);
  const links = readYearLinks(parts, weights);
  const { strength, degree } = countEnds(parts, weights, UNITS.length);
  const hasPart = (/** @type {Gap} */ gap) =>
    sort === "kind" || (sort === "path" ? gap.paths : gap.fields).includes(key); // no gap is of one kind of record
  const listed = WHOLE.listed.filter(hasPart);
  return {
    ...{ key: name, links, gaps: WHOLE.gaps.filter(hasPart), listed, placed: [], moves: [], strength },
    ...{ scores: countScores([strength, degree]), verdicts: WHOLE.verdicts },
    ...{ maxWeight: links[0]?.weight || 1, maxStrength: Math.max(1e-9, ...strength) },
  };
}

/** @param {string} name @returns {number} -1 where there is no such part */
export function partPlace(name) {
  return DATA.parts ? DATA.parts.list.findIndex(([sort, key]) => `${sort} ${key}` === name) : -1;
}

/** What is shown at present. @returns {Shown} */
function cutShown() {
  if (!state.part) return cutPeriod(state.period);
  const found = kept.get(state.part) || cutPart(state.part);
  kept.set(state.part, found);
  return found;
}

/** What the page shows of a period. @param {Period | null} period @returns {Shown} */
export function cutPeriod(period) {
  if (!period || !YEARS) return WHOLE;
  const key = keyOf(period);
  const found = kept.get(key);
  if (found) return found;
  if (kept.size >= KEPT_AT_MOST) kept.delete(/** @type {string} */ (kept.keys().next().value));
  const shown = period.kind === "two" ? compareTwo(YEARS, period, key) : cutYears(YEARS, period, key);
  kept.set(key, shown);
  return shown;
}

/** @param {YearData} years @param {Period} period @param {string} key @returns {Shown} */
function cutYears(years, { from: first, to: last }, key) {
  const [from, to] = [first, last].map((year) => years.list.indexOf(year));
  const weights = sumWeights(years, from, to);
  const links = readYearLinks(years, weights);
  const { strength, degree } = countEnds(years, weights, UNITS.length);
  const gaps = readYearGaps(years, from, to);
  const single = from === to;
  return {
    ...{ key, links, gaps, listed: gaps, placed: [], moves: [], strength },
    scores: single ? scoresOfYear(years, from) : countScores([strength, degree]),
    maxWeight: single ? largestYear(years) : links[0]?.weight || 1,
    maxStrength: single ? strongestYear(years) : Math.max(1e-9, ...strength),
    verdicts: judgeUnits(gaps, strength),
  };
}

/** The later year, with scores that are changes, and what became of the gaps. @param {YearData} years @param {Period} period @param {string} key @returns {Shown} */
function compareTwo(years, { from, to }, key) {
  const [before, after] = [from, to].map((year) => cutPeriod({ kind: "year", from: year, to: year }));
  const moves = compareYears(years, years.list.indexOf(from), years.list.indexOf(to)).map((move, i) => ({
    ...move,
    i,
    a: REGIONS[years.source[move.pair]],
    b: REGIONS[years.target[move.pair]],
  }));
  const scores = after.scores.map((score, place) => {
    const was = before.scores[place].values;
    const values = score.values.map((value, i) => (value === null || was[i] === null ? null : value - was[i]));
    const label = /** @type {Bilingual} */ (score.label.map((name, n) => sayIn("change_of", n, { label: name })));
    return readScore({ ...score, label, values, breaks: findSignedBreaks(values), pool: undefined });
  });
  return { ...after, key, moves, scores };
}

/** Words of the catalogue in one of the two languages. @param {string} key @param {number} language @param {Record<string, string>} values */
function sayIn(key, language, values) {
  return DATA.text[key][language].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** @param {Pick<YearData, "source" | "target">} years @param {Float64Array} weights @returns {Link[]} */
function readYearLinks(years, weights) {
  /** @type {Link[]} */
  const links = [];
  weights.forEach((weight, pair) => {
    if (!weight) return;
    links.push({ a: REGIONS[years.source[pair]], b: REGIONS[years.target[pair]], weight, significant: false });
  });
  return links.sort((a, b) => b.weight - a.weight);
}

/** Who could start and in what does not hang on the year: it comes from the register of the whole. @param {YearData} years @param {number} from @param {number} to @returns {Gap[]} */
function readYearGaps(years, from, to) {
  const told = new Map(WHOLE.gaps.map((gap) => [`${gap.a.i} ${gap.b.i}`, gap]));
  const gaps = gapsOfYears(years, from, to).map((found) => {
    const [a, b] = [REGIONS[years.source[found.pair]], REGIONS[years.target[found.pair]]];
    const known = told.get(`${a.i} ${b.i}`) || told.get(`${b.i} ${a.i}`);
    const others = known || { fields: [], fieldsZh: [], partners: [], paths: [], distance_km: null };
    const { fields, fieldsZh, partners, paths, distance_km } = others;
    const more = { fields, fieldsZh, partners, paths, distance_km };
    return /** @type {Gap} */ ({ ...found, ...more, a, b, i: found.k, rank: 0, ofYears: true });
  });
  const place = (/** @type {Gap} */ { grade }) => GRADES.indexOf(grade);
  const size = (/** @type {Gap} */ gap) => priorityOf(gap) ?? gap.gap ?? 0;
  gaps.sort((a, b) => place(a) - place(b) || size(b) - size(a) || a.i - b.i);
  gaps.forEach((gap, i) => {
    gap.rank = i + 1;
  });
  return gaps;
}

/** @param {Gap[]} gaps @param {number[]} strength */
function judgeUnits(gaps, strength) {
  const backed = new Set(gaps.filter(({ grade }) => grade !== "none").flatMap(({ a, b }) => [a.i, b.i]));
  return UNITS.map(({ i }) => {
    if (backed.has(i)) return "supported";
    return strength[i] ? "quiet_year" : "unlinked_year";
  });
}

/** @param {YearData} years */
function largestYear(years) {
  return Math.max(1e-9, ...years.links.flatMap(({ weight }) => [Math.max(0, ...weight)]));
}

/** @param {YearData} years */
function strongestYear(years) {
  return Math.max(1e-9, ...poolCounts(years)[0].flat());
}

/** @type {number[][][] | null} strength and number of partners, of each year, of each unit */
let pooled = null;

/** @param {YearData} years @returns {number[][][]} */
function poolCounts(years) {
  pooled ||= (() => {
    const ends = years.list.map((_, i) => countEnds(years, sumWeights(years, i, i), UNITS.length));
    return [ends.map(({ strength }) => strength), ends.map(({ degree }) => degree)];
  })();
  return pooled;
}

/** Links of a region in each year. @param {Region} region */
export function strengthByYear({ i }) {
  return YEARS ? poolCounts(YEARS)[0].map((of) => of[i]) : [];
}

/** Classes are those of all years, so that a colour means the same in each. @param {YearData} years @param {number} year @returns {Score[]} */
function scoresOfYear(years, year) {
  const counts = poolCounts(years).map((of, n) => poolScore(DATA.counts[n], of, year));
  const others = WHOLE.scores.flatMap((score) => {
    const of = years.scores[score.key];
    return of ? [poolScore(score, of.map(spread), year)] : [];
  });
  return [...counts, ...others];
}

/** Values of all units; where most are the same the list has that one, steps to each other one, and these. @param {YearValues} of */
function spread(of) {
  const [common, steps, others] = of;
  if (!Array.isArray(steps) || !Array.isArray(others)) return /** @type {Value[]} */ (of);
  const values = UNITS.map(() => /** @type {Value} */ (common));
  let at = 0;
  for (const [i, step] of steps.entries()) {
    at += step;
    values[at] = others[i];
  }
  return values;
}

/** @param {ScoreData} score @param {Value[][]} of values of each year @param {number} year */
function poolScore(score, of, year) {
  const pool = of.flat();
  return { ...readScore({ ...score, values: of[year], breaks: findBreaks(pool) }), pool, max: largestSize(pool) };
}

/** What adds up over years; of the other scores no sum can be told. @param {number[][]} values */
function countScores(values) {
  return values.map((of, n) => readScore({ ...DATA.counts[n], values: of, breaks: findBreaks(of) }));
}

/** Show the data of a period while something is drawn. @param {Period} period @param {() => void} act */
export function whileShowing(period, act) {
  showData(cutPeriod(period));
  act();
  showData(cutShown());
}

/** Has to listen before all that shows: what is selected stays selected, with the figures of the years. */
export function followPeriod() {
  if (!YEARS && !DATA.parts) return;
  let key = "";
  listen("period part", () => {
    const now = state.part || keyOf(state.period);
    if (key === now) return;
    key = now;
    const score = SCORES[state.score]?.key;
    showData(cutShown());
    state.score = Math.max(
      0,
      SCORES.findIndex((one) => one.key === score),
    );
    takeAlong();
  });
}

/** What is selected has other figures now, or none. */
function takeAlong() {
  const find = (/** @type {Region} */ a, /** @type {Region} */ b) =>
    a.gaps.find((gap) => gap.a === b || gap.b === b) || null;
  const { pair, open } = state;
  if (pair) state.pair = { ...pair, gap: find(pair.a, pair.b) };
  if (open) state.open = find(open.a, open.b);
  state.hover = null;
}
