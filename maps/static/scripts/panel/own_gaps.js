// The largest shortfalls of one region, each opened in place: how large, how sure, why, whom to call.

import { make, makeButton } from "../draw/dom.js";
import { formatDue, gradeOf, sayChance, sayVerdict, sayWhy } from "../model/answers.js";
import { gapsOf, isSupported, otherEnd } from "../model/data.js";
import { change, state } from "../model/state.js";
import { formatCount, formatWeight, localize, nameOf, t } from "../model/words.js";
import { gapDetail } from "./gap_detail.js";

const DOTS = { strong: "●●●", moderate: "●●○", weak: "●○○", none: "○○○" };

/** The grade in words and dots, never by colour alone. @param {Gap} gap */
export function sureMark(gap) {
  const grade = /** @type {keyof typeof DOTS} */ (gradeOf(gap));
  const box = make("span", `sure sure-${grade}`);
  const dots = make("span", "dots", DOTS[grade]);
  dots.setAttribute("aria-hidden", "true");
  box.append(make("span", "", t(`sure_${grade}`)), dots);
  return box;
}

/** The number that stands on the map and in the list. @param {number} n @param {Gap} gap */
export function badge(n, gap) {
  const mark = make("span", isSupported(gap) ? "badge" : "badge quiet-badge", String(n));
  return mark;
}

/**
 * Filled: what is; dashed: what is due. All bars of a list share one scale.
 * @param {Gap} gap @param {number} largest @param {number} width in pixels of the largest
 */
export function dueBar(gap, largest, width) {
  const box = make("span", isSupported(gap) ? "due" : "due quiet-due");
  const [is, due] = [make("i"), make("u")];
  const size = (/** @type {Value} */ value) => `${((value || 0) / largest) * 100}%`; // a phone has less room for all
  is.style.width = size(gap.observed);
  due.style.width = size(gap.expected);
  box.style.width = `${width}px`;
  box.append(due, is);
  box.setAttribute("aria-hidden", "true");
  return box;
}

/** @param {Gap[]} gaps */
export function largestOf(gaps) {
  return Math.max(1e-9, ...gaps.flatMap((gap) => [gap.observed || 0, gap.expected || 0]));
}

/** @param {HTMLElement} host @param {Region} region */
export function showVerdict(host, region) {
  const { title, told } = sayVerdict(region);
  host.append(make("p", "verdict", title));
  if (told) host.append(make("p", "told", told));
}

/** @param {HTMLElement} host @param {Region} region */
export function showOwnGaps(host, region) {
  const gaps = gapsOf(region);
  if (!gaps.length) return;
  const head = make("div", "own-head");
  head.append(make("h3", "", t("own_title")), make("span", "soft", t("own_order")));
  const list = make("div", "own-gaps");
  const largest = largestOf(gaps);
  for (const [i, gap] of gaps.entries()) list.append(ownRow(region, gap, { n: i + 1, largest }));
  keepOneRow(list, ".own-row");
  host.append(head, list);
  const more = region.gaps.filter(isSupported).length - gaps.filter(isSupported).length;
  if (more > 0) host.append(make("p", "soft", t("own_more", { n: more })));
}

/** A list of buttons is one stop of the tab key; arrows go up and down. @param {HTMLElement} list @param {string} selector */
export function keepOneRow(list, selector) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(selector))];
  for (const [i, row] of rows.entries()) row.tabIndex = i ? -1 : 0;
  list.addEventListener("focusin", ({ target }) => {
    if (!rows.includes(/** @type {HTMLElement} */ (target))) return;
    for (const row of rows) row.tabIndex = row === target ? 0 : -1;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0 || !rows[at + step]) return;
    event.preventDefault();
    rows[at + step].focus();
  });
}

/** @param {Region} region @param {Gap} gap @param {{ n: number, largest: number }} place */
function ownRow(region, gap, { n, largest }) {
  const item = make("div", `own own-${gap.i}`);
  const row = makeButton("own-row", "", () => change({ open: state.open === gap ? null : gap }));
  const figures = make("span", "figures");
  figures.append(`${t("own_actual")} `, make("b", "", formatCount(gap.observed)), ` / ${t("own_due")} `);
  figures.append(make("b", "", formatDue(gap.expected)));
  const name = make("span", "own-name", nameOf(otherEnd(gap, region)));
  row.append(badge(n, gap), name, dueBar(gap, largest, 64), figures, sureMark(gap));
  item.append(row);
  showOpen(item, gap);
  return item;
}

/** @param {Element} item @param {Gap} gap */
function showOpen(item, gap) {
  const isOpen = state.open === gap;
  item.firstElementChild?.setAttribute("aria-expanded", String(isOpen));
  item.querySelector(".own-detail")?.remove();
  if (isOpen) item.append(ownDetail(gap));
}

/** One is open at a time; the list is not built anew. */
export function markOpenGap() {
  if (!state.focus) return;
  for (const gap of gapsOf(state.focus)) {
    const item = document.querySelector(`#view .own-${gap.i}`);
    if (item) showOpen(item, gap);
  }
}

/** @param {Gap} gap */
function ownDetail(gap) {
  const box = make("div", "own-detail");
  if (state.view === "evidence") {
    box.append(gapDetail(gap));
    return box;
  }
  box.append(make("p", "", isSupported(gap) ? sayWhy(gap) : sayChance(gap)), callList(gap));
  return box;
}

/** @param {Gap} gap */
export function callList(gap) {
  const part = make("div", "call");
  if (!gap.partners.length) {
    part.append(make("p", "soft", t("call_nobody")));
    return part;
  }
  part.append(make("h4", "", t("call")));
  for (const [first, second, reason] of gap.partners) {
    const item = make("div", "call-pair");
    item.append(make("b", "", `${localize(first)} ↔ ${localize(second)}`), make("span", "", localize(reason)));
    part.append(item);
  }
  return part;
}

/** What exists, on one line: the strongest partners and what goes beyond the study. @param {HTMLElement} host @param {Region} region @param {{ region: Region, weight: number }[]} partners */
export function showExisting(host, region, partners) {
  const beyond = region.external || 0;
  const entries = partners
    .slice(0, 3)
    .map(({ region: other, weight }) => ({ name: nameOf(other), weight, kind: "inside" }));
  if (beyond) entries.push({ name: t("beyond"), weight: beyond, kind: "beyond" });
  if (!entries.length) return;
  const head = make("div", "own-head");
  const all = (region.strength || 0) + beyond;
  head.append(make("h3", "", t("existing")), make("span", "soft", t("existing_share", { n: formatWeight(all) })));
  const line = make("div", "existing");
  const largest = Math.max(...entries.map(({ weight }) => weight));
  for (const { name, weight, kind } of entries) {
    const entry = make("span", `exists ${kind}`);
    const bar = make("i");
    bar.style.width = `${Math.max(3, (weight / largest) * 60)}px`;
    entry.append(bar, `${name} `, make("b", "", formatWeight(weight)));
    line.append(entry);
  }
  host.append(head, line);
}
