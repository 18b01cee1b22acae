// The tabs of the panel, what stands under each, and its table as a file.

import { byId, make, makeButton } from "../draw/dom.js";
import { writeCsv } from "../model/csv.js";
import { DATA } from "../model/data.js";
import { YEARS } from "../model/period.js";
import { change, isBrief, isPartial, listen, state } from "../model/state.js";
import { sayPeriod, t } from "../model/words.js";
import { writeWorkbook } from "../model/xlsx.js";
import { aboutSheet, showAbout } from "./about.js";
import { markPickedCard, showBrief } from "./brief.js";
import { chainsCsv, showChains } from "./chains.js";
import { gapsCsv, markSelectedGap, showGaps } from "./gaps.js";
import { giveFile } from "./give_file.js";
import { markOpenGap } from "./own_gaps.js";
import { partnersCsv, showRegion } from "./region.js";
import { listRegionSheets } from "./region_sheets.js";
import { forgetWindow, watchScroll } from "./row_window.js";
import { scorecardCsv, showScorecard } from "./scorecard.js";
import { scoresCsv, showScores } from "./scores.js";
import { groupFlowsCsv, showSpillover } from "./spillover.js";
import { showYears, yearsCsv } from "./years.js";

/**
 * `follows`: what a tab shows anew when it changes; all follow the language.
 * @type {Record<string, { show(host: HTMLElement): void, follows: string[], table?(): Table }>}
 */
const TABS = {
  gaps: {
    show: (host) => (isBrief() ? showBrief : showGaps)(host),
    follows: ["view", "filters", "gapOrder"],
    table: gapsCsv,
  },
  region: { show: showRegion, follows: ["focus", "view"], table: partnersCsv },
  spillover: { show: showSpillover, follows: [], table: groupFlowsCsv },
  chains: { show: showChains, follows: [], table: chainsCsv },
  scorecard: { show: showScorecard, follows: ["focus"], table: scorecardCsv },
  scores: { show: showScores, follows: ["focus", "score", "sort"], table: scoresCsv },
  years: { show: showYears, follows: ["focus"], table: yearsCsv },
  about: { show: showAbout, follows: [] },
};
/** Tabs that stand only where there is something under them. @type {Record<string, unknown>} */
const OPTIONAL = {
  gaps: DATA.gaps || !DATA.scorecard,
  spillover: DATA.spillover,
  chains: DATA.chains,
  scorecard: DATA.scorecard,
  years: YEARS,
};
const KEYS = Object.keys(TABS).filter((key) => !(key in OPTIONAL) || OPTIONAL[key]);

/** @param {string} key */
export function isTab(key) {
  return KEYS.includes(key);
}

export function addTabs() {
  watchScroll();
  const bar = byId("tabs");
  for (const key of KEYS) {
    const tab = makeButton("", "", () => change({ tab: key }));
    tab.id = `tab-${key}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "view");
    bar.append(tab);
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    change({ tab: KEYS[(KEYS.indexOf(state.tab) + step + KEYS.length) % KEYS.length] });
    byId(`tab-${state.tab}`).focus();
  });
  listen("lang tab view", labelTabs);
  listen("lang tab view focus score sort filters gapOrder period part", (changed) => {
    const follows = ["lang", "tab", "period", "part", ...TABS[state.tab].follows];
    if (changed.some((key) => follows.includes(key))) showTab();
  });
  listen("lang tab view filters gapOrder pair period part", markSelectedGap);
  listen("pair", markPickedCard);
  listen("open", markOpenGap);
}

function labelTabs() {
  for (const key of KEYS) {
    const tab = byId(`tab-${key}`);
    const name = key === "gaps" && state.view === "brief" ? "brief" : key;
    tab.textContent = t(`tab_${name === "scores" && !DATA.gaps && DATA.scorecard ? "card_scores" : name}`);
    tab.setAttribute("aria-selected", String(key === state.tab));
    tab.tabIndex = key === state.tab ? 0 : -1;
  }
  byId("view").setAttribute("aria-labelledby", `tab-${state.tab}`);
  for (const id of ["export", "export-xlsx"]) byId(id).hidden = !TABS[state.tab].table;
}

function showTab() {
  const view = byId("view");
  const active = document.activeElement;
  const sorted = /** @type {HTMLElement | null} */ (active?.closest(".sort"))?.dataset.key;
  const typed = active?.closest(".filters") && active.id;
  view.scrollTop = 0; // at once: afterwards it would lay out the new table by itself
  view.replaceChildren();
  forgetWindow();
  view.dataset.tab = state.tab;
  if (isPartial() && state.tab !== "years" && state.tab !== "about") view.append(periodChip());
  TABS[state.tab].show(view);
  view.tabIndex = view.querySelector('[tabindex="0"]') ? -1 : 0; // what scrolls is reached by keyboard, once
  if (typed) keepTyping(typed);
  // The head that was used keeps the focus in the table built anew.
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll(".sort"))) {
    if (head.dataset.key === sorted) head.focus();
  }
}

/** Which years all below is of, and the way back. */
function periodChip() {
  const chip = make("p", "period-chip");
  const back = makeButton("as-link", t(state.part ? "part_back" : "time_back"), () =>
    change({ period: null, part: "" }),
  );
  chip.append(make("b", "", t("period_is", { span: sayPeriod() })), " ", back);
  return chip;
}

/** What narrows the table keeps the focus, and words their end. @param {string} id */
function keepTyping(id) {
  const field = document.getElementById(id);
  field?.focus();
  if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
}

/** Give the table of the open tab to the reader, as text. */
export function exportTable() {
  const table = TABS[state.tab].table?.();
  if (!table) return;
  giveFile(new Blob([writeCsv(table)], { type: "text/csv;charset=utf-8" }), `${table.name}.csv`);
}

/** The same as a workbook, with what the data are and cannot say; of a region its whole sheet. */
export function exportWorkbook() {
  const table = TABS[state.tab].table?.();
  if (!table) return;
  const sheets = state.tab === "region" ? listRegionSheets() : [];
  const own = { name: t(`tab_${state.tab}`), rows: [table.head, ...table.rows], head: 1 };
  const file = writeWorkbook([...(sheets.length ? sheets : [own]), aboutSheet()]);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  giveFile(new Blob([/** @type {BlobPart} */ (file)], { type }), `${table.name}.xlsx`);
}
