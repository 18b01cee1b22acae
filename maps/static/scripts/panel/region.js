// The profile of one region.

import { make, makeFacts } from "../draw/dom.js";
import { openRegion } from "../draw/view.js";
import { DATA, partnersOf, SCORES } from "../model/data.js";
import { currentPeriod, strengthByYear, YEARS } from "../model/period.js";
import { state } from "../model/state.js";
import { formatNumber, formatScore, formatWeight, localize, nameOf, t } from "../model/words.js";
import { showExisting, showOwnGaps, showVerdict } from "./own_gaps.js";
import { barCell, buildTable, nameCell } from "./table.js";

const PARTNERS_SHOWN = 12;

/** @param {HTMLElement} host */
export function showRegion(host) {
  const region = state.focus;
  if (!region) {
    host.append(make("p", "note", t("region_none")));
    return;
  }
  const head = make("div", "region-head");
  const above = region.parent ? `${localize(region.parent)} · ` : "";
  head.append(make("h2", "", nameOf(region)), make("span", "soft", above + region.code));
  host.append(head);
  if (!region.point) host.append(make("p", "note caution", t("region_off")));
  showVerdict(host, region);
  showOwnGaps(host, region);
  if (!region.isUnit) return;
  showExisting(host, region, partnersOf(region));
  host.append(regionFacts(region));
  showYearsOf(host, region);
  showPartners(host, region);
  showOwnScores(host, region);
  showOutside(host, region);
}

/** @param {Region} region */
function regionFacts(region) {
  const { strength } = region;
  const [internal, external] = state.period ? [null, null] : [region.internal, region.external]; // not known by year
  return makeFacts("cards", [
    [t("strength_between"), formatWeight(strength)],
    [t("partners_n"), formatNumber(partnersOf(region).length, 0)],
    [t("strength_internal"), internal === null ? null : formatWeight(internal)],
    [t("strength_outside"), DATA.outside && external !== null ? formatWeight(external) : null],
  ]);
}

/** Links with other regions in each year; those shown stand out. @param {HTMLElement} host @param {Region} region */
function showYearsOf(host, region) {
  if (!YEARS) return;
  const { from, to } = currentPeriod();
  const values = strengthByYear(region);
  const most = Math.max(1e-9, ...values);
  const bars = make("div", "year-bars");
  for (const [i, year] of YEARS.list.entries()) {
    const column = make("span", year >= from && year <= to ? "chosen" : "");
    const bar = make("i");
    bar.style.height = `${Math.max(1, (values[i] / most) * 30)}px`;
    column.append(make("b", "", formatWeight(values[i])), bar, make("small", "", String(year)));
    bars.append(column);
  }
  host.append(make("h3", "", t("region_years")), bars);
}

/** @param {string} name @param {(row: any) => string} cell @returns {Column<any>} */
function weightColumn(name, cell) {
  return { head: t(name), className: "number", cell };
}

/** A weight over its share of the largest. @param {number} largest @returns {Column<{ weight: number }>} */
function barColumn(largest) {
  return {
    head: t("weight"),
    className: "number wide",
    cell: ({ weight }) => barCell(formatWeight(weight), weight / largest, "link"),
  };
}

/** @param {HTMLElement} host @param {Region} region */
function showPartners(host, region) {
  host.append(make("h3", "", t("partners")));
  const partners = partnersOf(region).slice(0, PARTNERS_SHOWN);
  if (!partners.length) {
    host.append(make("p", "note", t("region_no_links")));
    return;
  }
  /** @type {Column<typeof partners[0]>[]} */
  const columns = [{ head: t("region"), className: "name", cell: (entry) => nameCell(nameOf(entry.region)) }];
  if (DATA.directed) {
    columns.push(
      weightColumn("sent", ({ sent }) => formatWeight(sent)),
      weightColumn("received", ({ received }) => formatWeight(received)),
    );
  }
  columns.push(barColumn(partners[0].weight));
  host.append(buildTable(columns, partners, { className: "short-table", select: (entry) => openRegion(entry.region) }));
}

/** @param {HTMLElement} host @param {Region} region */
function showOwnScores(host, region) {
  if (!SCORES.length) return;
  /** @type {Column<Score>[]} */
  const columns = [
    { head: t("tab_scores"), className: "name", cell: labelCell },
    { head: t("value"), className: "number", cell: (score) => formatScore(score, score.values[region.i]) },
    { head: t("rank"), className: "number wide", cell: (score) => rankCell(score, region) },
  ];
  host.append(make("h3", "", t("scores")), buildTable(columns, SCORES, { className: "short-table" }));
}

/** @param {Score} score */
function labelCell(score) {
  const box = make("span", "", localize(score.label));
  if (score.unit) box.append(make("small", "unit", localize(score.unit)));
  return box;
}

/** @param {Score} score @param {Region} region */
function rankCell(score, region) {
  const rank = score.ranks[region.i];
  if (rank === null) return "–";
  const words = t("region_rank", { n: rank, all: score.of });
  return barCell(words, 1 - (rank - 1) / Math.max(1, score.of - 1), "score");
}

/** @param {HTMLElement} host @param {Region} region */
function showOutside(host, region) {
  if (!region.outside.length) return;
  const partners = region.outside.slice(0, PARTNERS_SHOWN);
  /** @type {Column<OutsideLink>[]} */
  const columns = [
    { head: t("region"), className: "name", cell: (link) => nameOf(link.b) },
    barColumn(partners[0].weight),
  ];
  host.append(make("h3", "", t("outside_partners")), buildTable(columns, partners, { className: "short-table" }));
}

/** @returns {Table} */
export function partnersCsv() {
  const region = state.focus;
  const width = DATA.directed ? 6 : 4;
  return {
    name: region ? `partners-${region.code.replace(/[^\w-]/g, "_")}` : "partners",
    head: ["code", "name", "name_zh", "weight", "sent", "received"].slice(0, width),
    rows: (region ? partnersOf(region) : []).map(({ region: { code, names }, weight, sent, received }) =>
      [code, ...names, weight, sent, received].slice(0, width),
    ),
  };
}
