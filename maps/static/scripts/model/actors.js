// The institutions that could start: of each gap, and all of them for who looks for one by name.

import { REGIONS, WHOLE } from "./data.js";
import { state } from "./state.js";

const DRAWN_AT_MOST = 3; // at each end of a pair

/** @returns {Actor[]} */
function collectActors() {
  /** @type {Map<string, Actor>} */
  const found = new Map();
  for (const gap of WHOLE.gaps) {
    for (const [first, second] of gap.partners) {
      addActor(found, first, gap.a, gap);
      addActor(found, second, gap.b, gap);
    }
  }
  return [...found.values()];
}

/** @param {Map<string, Actor>} found @param {Bilingual} names @param {Region} region @param {Gap} gap */
function addActor(found, names, region, gap) {
  const key = `${region.i} ${names.join(" ")}`;
  const actor = found.get(key) || { names, region, gaps: [], code: "", strength: 0 };
  if (!actor.gaps.includes(gap)) actor.gaps.push(gap);
  found.set(key, actor);
}

/** Everybody whom the page proposes, in the order of the register. */
export const ACTORS = collectActors();

/** The gap whose candidates stand on the map: of the pair that is picked, or the one that is open. @returns {Gap | null} */
export function pickedGap() {
  return state.layers.actors ? state.pair?.gap || state.open : null;
}

/** @param {Gap} gap @returns {{ region: Region, other: Region, names: Bilingual[] }[]} both ends of it */
export function candidatesOf({ a, b, partners }) {
  return [0, 1].map((end) => {
    const [region, other] = end ? [b, a] : [a, b];
    const texts = new Map(partners.map((partner) => [partner[end].join(" "), partner[end]]));
    return { region: REGIONS[region.i], other, names: [...texts.values()].slice(0, DRAWN_AT_MOST) };
  });
}
