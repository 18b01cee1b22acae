// What analyses handed over to be drawn: classes of regions, flows between them; one is shown at a time.

import { DATA, REGIONS, UNITS } from "./data.js";
import { colours, state } from "./state.js";

const BEYOND = 5; // the hue of what cannot be ranked: far from the ramp for every eye

/** @returns {ExtraLayer | undefined} */
export function chosenLayer() {
  return DATA.layers.find((layer) => layer.key === state.extra);
}

/** @returns {ClassLayer | null} the classes that fill the map, by themselves or beneath flows */
export function fillLayer() {
  const layer = chosenLayer();
  if (layer?.kind === "flows") return layer.under;
  return layer?.kind === "classes" && !layer.outlined ? layer : null;
}

/** @param {ClassLayer} layer @returns {string[]} one fill per class, paler where arrows lie over it */
export function classFills(layer) {
  const fills = fullFills(layer);
  return chosenLayer()?.kind === "flows" ? fills.map((colour) => mixColours(colour, colours().land)) : fills;
}

/** Halfway between two colours. @param {string} one @param {string | string[]} other */
function mixColours(one, other) {
  const [a, b] = [one, String(other)].map((colour) => Number.parseInt(colour.slice(1), 16));
  const halves = ((a & 0xfefefe) >> 1) + ((b & 0xfefefe) >> 1);
  return `#${halves.toString(16).padStart(6, "0")}`;
}

/** @param {ClassLayer} layer @returns {string[]} */
function fullFills(layer) {
  const { hues, clusters, ramp, rest } = colours();
  if (layer.meaning === "lisa") return clusters;
  const { meaning, names } = layer;
  const hasRest = meaning === "focus" || meaning === "ranked";
  const isRest = (/** @type {number} */ i) => hasRest && i === names.length - 1;
  if (meaning === "order" || meaning === "ranked") {
    const last = Math.max(1, names.length - (hasRest ? 2 : 1));
    return names.map((_, i) => (isRest(i) ? hues[BEYOND] : ramp[Math.round((ramp.length - 1) * (1 - i / last))]));
  }
  return layer.names.map((_, i) => (isRest(i) ? String(rest) : hues[i % hues.length]));
}

/** @type {Map<string, Flow[]>} the flows of a layer keep their curves */
const known = new Map();

/** @param {FlowLayer} layer @returns {Flow[]} */
export function listFlows(layer) {
  const flows =
    known.get(layer.key) ||
    layer.value.map((value, i) => {
      const [low, high] = [layer.low[i], layer.high[i]];
      const told = low === null || high === null || low > 0 || high < 0;
      return {
        a: REGIONS[layer.source[i]],
        b: REGIONS[layer.target[i]],
        ...{ value, low, high, told, size: Math.abs(value), unit: layer.unit },
      };
    });
  known.set(layer.key, flows);
  return flows;
}

/** The largest flows, with the share of the sum of all sizes that they are. */
export function shownFlows() {
  const layer = chosenLayer();
  if (layer?.kind !== "flows") return null;
  const flows = listFlows(layer);
  const mine = state.focus ? flows.filter(({ a, b }) => a === state.focus || b === state.focus) : flows;
  const drawn = mine.slice(0, layer.most);
  const sum = (/** @type {Flow[]} */ some) => some.reduce((total, { size }) => total + size, 0);
  const [all, total] = state.focus ? [mine.length, sum(mine)] : [layer.count, layer.sum];
  const unsure = drawn.filter(({ told }) => !told).length;
  const negative = drawn.filter(({ value }) => value < 0).length;
  return { layer, drawn, all, share: total ? sum(drawn) / total : 0, unsure, negative };
}

/** How many units are in each class, and in none. @param {ClassLayer} layer */
export function countClasses(layer) {
  const counts = layer.names.map((_, i) => layer.of.filter((place) => place === i).length);
  return { counts, none: UNITS.length - counts.reduce((sum, count) => sum + count, 0) };
}
