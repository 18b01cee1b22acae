// The data block, turned into regions, links, gaps and scores that know each other.

import { rankValues } from "./classes.js";
import { decimalsFor, isWhole, largestSize } from "./numbers.js";
import { boundRings, isInBox, longestRing, unpackRings } from "./rings.js";

/** @type {PageData} */
export const DATA = JSON.parse(document.getElementById("regionet-data")?.textContent || "");

/** A path cannot be asked what it is: for pictures that are no pixels. @type {WeakMap<Path2D, { lines: Ring[], close: boolean }>} */
const traced = new WeakMap();

/** @param {Path2D} path @returns {string} as SVG writes it */
export function pathText(path) {
  const { lines, close } = traced.get(path) || { lines: [], close: false };
  return lines
    .map((line) => {
      const points = [];
      for (let i = 0; i < line.length; i += 2) points.push(`${line[i]} ${line[i + 1]}`);
      return `M${points.join("L")}${close ? "Z" : ""}`;
    })
    .join("");
}

/**
 * @param {Ring[]} lines
 * @param {boolean} close
 */
export function tracePath(lines, close) {
  const path = new Path2D();
  traced.set(path, { lines, close });
  for (const line of lines) {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
    if (close) path.closePath();
  }
  return path;
}

/** Far places shown in a window of their own. @type {Inset[]} */
export const INSETS = DATA.basemap.insets.map((inset) => ({ ...inset, at: null }));

/** @param {Point | null} point */
function findInset(point) {
  return (point && INSETS.find(({ apart, box }) => apart && isInBox(box, point[0], point[1]))) || null;
}

/** The first characters of a name, counted as Python counts them. @param {string} name @param {number} length */
function cutName(name, length) {
  return [...name].slice(0, length).join("");
}

/** @param {Ring[]} rings @returns {Point} */
function middleOf(rings) {
  const [west, south, east, north] = boundRings([longestRing(rings)]);
  return [(west + east) / 2, (south + north) / 2];
}

/** As maps.page.own_gaps.VERDICTS. */
const VERDICTS = ["supported", "unsupported", "surplus", "unfitted", "unlinked", "unknown", "none"];

/** @param {string} code @param {number} i @returns {Region} */
function readRegion(code, i) {
  const of = DATA.regions;
  const rings = unpackRings(of.shape[i] || "");
  const far = unpackRings(DATA.basemap.far[code] || "");
  const point = of.point[i] || (rings.length + far.length ? middleOf(rings.length ? rings : far) : null);
  const inset = findInset(point);
  const around = /** @type {Box | null} */ (point && !inset ? [...point, ...point] : null);
  return {
    i,
    code,
    point,
    rings,
    far,
    inset,
    isUnit: i < DATA.units,
    names: [of.en[i] || code, of.zh[i] || code],
    short: DATA.labels[code] || [cutName(of.en[i], of.short[i][0]) || code, cutName(of.zh[i], of.short[i][1]) || code],
    parent: DATA.parents[of.parent[i]] || null,
    group: of.group[i],
    path: rings.length ? tracePath(rings, true) : null,
    farPath: far.length ? tracePath(far, true) : null,
    box: rings.length ? boundRings(rings) : around,
    strength: of.strength[i],
    internal: of.internal[i],
    external: of.external[i],
    verdict: i < DATA.units ? VERDICTS[Number(DATA.verdicts[i])] : "uncovered",
    links: [],
    gaps: [],
    outside: [],
  };
}

/** Those of the study first, then those drawn around them. */
export const REGIONS = DATA.regions.code.map(readRegion);
export const UNITS = REGIONS.slice(0, DATA.units);

/** What the page shows at present; a year, a sum of years or a path puts its own in their place, see `showData`. */

/** The strongest first. @type {Link[]} */
export let LINKS = DATA.links.source.map((source, i) => ({
  a: REGIONS[source],
  b: REGIONS[DATA.links.target[i]],
  weight: DATA.links.weight[i],
  significant: Boolean(DATA.links.significant?.[i]),
}));
/** Those that stand out from chance. @type {Link[]} */
export let SIGNIFICANT_LINKS = LINKS.filter((link) => link.significant);

/** @returns {OutsideLink[]} */
function readOutside() {
  const outside = DATA.outside;
  if (!outside) return [];
  return outside.weight.map((weight, i) => {
    const [code, en, zh, enShort, zhShort, point] = outside.regions[outside.outside[i]];
    return {
      a: REGIONS[outside.unit[i]],
      b: { code, names: [en, zh], short: [enShort, zhShort], point, inset: null },
      weight,
    };
  });
}

/** From a unit to a region outside the study, which may lie far beyond the map. */
export const OUTSIDE_LINKS = readOutside();
export let PLACED_LINKS = OUTSIDE_LINKS.filter((link) => link.b.point);

export let MAX_WEIGHT = LINKS.length ? LINKS[0].weight : 1;
export let MAX_STRENGTH = Math.max(1e-9, largestSize(UNITS.map((region) => region.strength)));

/** @returns {Bilingual[]} */
function readPhrases() {
  const { phrases, forms } = DATA.gaps || { phrases: [], forms: [] };
  return phrases.map((phrase) => {
    const [first, ...blanks] = phrase;
    if (typeof first !== "number") return /** @type {Bilingual} */ (phrase);
    const fill = (/** @type {string} */ form, /** @type {number} */ side) => {
      let i = 0;
      return form.replace(/[#@]/g, (mark) => {
        const blank = blanks[i++];
        return String(mark === "@" ? phrases[Number(blank)][side] : blank); // names stand as their two texts
      });
    };
    return /** @type {Bilingual} */ (forms[first].map(fill));
  });
}

const PHRASES = readPhrases();

/** @param {[number, number, number[], string?]} partner places among the phrases @returns {[Bilingual, Bilingual, Bilingual]} */
function readPartner([first, second, clauses]) {
  const told = clauses.map((clause) => PHRASES[clause]);
  return [PHRASES[first], PHRASES[second], [told.map(([en]) => en).join("; "), told.map(([, zh]) => zh).join("；")]];
}

/** @returns {Gap[]} */
function readGaps() {
  if (!DATA.gaps) return [];
  const { rows, partners } = DATA.gaps;
  const { source, target, ...columns } = rows;
  return source.map((from, i) => {
    const figures = Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values?.[i]]));
    const told = {
      grade: rows.grade[i] || "",
      fields: rows.fields?.[i] || [],
      fieldsZh: rows.fields?.[i]?.map((field) => DATA.gaps?.fieldNames?.[field] || field),
      paths: [...new Set((partners[i] || []).flatMap(([, , , path]) => path || []))],
      partners: (partners[i] || []).map(readPartner),
    };
    return /** @type {Gap} */ ({ ...figures, ...told, a: REGIONS[from], b: REGIONS[target[i]], i });
  });
}

/** In the order of the register: its head, then the largest of every region. */
export let GAPS = readGaps();

/** The head of the register. */
export let LISTED_GAPS = GAPS.slice(0, DATA.gaps?.listed);

/** A shortfall that the data support at all; without grades, any shortfall. @param {Gap} gap */
export function isSupported(gap) {
  return (gap.gap || 0) > 0 && gap.grade !== "none";
}

export let SUPPORTED_GAPS = GAPS.filter(isSupported);

const OWN = 5;

/**
 * The largest shortfalls of a region, those with evidence first; the best supported one is among them.
 * @param {Region} region
 */
export function gapsOf(region) {
  const below = region.gaps.filter((gap) => (gap.gap || 0) > 0);
  const chosen = [...below].sort((a, b) => (b.gap || 0) - (a.gap || 0)).slice(0, OWN);
  const best = below.find(isSupported);
  if (best && !chosen.some(isSupported)) chosen.pop();
  if (best && !chosen.includes(best) && !chosen.some(isSupported)) chosen.push(best);
  const weigh = (/** @type {Gap} */ gap) => (isSupported(gap) ? -1e9 + gap.i : -(gap.gap || 0));
  return chosen.sort((a, b) => weigh(a) - weigh(b));
}

/** The other end. @param {Gap} gap @param {Region} region */
export function otherEnd(gap, region) {
  return gap.a === region ? gap.b : gap.a;
}

/** @param {Gap[]} gaps */
function chooseBrief(gaps) {
  const backed = gaps.filter(isSupported);
  const largest = () => gaps.filter((gap) => (gap.gap || 0) > 0).sort((a, b) => (b.gap || 0) - (a.gap || 0));
  return (backed.length ? backed : largest()).slice(0, 3);
}

/** The gaps of the brief: up to three with evidence, else the largest there are. */
export let BRIEF_GAPS = chooseBrief(GAPS);

/** @param {ScoreData} score @returns {Score} */
export function readScore(score) {
  const max = largestSize(score.values);
  const decimals = score.form === "count" || score.form === "share" ? 1 : decimalsFor(max);
  return { ...score, ...rankValues(score.values), max, decimals: isWhole(score.values) ? 0 : decimals };
}

export let SCORES = DATA.scores.map(readScore);

/** What became of gaps between two years that are compared, the largest first. @type {Move[]} */
export let MOVES = [];

/** What the data block itself holds: all links that count when no year is named. @type {Shown} */
export const WHOLE = {
  key: "",
  ...{ links: LINKS, placed: PLACED_LINKS, gaps: GAPS, listed: LISTED_GAPS, scores: SCORES, moves: [] },
  ...{ maxWeight: MAX_WEIGHT, maxStrength: MAX_STRENGTH },
  strength: UNITS.map((region) => region.strength),
  verdicts: UNITS.map((region) => region.verdict),
};

/** Names what is shown, for pictures that are kept. */
export let shownKey = "";

/** @param {Shown} shown takes the place of all that changes with the years */
export function showData(shown) {
  shownKey = shown.key;
  LINKS = shown.links;
  SIGNIFICANT_LINKS = LINKS.filter((link) => link.significant);
  PLACED_LINKS = shown.placed;
  GAPS = shown.gaps;
  LISTED_GAPS = shown.listed;
  SUPPORTED_GAPS = GAPS.filter(isSupported);
  BRIEF_GAPS = chooseBrief(GAPS);
  SCORES = shown.scores;
  MOVES = shown.moves;
  MAX_WEIGHT = shown.maxWeight;
  MAX_STRENGTH = shown.maxStrength;
  for (const region of UNITS) {
    region.strength = shown.strength[region.i];
    region.verdict = shown.verdicts[region.i];
  }
  for (const region of REGIONS) Object.assign(region, { links: [], gaps: [], outside: [] });
  for (const link of LINKS) for (const end of [link.a, link.b]) end.links.push(link);
  for (const gap of GAPS) for (const end of [gap.a, gap.b]) end.gaps.push(gap);
  if (shown === WHOLE) for (const link of OUTSIDE_LINKS) link.a.outside.push(link);
}
showData(WHOLE);

/**
 * Those a region has links with, the strongest first; both directions of a directed network together.
 * @param {Region} region
 */
export function partnersOf(region) {
  const found = new Map();
  for (const link of region.links) {
    const other = link.a === region ? link.b : link.a;
    const entry = found.get(other) || { region: other, weight: 0, sent: 0, received: 0 };
    entry.weight += link.weight;
    entry[link.a === region ? "sent" : "received"] += link.weight;
    found.set(other, entry);
  }
  return /** @type {{ region: Region, weight: number, sent: number, received: number }[]} */ (
    [...found.values()].sort((a, b) => b.weight - a.weight)
  );
}
