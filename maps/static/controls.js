// Switches of the panel and buttons of the map.

const TABS = ["gaps", "scores", "region", "about"];
const VIEWS = { gaps: showGaps, scores: showScores, region: showRegion, about: showAbout };
const TABLES = { gaps: gapsCsv, scores: scoresCsv, region: regionCsv };

function addTabs() {
  const bar = document.getElementById("tabs");
  for (const key of TABS) {
    const tab = make("button");
    tab.type = "button";
    tab.id = "tab-" + key;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "view");
    tab.addEventListener("click", () => change({ tab: key }));
    bar.append(tab);
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    change({ tab: TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length] });
    document.getElementById("tab-" + state.tab).focus();
  });
  listen("lang tab", () => {
    for (const key of TABS) {
      const tab = document.getElementById("tab-" + key);
      tab.textContent = t("tab_" + key);
      tab.setAttribute("aria-selected", String(key === state.tab));
      tab.tabIndex = key === state.tab ? 0 : -1;
    }
    document.getElementById("view").setAttribute("aria-labelledby", "tab-" + state.tab);
    document.getElementById("export").hidden = !(state.tab in TABLES);
  });
  listen("lang tab", showView);
  listen("focus", () => ["region", "scores"].includes(state.tab) && showView());
  listen("score sort", () => ["scores"].includes(state.tab) && showView());
  listen("pair tab lang", markPickedGap);
  listen("focus pair", () => {
    document.getElementById("clear").hidden = !(state.focus || state.pair);
  });
}

function showView() {
  const view = document.getElementById("view");
  view.scrollTop = 0;   // at once: afterwards it would lay out the new table by itself
  view.replaceChildren();
  view.dataset.tab = state.tab;
  VIEWS[state.tab](view);
}

function addScoreSelect() {
  const select = document.getElementById("score");
  select.addEventListener("change", () => change({ score: Number(select.value), sort: null, layers: { ...state.layers, score: true } }));
  listen("lang score", () => {
    select.replaceChildren();
    for (const [i, score] of SCORES.entries()) {
      const option = make("option", "", pick(score.label));
      option.value = String(i);
      select.append(option);
    }
    select.value = String(state.score);
    select.disabled = SCORES.length < 2;
  });
}

function addLayerChips() {
  const host = document.getElementById("layers");
  for (const key of Object.keys(state.layers)) {
    if (!hasLayer(key)) continue;
    const { chip, box } = makeChip("layer-" + key);
    box.addEventListener("change", () => change({ layers: { ...state.layers, [key]: box.checked } }));
    host.append(chip);
    listen("lang layers", () => {
      chip.lastChild.textContent = t("layer_" + key);
      box.checked = state.layers[key];
    });
  }
  if (D.links.method) host.append(strictChip());
}

function hasLayer(key) {
  const needed = { gaps: GAPS.filter(isSupported), score: SCORES, outside: PLACED }[key];
  return !needed || needed.length > 0;
}

function makeChip(id) {
  const chip = make("label", "chip");
  const box = make("input");
  box.type = "checkbox";
  box.id = id;
  chip.append(box, make("span"));
  return { chip, box };
}

function strictChip() {
  const { chip, box } = makeChip("strict");
  box.addEventListener("change", () => change({ strict: box.checked }));
  listen("lang strict", () => {
    chip.lastChild.textContent = t("strict");
    chip.title = t("strict_" + D.links.method);
    box.checked = state.strict;
  });
  return chip;
}

function addButtons() {
  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  on("language", () => change({ lang: state.lang === "zh" ? "en" : "zh" }));
  on("theme", () => change({ theme: state.theme === "dark" ? "light" : "dark" }));
  on("clear", clearPicks);
  on("print", () => window.print());
  on("export", () => {
    const table = TABLES[state.tab]();
    download(`${D.name || "regionet"}-${table.name}.csv`, writeCsv(table));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clearPicks();
    if (event.key === "Tab") document.documentElement.dataset.keys = "";   // from now on show where the focus is
  });
  document.addEventListener("pointerdown", () => delete document.documentElement.dataset.keys);
}

function addZoom(host) {
  for (const [key, mark, act] of [
    ["zoom_in", "+", () => map.zoomIn()],
    ["zoom_out", "−", () => map.zoomOut()],
    ["zoom_home", "⤢", goHome],
  ]) {
    const button = make("button", "", mark);
    button.type = "button";
    button.id = key;
    button.dataset.tLabel = key;
    button.dataset.tTitle = key;
    button.addEventListener("click", act);
    host.append(button);
  }
}
