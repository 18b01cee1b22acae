// What the reader has chosen, in one place; parts of the page listen for the keys they show.

import {
  BRIEF_GAPS,
  DATA,
  gapsOf,
  LINKS,
  MOVES,
  PLACED_LINKS,
  SCORES,
  SIGNIFICANT_LINKS,
  SUPPORTED_GAPS,
} from "./data.js";

export const OUTSIDE_SHOWN = 40;
export const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");
export const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
export const narrow = window.matchMedia("screen and (max-width: 820px)");
export const printing = window.matchMedia("print");

/** @type {Filters} */
export const NO_FILTERS = { words: "", region: "", group: "", grade: "", field: "", path: "" };

export const state = {
  lang: DATA.lang,
  theme: DATA.theme === "auto" ? systemTheme() : DATA.theme,
  view: DATA.view,
  score: 0,
  shown: Math.min(DATA.linksShown, LINKS.length),
  gapsShown: Math.min(DATA.gapsShown, SUPPORTED_GAPS.length),
  strict: false, // only links that stand out from chance
  layers: {
    score: true,
    links: showsLinks(),
    outside: showsLinks(),
    gaps: true,
    nodes: true,
    actors: true,
    labels: true,
  },
  tab: DATA.spillover
    ? "spillover"
    : DATA.chains
      ? "chains"
      : DATA.scorecard && !DATA.gaps
        ? "scorecard"
        : DATA.gaps
          ? "gaps"
          : "scores",
  open: /** @type {Gap | null} */ (null), // the gap of a region whose figures are open
  focus: /** @type {Region | null} */ (null),
  pair: /** @type {{ a: Region, b: Region, gap: Gap | null } | null} */ (null),
  hover: /** @type {{ kind: string, item: any } | null} */ (null),
  geoHidden: DATA.geo.filter(({ shown }) => !shown).map(({ key }) => key), // keys of the map maker's own layers
  period: /** @type {Period | null} */ (null), // the years shown; null: all that count when none is chosen
  part: "", // sort and key of the only links shown; empty: all
  twin: "difference", // two years: their difference over both, or side by side
  extra: DATA.layer, // key of the layer that an analysis handed over
  filters: NO_FILTERS,
  gapOrder: /** @type {Order | null} */ (null), // null: the order of the register
  sort: /** @type {Order | null} */ (null),
};

/** A scorecard without links at first has none of a region that is picked either. */
function showsLinks() {
  return !DATA.scorecard || DATA.linksShown > 0;
}

/** @type {{ keys: string[], show: (changed: string[]) => void }[]} */
const listeners = [];

/**
 * Call `show` whenever one of the keys has a new value.
 * @param {string} keys separated by blanks
 * @param {(changed: string[]) => void} show
 */
export function listen(keys, show) {
  listeners.push({ keys: keys.split(" "), show });
}

/** @param {Partial<typeof state>} changes */
export function change(changes) {
  const changed = Object.entries(changes).filter(([key, value]) => value !== /** @type {any} */ (state)[key]);
  Object.assign(state, changes);
  tell(changed.map(([key]) => key));
}

/** Let every part show itself. */
export function tellAll() {
  tell(Object.keys(state));
}

/** @param {string[]} changed */
function tell(changed) {
  for (const { keys, show } of listeners) if (keys.some((key) => changed.includes(key))) show(changed);
}

export function systemTheme() {
  return darkSystem.matches ? "dark" : "light";
}

export function colours() {
  return DATA.palettes[state.theme];
}

/** The score on the map; undefined when the page has none. @returns {Score | undefined} */
export function chosenScore() {
  return SCORES[state.score];
}

/** The links among which the slider chooses. */
export function linkPool() {
  return state.strict && !isPartial() ? SIGNIFICANT_LINKS : LINKS;
}

/** Arrows of flows would be lost among links. */
function hidesLinks() {
  return DATA.layers.some((layer) => layer.key === state.extra && layer.kind === "flows");
}

/** The map of the brief: three gaps, and nothing that could distract from them. */
export function isBrief() {
  return state.view === "brief" && state.tab === "gaps" && BRIEF_GAPS.length > 0 && !isComparing();
}

/** The gaps that have a number on the map, in the order of the list beside it. @returns {Gap[]} */
export function numberedGaps() {
  if (isComparing()) return [];
  if (state.focus) return gapsOf(state.focus);
  return isBrief() ? BRIEF_GAPS : [];
}

/** Years or a part of the links are shown, for which less is known than for the whole. */
export function isPartial() {
  return Boolean(state.period || state.part);
}

/** Two years against each other: the map has what changed. */
export function isComparing() {
  return state.period?.kind === "two";
}

export function visibleLinks() {
  if (isComparing() || !state.layers.links || isBrief() || hidesLinks()) return [];
  if (state.focus) return state.focus.links.filter((link) => !state.strict || isPartial() || link.significant);
  return linkPool().slice(0, state.shown);
}

export function visibleOutside() {
  if (!state.layers.outside || isBrief() || hidesLinks() || isPartial()) return [];
  return state.focus ? PLACED_LINKS.filter((link) => link.a === state.focus) : PLACED_LINKS.slice(0, OUTSIDE_SHOWN);
}

/** A gap that is selected is drawn whatever else is. */
export function visibleGaps() {
  const selected = state.pair?.gap ? [state.pair.gap] : [];
  if (!state.layers.gaps) return selected;
  if (isComparing()) return [];
  const numbered = numberedGaps();
  const drawn = state.focus || numbered.length ? numbered : SUPPORTED_GAPS.slice(0, state.gapsShown);
  return drawn.concat(selected.filter((gap) => !drawn.includes(gap)));
}

const MOVES_DRAWN = 6;

/** What became of gaps, of each kind the largest; of a region all of its own. @returns {Move[]} */
export function visibleMoves() {
  if (!isComparing() || !state.layers.gaps) return [];
  const { focus } = state;
  const mine = MOVES.filter(({ a, b, move }) => move !== "unclear" && (!focus || a === focus || b === focus));
  return ["opened", "persists", "closed"].flatMap((kind) =>
    mine.filter(({ move }) => move === kind).slice(0, focus ? mine.length : MOVES_DRAWN),
  );
}

/** Whether the page has anything to show in a layer. @param {string} layer */
export function hasLayer(layer) {
  if (layer === "gaps") return BRIEF_GAPS.length > 0;
  if (layer === "score") return SCORES.length > 0;
  if (layer === "actors") return Object.keys(DATA.gaps?.partners || {}).length > 0;
  return layer !== "outside" || PLACED_LINKS.length > 0;
}

/** Two regions, with their row in the table of gaps if there is one. @param {Region} a @param {Region} b */
export function selectPair(a, b) {
  change({ pair: { a, b, gap: a.gaps.find((gap) => gap.a === b || gap.b === b) || null }, focus: null, open: null });
}

/** @param {Gap} gap */
export function selectGap(gap) {
  change({ pair: { a: gap.a, b: gap.b, gap }, focus: null, open: null, tab: "gaps" });
}

/** One thing at a time: the figures that are open, then what is selected. */
export function closeOne() {
  if (state.open) change({ open: null });
  else clearSelection();
}

export function clearSelection() {
  if (state.pair || state.focus) change({ pair: null, focus: null, open: null });
}
