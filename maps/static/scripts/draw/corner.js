// What stands in the corner of the map: that it is schematic, that the data have limits, and the zoom.

import { DATA, SUPPORTED_GAPS } from "../model/data.js";
import { chosenLayer } from "../model/layers.js";
import { change, chosenScore, isBrief, isPartial, listen, state } from "../model/state.js";
import { isChinese, localize, nameOf, pageTitle, sayPeriod, t } from "../model/words.js";
import { map } from "./canvas.js";
import { byId, make, makeButton } from "./dom.js";
import { goHome } from "./view.js";

/** @param {HTMLElement} host */
export function addNotes(host) {
  listen("lang view tab focus score extra period part", () => {
    const review = DATA.review ? (isChinese() ? "；" : "; ") + t("review", { n: DATA.review }) : "";
    host.replaceChildren(make("p", "map-title", sayMap()), make("p", "", t("schematic") + review));
    if (DATA.tiles) host.append(make("p", "tiles-note", sayTiles()));
    if (DATA.modelled) host.append(make("p", "modelled", t("modelled_long")));
    if (DATA.limits.length) host.append(limitButton());
  });
}

/** What the map shows, in words, and of which years. */
export function sayMap() {
  return isPartial() ? `${sayPeriod()} · ${sayLayer()}` : sayLayer();
}

function sayLayer() {
  if (state.focus && state.tab !== "scorecard") return t("map_region", { me: nameOf(state.focus) });
  if (isBrief()) return t(SUPPORTED_GAPS.length ? "map_brief" : "map_brief_none");
  const layer = chosenLayer();
  if (layer) return localize(layer.title);
  const score = state.layers.score ? chosenScore() : undefined;
  return score ? localize(score.label) : pageTitle();
}

/** Whose the tiles are, and that they are fetched. */
function sayTiles() {
  const { attribution, host } = DATA.tiles || { attribution: "", host: "" };
  return [...(attribution ? [attribution] : []), t("tiles_fetched", { host })].join(" · ");
}

function limitButton() {
  const button = makeButton("limit", "", () => {
    change({ tab: "about" });
    byId("view").focus();
  });
  button.append(make("b", "", t("data_limits", { n: DATA.limits.length })), make("span", "", localize(DATA.limits[0])));
  return button;
}

/** @param {HTMLElement} host */
export function addZoom(host) {
  /** @type {[string, string, () => void][]} */
  const buttons = [
    ["zoom_in", "+", () => map.zoomIn()],
    ["zoom_out", "−", () => map.zoomOut()],
    ["zoom_home", "⤢", goHome],
  ];
  for (const [key, mark, act] of buttons) {
    const button = makeButton("", mark, act);
    button.id = key;
    button.dataset.tLabel = key;
    button.dataset.tTitle = key;
    host.append(button);
  }
}
