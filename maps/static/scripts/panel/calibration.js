// Expected against observed, group by group: does the model that finds the gaps fit at all?

import { make, makeFacts, makeShape } from "../draw/dom.js";
import { logTicks } from "../model/numbers.js";
import { formatNumber, t, withLabel } from "../model/words.js";

const SIZE = { width: 400, height: 260 };
const FRAME = { left: 52, right: SIZE.width - 12, top: 10, bottom: SIZE.height - 40 };
const BELOW = -0.04; // where a mean of zero stands on a logarithmic axis
const ROOM = 1.3;

/** @param {HTMLElement} host @param {Fit} fit */
export function showFit(host, fit) {
  if (!fit.calibration.length) return;
  const pairs = fit.calibration.map(([n]) => n).sort((a, b) => a - b);
  const words = t("about_fit_text", { n: formatNumber(pairs[Math.floor(pairs.length / 2)], 0) });
  const figure = make("figure", "plot");
  figure.append(drawCalibration(fit.calibration, words));
  host.append(make("h3", "", t("about_fit")), make("p", "", words), figure, fitFacts(fit));
}

/** @param {Fit} fit */
function fitFacts(fit) {
  /** @type {["auc" | "pseudo_r2" | "dispersion" | "deviance", number][]} */
  const shown = [
    ["auc", 3],
    ["pseudo_r2", 2],
    ["dispersion", 2],
    ["deviance", 1],
  ];
  return makeFacts(
    "facts wide",
    shown.map(([key, decimals]) => [t(`fit_${key}`), fit[key] === null ? null : formatNumber(fit[key], decimals)]),
  );
}

/**
 * @typedef {{ low: number, high: number, x(value: number): number, y(value: number): number }} Axes
 * @param {Fit["calibration"]} groups
 * @returns {Axes} both from `low` to `high`, logarithmic
 */
function makeAxes(groups) {
  const known = groups
    .flatMap(([, ...values]) => values.filter((value) => value !== null))
    .filter((value) => value > 0);
  const low = Math.min(...known) / ROOM;
  const high = Math.max(...known) * ROOM;
  const share = (/** @type {number} */ value) =>
    value > 0 ? Math.max(BELOW, Math.log(value / low) / Math.log(high / low)) : BELOW;
  return {
    low,
    high,
    x: (value) => FRAME.left + share(value) * (FRAME.right - FRAME.left),
    y: (value) => FRAME.bottom - share(value) * (FRAME.bottom - FRAME.top),
  };
}

/** @param {Fit["calibration"]} groups @param {string} words */
function drawCalibration(groups, words) {
  const axes = makeAxes(groups);
  const { low, high, x, y } = axes;
  const box = makeShape("svg", { ...SIZE, viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img" });
  box.setAttribute("aria-label", withLabel(t("about_fit"), words));
  for (const value of logTicks(low, high)) box.append(...drawTick(axes, value));
  box.append(makeShape("line", { class: "diagonal", x1: x(low), y1: y(low), x2: x(high), y2: y(high) }));
  const most = Math.max(...groups.map(([n]) => n));
  for (const group of groups) box.append(...drawGroup(axes, group, most));
  const middle = (FRAME.top + FRAME.bottom) / 2;
  const upright = drawText(12, middle, "middle", t("fit_observed"));
  upright.setAttribute("transform", `rotate(-90 12 ${middle})`);
  box.append(drawText((FRAME.left + FRAME.right) / 2, SIZE.height - 6, "middle", t("fit_expected")), upright);
  return box;
}

/** @param {Axes} axes @param {number} value */
function drawTick({ low, x, y }, value) {
  const words = formatNumber(value, Math.max(0, -Math.floor(Math.log10(value) + 1e-9)));
  return [
    makeShape("line", { class: "grid", x1: x(value), x2: x(value), y1: FRAME.top, y2: y(low) }),
    makeShape("line", { class: "grid", x1: x(low), x2: FRAME.right, y1: y(value), y2: y(value) }),
    drawText(x(value), y(low) + 16, "middle", words),
    drawText(FRAME.left - 7, y(value) + 4, "end", words),
  ];
}

/** @param {Axes} axes @param {Fit["calibration"][0]} group @param {number} most */
function drawGroup({ low, x, y }, [n, expected, observed, from, to], most) {
  const place = { cx: x(expected), cy: y(observed), r: 2.5 + 3.5 * Math.sqrt(n / most) };
  const dot = makeShape("circle", { class: observed > 0 ? "dot" : "dot none", ...place });
  const mean = observed > 0 ? formatNumber(observed, 2) : t("fit_zero");
  const told = `${t("expected")} ${formatNumber(expected, 2)}, ${t("observed")} ${mean} (${formatNumber(n, 0)})`;
  dot.append(makeShape("title", {}, told));
  if (from === null || to === null || to <= 0) return [dot];
  const span = { x1: x(expected), x2: x(expected), y1: y(Math.max(from, low)), y2: y(to) };
  return [makeShape("line", { class: "span", ...span }), dot];
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} words */
function drawText(x, y, anchor, words) {
  return makeShape("text", { x, y, "text-anchor": anchor }, words);
}
