// The printed sheet: title, map with legend and windows, the table chosen, and what the data cannot say.

const PAPER = { width: 1025, height: 645 };   // pixels of A4 across between its margins, less the title
const ROWS_ON_PAPER = 40;                     // as in the style for print

function addPaper(stage) {
  const title = make("p", "on-paper print-title");
  const notes = make("section", "on-paper print-notes");
  for (const node of [title, notes]) node.setAttribute("aria-hidden", "true");   // the same words are in the panel
  stage.before(title);
  document.getElementById("panel").after(notes);
}

function fillPaper() {
  document.querySelector(".print-title").textContent = document.getElementById("title").textContent;
  const notes = document.querySelector(".print-notes");
  notes.replaceChildren();
  if (state.tab === "about") return;
  if (state.tab === "gaps" && GAPS.length > ROWS_ON_PAPER) notes.append(make("p", "", t("paper_rows", { n: ROWS_ON_PAPER, all: formatNumber(GAPS.length, 0) })));
  bullets(notes, "about_limits", D.limits.map(pick));
  bullets(notes, "about_notes", D.notes.map(pick));
  bullets(notes, "about_sources", D.sources.map(pick));
}

// The map keeps the size it was drawn at, is scaled as a whole, and is light: ink is dear.
function watchPaper() {
  let theme = null;
  window.addEventListener("beforeprint", () => {
    const root = document.documentElement;
    const { x, y } = map.getSize();
    const below = narrow.matches ? document.getElementById("legend").offsetHeight : 0;
    root.dataset.paper = narrow.matches ? "narrow" : "wide";
    root.style.setProperty("--map-width", x + "px");
    root.style.setProperty("--map-height", y + "px");
    root.style.setProperty("--print-scale", Math.min(1.6, PAPER.width / x, PAPER.height / (y + below)).toFixed(3));
    fillPaper();
    theme = state.theme;
    if (theme === "dark") change({ theme: "light" });
    updateScale();
    if (canvas._redrawRequest) canvas._redraw();
  });
  window.addEventListener("afterprint", () => {
    delete document.documentElement.dataset.paper;
    if (theme && theme !== state.theme) change({ theme });
    theme = null;
  });
}
