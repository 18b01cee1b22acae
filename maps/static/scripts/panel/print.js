// The printed sheet: title, map with legend and insets, the table chosen, and what the data cannot say.

import { drawNow, map, redraw } from "../draw/canvas.js";
import { byId, make } from "../draw/dom.js";
import { updateScale } from "../draw/legend.js";
import { DATA, GAPS } from "../model/data.js";
import { change, isBrief, narrow, state } from "../model/state.js";
import { formatNumber, shownTitle, t } from "../model/words.js";
import { addBullets } from "./about.js";
import { layPaperBrief } from "./paper_brief.js";
import { showAllRows } from "./row_window.js";
import { placeLegend } from "./sheet.js";

const SHEET = { width: 1025, height: 645 }; // pixels of A4 across between its margins, less the title
const LARGEST = 1.6;
const ROWS_PRINTED = 40; // as in the style for print

export function addPrint() {
  const title = make("p", "print-only print-title");
  const notes = make("section", "print-only print-notes");
  for (const node of [title, notes]) node.setAttribute("aria-hidden", "true"); // the same words are in the panel
  byId("panel").before(title);
  byId("stage").after(notes);
  let theme = state.theme;
  /** @type {(() => void) | null} */
  let takeAway = null;
  window.addEventListener("beforeprint", () => {
    theme = state.theme;
    if (isBrief()) {
      change({ theme: "light" });
      takeAway ||= layPaperBrief();
      return;
    }
    title.textContent = shownTitle();
    fillNotes(notes);
    byId("bottom").prepend(byId("legend")); // from the fold of a phone
    byId("panel").before(byId("stage")); // paper has no sides: the map comes first
    showAllRows();
    sizeMap();
    change({ theme: "light" }); // ink is dear
    updateScale();
    redraw(); // with what grey paper needs, though the theme be the same
    drawNow();
  });
  window.addEventListener("afterprint", () => {
    takeAway?.();
    takeAway = null;
    delete document.documentElement.dataset.print;
    byId("panel").after(byId("stage"));
    placeLegend();
    change({ theme });
    redraw();
  });
}

/** @param {HTMLElement} host */
function fillNotes(host) {
  host.replaceChildren();
  if (state.tab === "about") return;
  if (state.tab === "gaps" && GAPS.length > ROWS_PRINTED) {
    host.append(make("p", "", t("print_rows", { n: ROWS_PRINTED, all: formatNumber(GAPS.length, 0) })));
  }
  addBullets(host, "about_limits", DATA.limits);
  addBullets(host, "about_notes", DATA.notes);
  addBullets(host, "about_sources", DATA.sources);
}

/** The map keeps the size it was drawn at and is scaled as a whole. */
function sizeMap() {
  const root = document.documentElement;
  const { x, y } = map.getSize();
  const below = narrow.matches ? byId("legend").offsetHeight : 0;
  const scale = Math.min(LARGEST, SHEET.width / x, SHEET.height / (y + below));
  root.dataset.print = narrow.matches ? "narrow" : "wide";
  root.style.setProperty("--map-width", `${x}px`);
  root.style.setProperty("--map-height", `${y}px`);
  root.style.setProperty("--print-scale", scale.toFixed(3));
}
