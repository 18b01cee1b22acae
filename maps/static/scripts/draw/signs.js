// The signs of what became of a gap: a plus, an equals sign, a tick; a question mark where nobody can tell.

import { makeShape } from "./dom.js";

/** Strokes of a plus, an equals sign, a tick. @type {Record<string, number[][][]>} */
export const SIGNS = {
  opened: [
    [
      [-4.5, 0],
      [4.5, 0],
    ],
    [
      [0, -4.5],
      [0, 4.5],
    ],
  ],
  persists: [
    [
      [-4, -2],
      [4, -2],
    ],
    [
      [-4, 2.2],
      [4, 2.2],
    ],
  ],
  closed: [
    [
      [-4.5, 0.5],
      [-1.2, 3.8],
      [4.6, -3.6],
    ],
  ],
};

/** @param {string} kind @param {string} [className] */
export function moveSign(kind, className = "sign") {
  const box = makeShape("svg", { class: `${className} sign-${kind}`, width: 22, height: 22, viewBox: "-11 -11 22 22" });
  box.setAttribute("aria-hidden", "true");
  box.append(makeShape("circle", { r: 9.5 }));
  for (const stroke of SIGNS[kind] || []) box.append(makeShape("polyline", { points: stroke.join(" ") }));
  if (!SIGNS[kind]) box.append(makeShape("text", { y: 4.5, "text-anchor": "middle" }, "?"));
  return box;
}
