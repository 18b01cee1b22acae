// What analyses handed over to be drawn: classes of regions, flows between them; one is shown at a time.

import { DATA, REGIONS, UNITS } from "./data.js";
import { colours, state } from "./state.js";

/** @returns {ExtraLayer | undefined} */
export function chosenLayer() {
  return DATA.layers.find((layer) => layer.key === state.extra);
}

/** @returns {ClassLayer | null} the classes that fill the map */
export function fillLayer() {
  const layer = chosenLayer();
  return layer?.kind === "classes" && !layer.outlined ? layer : null;
}

/** @param {ClassLayer} layer @returns {string[]} one fill per class */
export function classFills(layer) {
  const { hues, clusters, ramp } = colours();
  if (layer.meaning === "lisa") return clusters;
  if (layer.meaning === "order") {
    const last = Math.max(1, layer.names.length - 1);
    return layer.names.map((_, i) => ramp[Math.round((ramp.length - 1) * (1 - i / last))]);
  }
  return layer.names.map((_, i) => hues[i % hues.length]);
}

/** The largest flows, with the share of all that they are. */
export function shownFlows() {
  const layer = chosenLayer();
  if (layer?.kind !== "flows") return null;
  const flows = layer.source.map((source, i) => ({
    a: REGIONS[source],
    b: REGIONS[layer.target[i]],
    weight: layer.value[i],
  }));
  const mine = state.focus ? flows.filter(({ a, b }) => a === state.focus || b === state.focus) : flows;
  const drawn = mine.slice(0, layer.most);
  const sum = (/** @type {{ weight: number }[]} */ some) => some.reduce((total, { weight }) => total + weight, 0);
  return { layer, drawn, all: mine.length, share: mine.length ? sum(drawn) / sum(mine) : 0 };
}

/** How many units are in each class, and in none. @param {ClassLayer} layer */
export function countClasses(layer) {
  const counts = layer.names.map((_, i) => layer.of.filter((place) => place === i).length);
  return { counts, none: UNITS.length - counts.reduce((sum, count) => sum + count, 0) };
}
