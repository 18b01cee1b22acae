// Puts the page together.

function paintTheme() {
  const root = document.documentElement;
  root.dataset.theme = state.theme;
  root.style.colorScheme = state.theme;
  for (const [key, value] of Object.entries(palette())) {
    if (typeof value === "string") root.style.setProperty("--" + key.replace(/_/g, "-"), value);
  }
}

// The map and what floats over it share a stage, so that the panel can stand beside or below both.
function buildStage() {
  const container = map.getContainer();
  const stage = make("main");
  stage.id = "stage";
  container.before(stage);
  stage.append(container);
  const parts = { stage };
  for (const [id, tag] of [["corner", "div"], ["insets", "div"], ["legend", "section"]]) {
    parts[id] = make(tag);
    parts[id].id = id;
    stage.append(parts[id]);
  }
  for (const id of ["notes", "zoom"]) {
    parts[id] = make("div");
    parts[id].id = id;
    parts.corner.append(parts[id]);
  }
  addTip(stage);
  container.dataset.tLabel = "map";
  container.setAttribute("role", "application");
  return parts;
}

function startRegionet(leafletMap) {
  map = leafletMap;
  const parts = buildStage();
  addPaper(parts.stage);
  map.setView([0, 0], 0);
  listen("lang", applyText);
  listen("theme", paintTheme);
  addNotes(parts.notes);
  addZoom(parts.zoom);
  addInsets(parts.insets);
  addLegend(parts.legend);
  addTabs();
  addScoreSelect();
  addSliders();
  addLayerChips();
  addSearch();
  addButtons();
  change({ ...state });   // every part shows itself once
  canvas = new SharpCanvas({ padding: 0.25 }).addTo(map);
  showHome(false);
  for (const part of [regionSheet, outlineSheet, outsideSheet, linkSheet, gapSheet, nodeSheet, labelSheet]) addSheet(part);
  listen("lang theme score layers shown gapsShown strict focus pair hover", redraw);
  map.on("click", clearPicks);
  map.on("zoomend", updateScale);
  watchSize();
  watchPaper();
  window.regionet = Object.freeze({ read: readState, where: whereIs });
}

// A change of layout (window, phone turned, print) starts again from the whole map.
function watchSize() {
  let wasNarrow = narrow.matches;
  window.addEventListener("resize", () => {
    if (onPaper.matches) return;
    map.invalidateSize({ pan: true });
    placeInsets();
    if (wasNarrow === narrow.matches) return;
    wasNarrow = narrow.matches;
    showHome(false);
  });
  darkSystem.addEventListener("change", () => D.theme === "auto" && change({ theme: darkSystem.matches ? "dark" : "light" }));
}

// For those who test or script the page: what it shows. Nothing can be set here.
function readState() {
  if (canvas._redrawRequest) canvas._redraw();   // what was asked for is drawn before it is told
  const codes = state.pair && [state.pair.a.code, state.pair.b.code];
  return {
    lang: state.lang, theme: state.theme, tab: state.tab, shown: state.shown, gapsShown: state.gapsShown, strict: state.strict, layers: { ...state.layers },
    score: SCORES.length ? SCORES[state.score].key : null, focus: state.focus && state.focus.code, pair: codes,
    zoom: map.getZoom(), homeZoom, drawn: { ...drawn },
    moving: Boolean(map._animatingZoom || (map._panAnim && map._panAnim._inProgress)),
  };
}

// Where on the screen a region's point is.
function whereIs(code) {
  const region = REGIONS.find((one) => one.code === code);
  if (!region || !region.point) return null;
  const spot = spotOf(region, currentFrame());
  if (!spot) return null;
  const place = map.layerPointToContainerPoint(spot);
  const frame = map.getContainer().getBoundingClientRect();
  return { x: frame.left + place.x, y: frame.top + place.y };
}
