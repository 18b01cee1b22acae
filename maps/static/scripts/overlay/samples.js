// The rows of the legend of each kind of layer.

import { coloursOf, describeClasses } from "../model/classes.js";
import { decimalsFor, isWhole, largestSize, writeNumber } from "../model/numbers.js";

const SHAPES = "http://www.w3.org/2000/svg";

/** @param {any} data */
export function localeOf(data) {
  return data.lang === "zh" ? "zh-CN" : "en";
}

/** @param {any} data @param {number | null} value */
export function formatOverlayValue(data, value) {
  const decimals = isWhole(data.values) ? 0 : decimalsFor(largestSize(data.values));
  return writeNumber(value, decimals, localeOf(data));
}

/** @param {string} words @param {Element} sample */
function row(words, sample) {
  const line = document.createElement("div");
  line.style.cssText = "display: flex; align-items: center; gap: 8px";
  const text = document.createElement("span");
  text.textContent = words;
  line.append(sample, text);
  return line;
}

/** @param {string} shape @param {Record<string, string | number>} attributes */
function sample(shape, attributes) {
  const box = document.createElementNS(SHAPES, "svg");
  const mark = document.createElementNS(SHAPES, shape);
  for (const [key, value] of Object.entries({ width: 34, height: 14 })) box.setAttribute(key, String(value));
  for (const [key, value] of Object.entries(attributes)) mark.setAttribute(key, String(value));
  box.setAttribute("aria-hidden", "true");
  box.append(mark);
  return box;
}

/** @param {string} fill @param {string} [stroke] */
function patch(fill, stroke = "#8ea2b1") {
  return sample("rect", { x: 6, y: 1, width: 22, height: 12, fill, stroke });
}

/** @param {string} stroke @param {number} width @param {string} [dash] */
function line(stroke, width, dash = "none") {
  const look = { fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dash };
  return sample("path", { d: "M2 11 Q17 1 32 11", ...look });
}

/** @param {any} data */
function listClasses(data) {
  if (!data.values) return [];
  const fills = coloursOf(data.breaks, data.palette);
  const write = (/** @type {number} */ value) => formatOverlayValue(data, value);
  const rows = describeClasses(data).map(({ low, high, count }, i) => {
    const words = write(low) === write(high) ? write(low) : `${write(low)} – ${write(high)}`;
    return row(`${words} (${count})`, patch(fills[i]));
  });
  const signed = data.breaks[0] < 0;
  const zeros = signed ? data.values.filter((/** @type {Value} */ value) => value === 0).length : 0;
  const blank = data.values.filter((/** @type {Value} */ value) => value === null).length;
  if (zeros) rows.push(row(`0 (${zeros})`, patch(data.palette.zero)));
  if (blank) rows.push(row(`${data.none} (${blank})`, patch(data.palette.land)));
  return rows;
}

/** @param {any} data */
function listWidths({ weight, widths, colour, all, ...data }) {
  if (!weight.length) return [];
  const [thin, wide] = widths;
  const samples = [...new Set([weight[0], weight[Math.floor(weight.length / 2)], weight[weight.length - 1]])];
  const rows = samples.map((value) => {
    const width = thin + (wide - thin) * Math.sqrt(value / weight[0]);
    return row(writeNumber(value, Number.isInteger(value) ? 0 : 2, localeOf(data)), line(colour, width));
  });
  if (all > weight.length) rows.push(row(`${weight.length} / ${all}`, line(colour, 0)));
  return rows;
}

/** @type {Record<string, (data: any) => HTMLElement[]>} */
export const LEGENDS = {
  regions: listClasses,
  groups: ({ names, colours, counts }) =>
    names.map((/** @type {string} */ name, /** @type {number} */ i) =>
      row(`${name} (${counts[i]})`, patch(colours[i % colours.length], "#33383d")),
    ),
  links: listWidths,
  gaps({ supported, colours, words }) {
    const rows = [];
    if (supported.includes(1)) rows.push(row(words[2], line(colours[0], 2.5, "6 4.5")));
    if (supported.includes(0)) rows.push(row(words[3], line(colours[1], 2, "2.5 4")));
    return rows;
  },
  actors({ kinds, colours, words, notes, out, exact }) {
    const rows = [];
    for (const [i, word] of words.entries()) {
      const count = kinds.filter((/** @type {number} */ kind) => kind === i).length;
      if (count) rows.push(row(`${word} (${count})`, sample("circle", { cx: 17, cy: 7, r: 4.5, fill: colours[i] })));
    }
    if (exact.includes(0)) rows.push(row(notes[0], sample("circle", { cx: 17, cy: 7, r: 0 })));
    if (out) rows.push(row(notes[1].replace("{n}", out), sample("circle", { cx: 17, cy: 7, r: 0 })));
    return rows;
  },
};
