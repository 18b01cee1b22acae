// Words and numbers in the language chosen.

import { DATA, MAX_WEIGHT } from "./data.js";
import { isWhole, writeNumber } from "./numbers.js";
import { pairFacts } from "./pair_facts.js";
import { state } from "./state.js";

export function isChinese() {
  return state.lang === "zh";
}

/** @param {Bilingual} pair */
export function localize(pair) {
  return pair[isChinese() ? 1 : 0];
}

/**
 * The words of the catalogue under a key, {name} replaced by values.name.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  return localize(DATA.text[key]).replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole,
  );
}

/** @param {string} label @param {string} words */
export function withLabel(label, words) {
  return label + (isChinese() ? "：" : ": ") + words;
}

/** @param {Place} region */
export function nameOf(region) {
  return localize(region.names);
}

/** A field of work as the data name it, in Chinese by its name there. @param {string} field */
export function fieldName(field) {
  return (isChinese() && DATA.gaps?.fieldNames?.[field]) || field;
}

/** For labels: without the word for the kind of region. @param {Place} region */
export function shortName(region) {
  return localize(region.short);
}

/** @param {Place} a @param {Place} b */
export function pairName(a, b) {
  return nameOf(a) + (DATA.directed ? " → " : " – ") + nameOf(b);
}

/** What is known of a pair, as lines of a label and a value with its unit. @param {Place} a @param {Place} b @returns {[string, string][]} */
export function pairFactLines(a, b) {
  return pairFacts(a, b).map(({ label, unit, value }) => [
    localize(label),
    `${formatNumber(value, Number.isInteger(value) ? 0 : 1)} ${localize(unit)}`.trim(),
  ]);
}

/** What the page shows, and whether it is modelled. */
export function pageTitle() {
  const modelled = isChinese() ? `（${t("modelled")}）` : ` (${t("modelled").toLowerCase()})`;
  return localize(DATA.title) + (DATA.modelled ? modelled : "");
}

/** @param {[string, string, string, string] | undefined} part */
export function partTitle(part) {
  return part ? withLabel(t(`part_${part[0]}`), localize([part[2], part[3]])) : "";
}

/** The years or the part of the links shown, in words. */
export function sayPeriod() {
  if (state.part) return partTitle(DATA.parts?.list.find(([sort, key]) => `${sort} ${key}` === state.part));
  return state.period ? t(`period_${state.period.kind}`, { ...state.period }) : "";
}

/** What the page shows, and of which years: for paper and pictures, which leave the page. */
export function shownTitle() {
  return [pageTitle(), sayPeriod()].filter(Boolean).join(" · ");
}

/** @param {Value | undefined} value @param {number} decimals @param {"decimal" | "percent"} [style] */
export function formatNumber(value, decimals, style) {
  return writeNumber(value, decimals, isChinese() ? "zh-CN" : "en", style);
}

/** @param {Score} score @param {Value} value @param {number} [more] decimals, where whole numbers need none */
export function formatScore(score, value, more = 0) {
  const decimals = score.decimals + (isWhole(score.values) ? 0 : more);
  return formatNumber(value, decimals, score.form === "share" ? "percent" : "decimal");
}

export const WEIGHT_DECIMALS = isWhole(DATA.links.weight) ? 0 : MAX_WEIGHT < 10 ? 2 : 1;

/** @param {Value} value */
export function formatWeight(value) {
  return formatNumber(value, WEIGHT_DECIMALS || (Number.isInteger(value) ? 0 : 1));
}

/** @param {Value | undefined} value */
export function formatCount(value) {
  return Number.isInteger(value) ? formatNumber(value, 0) : formatAmount(value);
}

/** An amount of links: tenths where they can matter. @param {Value | undefined} value */
export function formatAmount(value) {
  return formatNumber(value, Math.abs(value || 0) >= 10000 ? 0 : 1);
}

/** @param {Value | undefined} value */
export function formatProbability(value) {
  if (value && value > 0 && value < 0.001) return `< ${formatNumber(0.001, 3)}`;
  return formatNumber(value, 3);
}
