// The brief on one sheet of A4 across: headline, map, three cards, how sure, how it was computed, what next.

import { drawNow, map } from "../draw/canvas.js";
import { byId, make } from "../draw/dom.js";
import { showHome } from "../draw/view.js";
import { sayCertainty, sayHeadline } from "../model/answers.js";
import { BRIEF_GAPS, DATA } from "../model/data.js";
import { isChinese, localize, shownTitle, t } from "../model/words.js";
import { firstSentence, gapCard } from "./brief.js";
import { largestOf } from "./own_gaps.js";

const LIMITS = 2;

/** Lay the sheet out and put the map into it. @returns {() => void} takes it away again and restores the view */
export function layPaperBrief() {
  const view = { middle: map.getCenter(), zoom: map.getZoom() };
  const stage = byId("stage");
  document.documentElement.dataset.print = "brief";
  const sheet = make("section", "sheet");
  const body = make("div", "sheet-body");
  const cards = make("div", "sheet-cards");
  const largest = largestOf(BRIEF_GAPS);
  for (const [i, gap] of BRIEF_GAPS.entries()) cards.append(gapCard(gap, i + 1, largest));
  body.append(stage, cards);
  sheet.append(
    make("p", "sheet-kicker", shownTitle()),
    make("h2", "sheet-headline", sayHeadline()),
    body,
    fillColumns(),
    fillFoot(),
  );
  sheet.setAttribute("aria-hidden", "true"); // the same words are in the panel
  document.body.append(sheet);
  showHome(false);
  drawNow();
  return () => {
    byId("panel").after(stage);
    sheet.remove();
    delete document.documentElement.dataset.print;
    showHome(false);
    map.setView(view.middle, view.zoom, { animate: false });
  };
}

function fillColumns() {
  const columns = make("div", "sheet-columns");
  const join = (/** @type {string[]} */ parts) => parts.join(isChinese() ? "" : " ");
  const limits = DATA.limits.slice(0, LIMITS).map((limit) => firstSentence(localize(limit)));
  /** @type {[string, string][]} */
  const texts = [
    ["certain_title", join([...sayCertainty(), t("certain_use")])],
    ["sheet_how", join([t("brief_due"), isChinese() ? "。" : ".", t("sheet_how_text")])],
    ["about_limits", join(limits)],
    ["sheet_next", t("sheet_next_text")],
  ];
  for (const [title, text] of texts) {
    const column = make("div");
    column.append(make("h3", "", t(title)), make("p", "", text));
    columns.append(column);
  }
  return columns;
}

function fillFoot() {
  const sources = DATA.sources.slice(0, 2).map((source) => firstSentence(localize(source)));
  const review = DATA.review ? [t("review", { n: DATA.review })] : [];
  return make("p", "sheet-foot", [...sources, t("schematic"), ...review, "regionet"].join(" · "));
}
