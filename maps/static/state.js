// What the reader has chosen, in one place; parts of the page listen for the keys they show.

let map = null;
const OUTSIDE_SHOWN = 40;
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("screen and (max-width: 820px)");
const onPaper = window.matchMedia("print");

const state = {
  lang: D.lang,
  theme: D.theme === "auto" ? (darkSystem.matches ? "dark" : "light") : D.theme,
  score: 0,
  shown: Math.min(D.linksShown, LINKS.length),
  gapsShown: Math.min(D.gapsShown, GAPS.filter(isSupported).length),
  strict: false,   // only links that stand out from chance
  layers: { score: true, links: true, outside: true, gaps: true, nodes: true, labels: true },
  tab: D.gaps ? "gaps" : "scores",
  focus: null,   // a region
  pair: null,    // { a, b, gap }: two regions, and their row in the table of gaps if there is one
  hover: null,   // { kind, item } under the pointer
  sort: null,    // { key, down } of the table of scores
};

const listeners = [];

function listen(keys, show) {
  listeners.push({ keys: keys.split(" "), show });
}

function change(changes) {
  Object.assign(state, changes);
  const keys = Object.keys(changes);
  for (const { keys: wanted, show } of listeners) if (keys.some((key) => wanted.includes(key))) show();
}

function palette() {
  return D.palettes[state.theme];
}

function visibleLinks() {
  if (!state.layers.links) return [];
  if (state.focus) return state.strict ? state.focus.links.filter((link) => link.significant) : state.focus.links;
  return (state.strict ? SIGNIFICANT : LINKS).slice(0, state.shown);
}

function visibleOutside() {
  if (!state.layers.outside) return [];
  return state.focus ? PLACED.filter((link) => link.a === state.focus) : PLACED.slice(0, OUTSIDE_SHOWN);
}

function visibleGaps() {
  const picked = state.pair && state.pair.gap ? [state.pair.gap] : [];
  if (!state.layers.gaps) return picked;
  const drawn = state.focus ? gapsOf(state.focus) : GAPS.filter(isSupported).slice(0, state.gapsShown);
  return drawn.concat(picked.filter((gap) => !drawn.includes(gap)));
}

// A shortfall that the data support at all; without grades, any shortfall. Others are drawn when they are picked.
function isSupported(gap) {
  return gap.gap > 0 && gap.grade !== "none";
}

function gapsOf(region) {
  return region.gaps.filter(isSupported).slice(0, 6);
}

function focusOn(region) {
  change({ focus: region, pair: null, tab: "region" });
  zoomToRegion(region);
}

function pickPair(a, b, gap) {
  change({ pair: { a, b, gap }, focus: null });
}

function clearPicks() {
  if (state.pair || state.focus) change({ pair: null, focus: null });
}
