// How wide, how large, how solid: what a number is on the map.

import { DATA, MAX_STRENGTH, MAX_WEIGHT, OUTSIDE_LINKS } from "../model/data.js";
import { map } from "./canvas.js";

/** Lines and points are thinner on a small map. */
export function sizeFactor() {
  return Math.max(0.6, Math.min(1, map.getSize().x / 900));
}

const [THINNEST, WIDEST_LINK] = DATA.widths;

/** The root, so that a weight of four is twice as wide as a weight of one. @param {number} weight */
export function widthOf(weight) {
  return (THINNEST + (WIDEST_LINK - THINNEST) * Math.sqrt(weight / MAX_WEIGHT)) * sizeFactor();
}

/**
 * A scale of their own: links to the outside may outweigh every link inside the study, and must not outshine them.
 * @param {number} weight
 */
export function outsideWidthOf(weight) {
  return (0.5 + 2.2 * Math.sqrt(weight / OUTSIDE_LINKS[0].weight)) * sizeFactor();
}

/**
 * Among the links shown, the weakest are faint and the strongest nearly solid.
 * @param {number} weight
 * @param {number} least
 */
export function opacityOf(weight, least) {
  return 0.28 + 0.57 * (MAX_WEIGHT > least ? (weight - least) / (MAX_WEIGHT - least) : 1);
}

/** @param {Region} region */
export function radiusOf(region) {
  const bare = region.path || region.farPath ? 1.1 : 4; // where there is no polygon the point carries the colour
  return (region.strength ? 1.6 + 6.4 * Math.sqrt(region.strength / MAX_STRENGTH) : bare) * sizeFactor();
}
