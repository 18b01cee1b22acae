// Small curves of a network through its years: links, what lasts, who comes and goes, communities, prices of borders.

import { make, makeShape } from "../draw/dom.js";
import { currentPeriod } from "../model/period.js";
import { formatNumber, formatWeight, localize, t, withLabel } from "../model/words.js";
import { totalsOf, turnoverOf } from "../model/year_sums.js";
import { choosePeriod } from "./time.js";

const WIDE = 180;
const HIGH = 46;
const EDGE = 5;

/**
 * @typedef {object} Curve
 * @property {string} label
 * @property {Value[]} values a number per year
 * @property {(value: Value) => string} write
 * @property {string} [tone] class of its colour
 * @property {Value[]} [low] of the interval
 * @property {Value[]} [high]
 * @property {Value[]} [down] what is drawn below the line: bars, not a curve
 */

/** @param {YearData} years */
export function buildYearCurves(years) {
  const box = make("section", "year-curves");
  const grid = make("div", "curves");
  for (const curve of listCurves(years)) grid.append(drawCurve(curve, years.list));
  const words = [saySurvival(years), ...years.borders.map((border) => sayBorder(border, years.list))].filter(Boolean);
  box.append(
    make("h3", "", t("curves", { year: currentPeriod().to })),
    grid,
    ...words.map((said) => make("p", "told", said)),
  );
  return box;
}

/** @param {YearData} years @returns {Curve[]} */
function listCurves(years) {
  const turnover = turnoverOf(years);
  const whole = (/** @type {Value} */ value) => formatNumber(value, 0);
  const of = (/** @type {"survival" | "entered" | "left"} */ key) => [null, ...turnover.map((one) => one[key])];
  const counted = years.communities.some((count) => count !== null);
  return [
    { label: t("years_weight"), values: totalsOf(years), write: formatWeight },
    { label: t("curve_survival"), values: of("survival"), write: (value) => formatNumber(value, 0, "percent") },
    { label: t("curve_turnover"), values: of("entered"), down: of("left"), write: whole },
    ...(counted ? [{ label: t("curve_communities"), values: years.communities, write: whole }] : []),
    ...years.borders.map(({ names, percent, low, high }) => {
      return { label: localize(names), values: percent, low, high, write: writePercent, tone: "border" };
    }),
  ];
}

/** @param {Value} value a number of percent */
function writePercent(value) {
  const sign = value !== null && value > 0 ? "+" : "";
  return sign + formatNumber(value === null ? null : value / 100, 0, "percent");
}

/** @param {Curve} curve @param {number[]} list */
function drawCurve(curve, list) {
  const figure = make("figure", `curve ${curve.tone || ""}`);
  const told = list.indexOf(currentPeriod().to);
  const head = make("figcaption");
  head.append(make("span", "", curve.label), make("b", "", writeYear(curve, told)));
  const shape = makeShape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": sayCurve(curve, list) });
  const places = scaleCurve(curve, list.length);
  shape.append(...(curve.down ? drawBars(curve, places) : drawLine(curve, places)), drawMark(places.x(told)));
  shape.addEventListener("click", (event) => {
    const { left, width } = shape.getBoundingClientRect();
    const at = Math.round(((event.clientX - left) / width) * (list.length - 1));
    choosePeriod({ kind: "year", from: list[at], to: list[at] });
  });
  const ends = make("div", "ends");
  ends.append(make("small", "", String(list[0])), make("small", "", String(list[list.length - 1])));
  figure.append(head, shape, ends);
  return figure;
}

/** @param {Curve} curve @param {number} count of years */
function scaleCurve({ values, low = [], high = [], down = [] }, count) {
  const below = down.map((value) => -(value ?? 0));
  const all = [0, ...values, ...low, ...high, ...below].filter((value) => value !== null);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const step = (WIDE - 2 * EDGE) / Math.max(1, count - 1);
  return {
    step,
    x: (/** @type {number} */ i) => EDGE + i * step,
    y: (/** @type {number} */ value) => HIGH - EDGE - ((value - least) / (most - least || 1)) * (HIGH - 2 * EDGE),
  };
}

/** @param {Curve} curve @param {ReturnType<typeof scaleCurve>} places */
function drawLine({ values, low, high }, { x, y }) {
  const known = values.flatMap((value, i) => (value === null ? [] : [i]));
  const path = (/** @type {number[]} */ order, /** @type {Value[]} */ of) =>
    order.map((i) => `${x(i).toFixed(1)} ${y(/** @type {number} */ (of[i])).toFixed(1)}`).join("L");
  const zero = makeShape("path", { class: "zero", d: `M${EDGE} ${y(0).toFixed(1)}H${WIDE - EDGE}` });
  const band = low && high && known.length ? `M${path(known, high)}L${path([...known].reverse(), low)}Z` : "";
  const dots = known.map((i) => makeShape("circle", { cx: x(i), cy: y(/** @type {number} */ (values[i])), r: 2 }));
  const shapes = [
    zero,
    makeShape("path", { class: "line", d: known.length ? `M${path(known, values)}` : "" }),
    ...dots,
  ];
  return band ? [makeShape("path", { class: "band", d: band }), ...shapes] : shapes;
}

/** @param {Curve} curve @param {ReturnType<typeof scaleCurve>} places */
function drawBars({ values, down = [] }, { x, y, step }) {
  const wide = Math.min(12, step * 0.6);
  const bar = (/** @type {Value} */ value, /** @type {number} */ i, /** @type {string} */ className) => {
    const [top, bottom] = [y(0), y(value ?? 0)].sort((a, b) => a - b);
    return makeShape("rect", { class: className, x: x(i) - wide / 2, y: top, width: wide, height: bottom - top });
  };
  const fallen = down.map((value, i) => bar(value === null ? null : -value, i, "fallen"));
  return [...values.map((value, i) => bar(value, i, "risen")), ...fallen];
}

/** The year that the numbers are of. @param {number} x */
function drawMark(x) {
  return makeShape("path", { class: "mark", d: `M${x.toFixed(1)} 0V${HIGH}` });
}

/** @param {Curve} curve @param {number} i */
function writeYear({ values, low, high, down, write }, i) {
  const value = values[i];
  if (value === null || value === undefined) return "–";
  if (down) return `+${write(value)} / −${write(down[i])}`;
  return low && high ? `${write(value)} [${write(low[i])}, ${write(high[i])}]` : write(value);
}

/** The curve in words, for those who do not see it. @param {Curve} curve @param {number[]} list */
function sayCurve(curve, list) {
  return withLabel(curve.label, list.map((year, i) => `${year} ${writeYear(curve, i)}`).join("; "));
}

/** @param {YearData} years */
function saySurvival(years) {
  const known = turnoverOf(years).filter(({ survival }) => survival !== null);
  if (!known.length) return "";
  const mean = known.reduce((sum, { survival }) => sum + (survival || 0), 0) / known.length;
  const least = known.reduce((one, other) => ((other.survival || 0) < (one.survival || 0) ? other : one));
  const from = years.list[years.list.indexOf(least.year) - 1];
  const share = (/** @type {Value} */ value) => formatNumber(value, 0, "percent");
  return t("curves_survival", { mean: share(mean), least: share(least.survival), from, to: least.year });
}

/** @param {YearData["borders"][number]} border @param {number[]} list */
function sayBorder({ names, percent, low, high }, list) {
  const known = list.flatMap((_, i) => (percent[i] === null ? [] : [i]));
  const [first, last] = [known[0], known[known.length - 1]];
  if (first === last) return "";
  const curve = { label: "", values: percent, low, high, write: writePercent };
  const apart = Number(low[last]) > Number(high[first]) || Number(high[last]) < Number(low[first]);
  const spans = { before: writeYear(curve, first), after: writeYear(curve, last) };
  const verdict = t(apart ? "curves_apart" : "curves_overlap");
  return t("curves_border", { border: localize(names), from: list[first], to: list[last], ...spans, verdict });
}
