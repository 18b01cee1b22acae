// The box beside the pointer. Text only.

import { decimalsFor } from "../model/numbers.js";
import { currentPeriod } from "../model/period.js";
import { chosenScore } from "../model/state.js";
import {
  formatAmount,
  formatCount,
  formatNumber,
  formatScore,
  formatWeight,
  localize,
  nameOf,
  pairFactLines,
  pairName,
  t,
} from "../model/words.js";
import { byId, make } from "./dom.js";

/** @param {Link | OutsideLink} link @returns {[string, string][]} */
function linkLines(link) {
  /** @type {[string, string][]} */
  const lines = [[t("weight"), formatWeight(link.weight)]];
  if (!("significant" in link)) lines.push([t("outside_region"), nameOf(link.b)]);
  return [...lines, ...pairFactLines(link.a, link.b)];
}

/** @param {Gap} gap @returns {[string, string][]} */
function gapLines(gap) {
  /** @type {[string, string][]} */
  const lines = [
    [t("observed"), formatCount(gap.observed)],
    [t("expected"), formatAmount(gap.expected)],
  ];
  if (gap.low !== undefined) lines.push([t("interval"), `${formatCount(gap.low)} – ${formatCount(gap.high)}`]);
  lines.push([t("gap"), formatAmount(gap.gap)]);
  return [...lines, ...pairFactLines(gap.a, gap.b)];
}

/** @param {Region} region @returns {[string, string][]} */
function regionLines(region) {
  const score = chosenScore();
  /** @type {[string, string][]} */
  const lines = [];
  if (score) {
    const value = score.values[region.i];
    lines.push([localize(score.label), value === null ? t("legend_none") : formatScore(score, value)]);
    if (score.unit) lines.push([localize(score.unit), ""]);
    if (value !== null) lines.push([t("rank"), t("region_rank", { n: score.ranks[region.i], all: score.of })]);
  }
  if (score?.key !== "strength") lines.push([t("strength_between"), formatWeight(region.strength)]);
  return lines;
}

/** @param {Move} move @returns {[string, string][]} */
function moveLines({ before, after, move }) {
  const { from, to } = currentPeriod();
  const tell = (/** @type {YearState} */ one) => `${formatCount(one.observed)} / ${formatAmount(one.expected)}`;
  return [
    [t(`move_${move}`), ""],
    [t("years_both", { year: from }), tell(before)],
    [t("years_both", { year: to }), tell(after)],
  ];
}

/** Whose feature it is. @param {{ layer: GeoLayer }} feature @returns {[string, string][]} */
function geoLines({ layer }) {
  return [[localize(layer.title), ""]];
}

/** @param {Flow} flow @returns {[string, string][]} */
function flowLines(flow) {
  const decimals = decimalsFor(flow.size);
  const write = (/** @type {Value} */ value) => formatNumber(value, decimals);
  /** @type {[string, string][]} */
  const lines = [[t("flow_gives"), `${write(flow.value)} ${localize(flow.unit)}`]];
  if (flow.low !== null) lines.push([t("interval"), `${write(flow.low)} – ${write(flow.high)}`]);
  if (!flow.told) lines.push([t("flow_unsure"), ""]);
  return lines;
}

/** @param {{ region: Region }} actor @returns {[string, string][]} */
function actorLines({ region }) {
  return [
    [nameOf(region), ""],
    [t("actor_place"), ""],
  ];
}

const TIP_LINES = {
  geo: geoLines,
  link: linkLines,
  gap: gapLines,
  region: regionLines,
  flow: flowLines,
  move: moveLines,
  actor: actorLines,
};

/** @param {string} kind @param {any} item */
function titleOf(kind, item) {
  if (kind === "geo") return item.text;
  if (kind === "actor") return localize(item.names);
  if (kind === "flow") return `${nameOf(item.a)} → ${nameOf(item.b)}`;
  return kind === "region" ? nameOf(item) : pairName(item.a, item.b);
}

/**
 * @param {"link" | "gap" | "region" | "geo" | "flow" | "move" | "actor"} kind
 * @param {any} item
 * @param {MouseEvent} event
 */
export function showTip(kind, item, event) {
  if (!item) return;
  const tip = byId("tip");
  tip.replaceChildren(make("strong", "", titleOf(kind, item)));
  for (const [label, value] of TIP_LINES[kind](item)) {
    const row = make("div");
    row.append(make("span", "", label), make("b", "", value));
    tip.append(row);
  }
  tip.hidden = false;
  const stage = byId("stage").getBoundingClientRect();
  const x = event.clientX - stage.left;
  const y = event.clientY - stage.top;
  const left = x + 16 + tip.offsetWidth > stage.width ? x - tip.offsetWidth - 12 : x + 16;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 14, stage.height - tip.offsetHeight - 6))}px`;
}

export function hideTip() {
  byId("tip").hidden = true;
}

/** Its words are in the language that was. */
export function emptyTip() {
  hideTip();
  byId("tip").replaceChildren();
}
