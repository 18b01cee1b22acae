// Puts the page together.

import { actorLayer } from "./draw/actors.js";
import { badgeLayer } from "./draw/badges.js";
import { addCanvas, addLayer, currentTransform, drawNow, drawn, map, redraw, useMap } from "./draw/canvas.js";
import { addNotes, addZoom } from "./draw/corner.js";
import { byId, make } from "./draw/dom.js";
import { addTiles } from "./draw/geo.js";
import { addInsets, locateInsets } from "./draw/insets.js";
import { labelLayer } from "./draw/labels.js";
import { LAYERS } from "./draw/layers.js";
import { addLegend, updateScale } from "./draw/legend.js";
import { moveLayer } from "./draw/moves.js";
import { canvasPoint } from "./draw/places.js";
import { emptyTip } from "./draw/tip.js";
import { buildTwins, followTwins } from "./draw/twins.js";
import { homeZoom, openRegion, showHome } from "./draw/view.js";
import { DATA, REGIONS } from "./model/data.js";
import { followPeriod, YEARS } from "./model/period.js";
import {
  change,
  chosenScore,
  clearSelection,
  colours,
  darkSystem,
  listen,
  narrow,
  printing,
  state,
  systemTheme,
  tellAll,
  visibleMoves,
} from "./model/state.js";
import { followAddress } from "./panel/address.js";
import {
  addButtons,
  addExtraSelect,
  addLayerChips,
  addPartSelect,
  addScoreSelect,
  addSliders,
  applyText,
} from "./panel/controls.js";
import { addPrint } from "./panel/print.js";
import { addSearch } from "./panel/search.js";
import { addSheet, placeLegend } from "./panel/sheet.js";
import { addTabs } from "./panel/tabs.js";
import { buildTime, followTime } from "./panel/time.js";

function applyTheme() {
  const root = document.documentElement;
  root.dataset.theme = state.theme;
  root.style.colorScheme = state.theme;
  for (const [key, value] of Object.entries(colours())) {
    const name = `--${key.replace(/_/g, "-")}`;
    if (typeof value === "string") root.style.setProperty(name, value);
    else for (const [i, colour] of value.entries()) root.style.setProperty(`${name}-${i}`, colour);
  }
}

/** The map and what floats over it share a stage, so that the panel can stand beside or below both. */
function buildStage() {
  const container = map.getContainer();
  const part = (
    /** @type {"main" | "div" | "section"} */ tag,
    /** @type {string} */ id,
    /** @type {Node[]} */ ...inside
  ) => {
    const node = make(tag);
    node.id = id;
    node.append(...inside);
    return node;
  };
  const corner = part("div", "corner", part("div", "notes"), part("div", "zoom"));
  const bottom = part("div", "bottom", part("section", "legend"), part("div", "insets"));
  const tip = part("div", "tip");
  const stage = part("main", "stage");
  tip.hidden = true;
  byId("panel").after(stage); // the answers come before the map for who walks by keyboard; the style puts it left
  stage.append(container, corner, bottom, tip);
  const time = buildTime();
  if (time) {
    stage.append(buildTwins(), time);
    stage.classList.add("timed");
  }
  container.dataset.tLabel = "map";
  container.setAttribute("role", "application");
}

/** A change of layout (window, phone turned) starts again from the whole map. */
function watchSize() {
  let wasNarrow = narrow.matches;
  window.addEventListener("resize", () => {
    if (printing.matches) return;
    map.invalidateSize({ pan: true });
    locateInsets();
    if (wasNarrow === narrow.matches) return;
    wasNarrow = narrow.matches;
    placeLegend();
    showHome(false);
  });
  if (DATA.theme === "auto") darkSystem.addEventListener("change", () => change({ theme: systemTheme() }));
}

/** The register of the evidence takes room from the map, and the brief gives it back. */
function watchView() {
  const panelWidth = () => byId("panel").clientWidth;
  let shown = panelWidth();
  listen("view tab", () => {
    if (shown === panelWidth() || narrow.matches) return;
    shown = panelWidth();
    showHome(false);
    if (state.focus) openRegion(state.focus);
  });
}

/** For those who test or script the page: what it shows. Nothing can be set here. */
function readState() {
  drawNow(); // what was asked for is drawn before it is told
  const { lang, theme, view, tab, shown, gapsShown, strict, focus, pair } = state;
  const leaflet = /** @type {any} */ (map);
  return {
    ...{ lang, theme, view, tab, shown, gapsShown, strict, layers: { ...state.layers } },
    score: chosenScore()?.key ?? null,
    focus: focus?.code ?? null,
    pair: pair && [pair.a.code, pair.b.code],
    part: state.part,
    period: state.period && { ...state.period },
    moves: visibleMoves().length,
    zoom: map.getZoom(),
    homeZoom,
    drawn: { ...drawn },
    moving: Boolean(leaflet._animatingZoom || leaflet._panAnim?._inProgress),
  };
}

/** Where on the screen a region's point is. @param {string} code */
function whereIs(code) {
  const region = REGIONS.find((one) => one.code === code);
  const point = region && canvasPoint(region, currentTransform());
  if (!point) return null;
  const { x, y } = map.layerPointToContainerPoint(point);
  const frame = map.getContainer().getBoundingClientRect();
  return { x: frame.left + x, y: frame.top + y };
}

/** @param {L.Map} leafletMap */
function startRegionet(leafletMap) {
  useMap(leafletMap);
  followPeriod();
  buildStage();
  addPrint();
  map.setView([0, 0], 0);
  listen("lang", applyText);
  listen("lang", emptyTip);
  listen("theme", applyTheme);
  listen("tab", () => {
    document.documentElement.dataset.tab = state.tab;
  });
  addNotes(byId("notes"));
  addZoom(byId("zoom"));
  addInsets(byId("insets"));
  addLegend(byId("legend"));
  addTabs();
  addScoreSelect();
  addExtraSelect();
  addPartSelect();
  addSliders();
  addLayerChips();
  addSearch();
  addButtons();
  addSheet();
  followTime();
  tellAll();
  addCanvas();
  addTiles();
  showHome(false);
  for (const layer of [...LAYERS, moveLayer, actorLayer, labelLayer, badgeLayer]) addLayer(layer);
  if (YEARS) followTwins();
  listen(
    "lang theme view tab score extra geoHidden layers shown gapsShown strict focus pair open hover period part",
    redraw,
  );
  map.on("click", clearSelection);
  map.on("zoomend", updateScale);
  watchSize();
  watchView();
  followAddress();
  Object.assign(window, { regionet: Object.freeze({ read: readState, where: whereIs }) });
}

Object.assign(window, { startRegionet });
