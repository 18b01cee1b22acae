// The sentences that answer: on one region, on one gap, on the page as a whole.

import { BRIEF_GAPS, DATA, gapsOf, isSupported, otherEnd, SUPPORTED_GAPS } from "./data.js";
import { judgedPairs } from "./period.js";
import { state } from "./state.js";
import { fieldName, formatAmount, formatCount, formatNumber, isChinese, sayPeriod, shortName, t } from "./words.js";

const NOTABLE = 1.15; // as analysis.gaps.reasons.NOTABLE
const FEW = 10;
const WHOLE_FROM = 5;

/** A number of links due: tenths only where they can matter. @param {Value | undefined} value */
export function formatDue(value) {
  return (value || 0) >= WHOLE_FROM ? formatNumber(value, 0) : formatAmount(value);
}

/** Without grades a shortfall is told as a possible one. @param {Gap} gap */
export function gradeOf(gap) {
  return gap.grade || ((gap.gap || 0) > 0 ? "weak" : "none");
}

/** @param {Gap} gap */
export function sayTimes(gap) {
  const words = { observed: formatCount(gap.observed), expected: formatDue(gap.expected) };
  return t(DATA.counting === "full" ? "times_full" : "times", words);
}

/** @param {Region} region @returns {{ title: string, told: string }} */
export function sayVerdict(region) {
  const me = shortName(region);
  if (region.verdict === "uncovered") return { title: t("region_not_covered", { me }), told: "" };
  const gaps = gapsOf(region);
  const n = region.gaps.filter(isSupported).length;
  const counted = n === 1 ? t("verdict_gaps_one") : t("verdict_gaps_many", { n });
  const other = gaps.length ? shortName(otherEnd(gaps[0], region)) : "";
  return { title: t(`verdict_${region.verdict}`, { me, n: counted, other }), told: sayDetail(region, gaps[0]) };
}

/** @param {Region} region @param {Gap | undefined} gap the first of it */
function sayDetail(region, gap) {
  const me = shortName(region);
  const links = { me, n: formatAmount(region.strength).replace(/\.0$/, "") };
  if (gap) {
    const figures = { observed: formatCount(gap.observed), expected: formatDue(gap.expected) };
    const words = { other: shortName(otherEnd(gap, region)), ...figures };
    if (isSupported(gap)) return t("told_supported", { ...words, verb: t(`below_${gradeOf(gap)}`) });
    return t("told_unsupported", words) + t((region.strength || 0) < FEW ? "told_few" : "told_links", links);
  }
  if (region.verdict !== "unlinked")
    return DATA.text[`told_${region.verdict}`] ? t(`told_${region.verdict}`, links) : "";
  const more = [];
  if (region.internal) more.push(t("told_internal", { n: formatCount(region.internal) }));
  if (region.external) more.push(t("told_external", { n: formatCount(region.external) }));
  return [t("told_unlinked"), ...more].join(isChinese() ? "" : " ");
}

/** What raises and what lowers the expectation of a pair, against the typical pair. @param {Gap} gap */
function findFactors(gap) {
  const masses = [gap.factor_source, gap.factor_target].map((mass) => mass ?? 1);
  const names = [shortName(gap.a), shortName(gap.b)];
  const many = names.filter((_, end) => masses[end] >= NOTABLE);
  const raised = many.length === 2 ? [t("why_both_many")] : many.map((name) => t("why_one_many", { name }));
  const lowered = names.filter((_, end) => masses[end] <= 1 / NOTABLE).map((name) => t("why_one_few", { name }));
  for (const [name, ...border] of DATA.gaps?.covariates || []) {
    const factor = /** @type {number | null | undefined} */ (gap[`factor_${name}`]) ?? 1;
    if (factor < NOTABLE && factor > 1 / NOTABLE) continue;
    (factor > 1 ? raised : lowered).push(sayFactor(gap, { name, factor, border: border[isChinese() ? 1 : 0] }));
  }
  return { raised, lowered };
}

/** @param {Gap} gap @param {{ name: string, factor: number, border: string }} what */
export function sayFactor(gap, { name, factor, border }) {
  if (name === "ln_distance") return t(factor > 1 ? "why_near" : "why_far", { n: formatNumber(gap.distance_km, 0) });
  const value = /** @type {Value | undefined} */ (gap[`value_${name}`]);
  if (name === "contiguous") return t(value ? "why_touch" : "why_apart");
  if (name.startsWith("different_")) return t(value ? "why_different" : "why_same", { border });
  return t("why_other", { name: border });
}

/** @param {string[]} parts */
function list(parts) {
  return parts.join(isChinese() ? "，" : ", ");
}

/** Why a supported gap is one, in one line. @param {Gap} gap */
export function sayWhy(gap) {
  if (gap.judged) return t("why_of_years", { n: gap.backed, all: gap.judged });
  if (state.period) return t("why_of_year", { low: formatCount(gap.low), high: formatCount(gap.high) });
  const { raised } = findFactors(gap);
  const key = gap.observed
    ? (gap.observed || 0) < (gap.expected || 0) / 2
      ? "why_little"
      : "why_less"
    : "why_no_record";
  const words = list([...(raised.length ? raised.slice(0, 2) : [t("why_plain")]), t(key)]);
  return words[0].toUpperCase() + words.slice(1);
}

/** What an unsupported one is made of; nothing here reads as a reason for a gap. @param {Gap} gap */
export function sayChance(gap) {
  if (gap.judged) return sayWhy(gap);
  const figures = { observed: formatCount(gap.observed), expected: formatDue(gap.expected) };
  const bare = gap.low == null || gap.high == null;
  const range = { low: formatCount(gap.low), high: formatCount(gap.high) };
  const said = [t(bare ? "why_chance_bare" : "why_chance", { ...figures, ...range })];
  const { raised, lowered } = findFactors(gap);
  if (raised.length) said.push(t("why_made_of", { parts: list(raised) }));
  if (lowered.length) said.push(t("why_allowed", { parts: list(lowered) }));
  return said.join(isChinese() ? "" : " ");
}

/** @param {Gap} gap */
export function sayToDo(gap) {
  const fields = gap.fields.map(fieldName).join(isChinese() ? "、" : ", ");
  if (fields) return t("do_fields", { fields });
  return t(gap.field_overlap == null ? "do_unknown" : "do_closest");
}

/** The headline of the brief. */
export function sayHeadline() {
  if (!BRIEF_GAPS.length) return t("brief_no_pair");
  const [first] = BRIEF_GAPS;
  const ends = { a: shortName(first.a), b: shortName(first.b) };
  if (!SUPPORTED_GAPS.length) return t("brief_none", ends);
  const alike = BRIEF_GAPS.filter((gap) => gap.grade === first.grade).length;
  const words = { n: t(`count_${alike}`), regions: t(`of_${levelOf()}`), verb: t(`below_${gradeOf(first)}`) };
  return t("brief_head", { ...words, ...ends });
}

function levelOf() {
  return ["province", "city"].includes(DATA.level) ? DATA.level : "region";
}

/** How the gaps of the years shown were found. */
export function sayOfYears() {
  const period = /** @type {Period} */ (state.period);
  const figures = { n: formatNumber(SUPPORTED_GAPS.length, 0), all: formatNumber(judgedPairs(), 0) };
  return [t(`period_gaps_${period.kind}`, { span: sayPeriod(), ...period, ...figures })];
}

/** How sure the first gaps are, in words. */
export function sayCertainty() {
  if (state.period) return sayOfYears();
  const all = formatNumber(DATA.gaps?.all, 0);
  const significant = DATA.gaps?.significant || 0;
  if (!SUPPORTED_GAPS.length) return [t("certain_chance", { all })];
  const first = gradeOf(SUPPORTED_GAPS[0]);
  if (significant) return [t("certain_some", { all, n: formatNumber(significant, 0) })];
  return [t("certain_none", { all, alone: t(`alone_${first}`) })];
}
