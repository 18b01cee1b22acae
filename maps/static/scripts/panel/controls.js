// Switches and sliders of the panel, and the words of the skeleton.

import { byId, make } from "../draw/dom.js";
import { DATA, LINKS, SCORES, SUPPORTED_GAPS } from "../model/data.js";
import { stepsTo } from "../model/numbers.js";
import { change, clearSelection, closeOne, hasLayer, isBrief, linkPool, listen, state } from "../model/state.js";
import { formatNumber, isChinese, localize, pageTitle, partTitle, t } from "../model/words.js";
import { savePng, saveSvg } from "./pictures.js";
import { exportTable, exportWorkbook } from "./tabs.js";

/** Text of the skeleton: data-t is the content, data-t-label the accessible name, and so on. */
export function applyText() {
  document.documentElement.lang = isChinese() ? "zh-CN" : "en";
  document.title = pageTitle();
  byId("title").textContent = pageTitle();
  byId("language").textContent = t("other_language");
  byId("language").lang = isChinese() ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.getAttribute("data-t") || "");
  for (const [from, to] of [
    ["label", "aria-label"],
    ["title", "title"],
    ["placeholder", "placeholder"],
  ]) {
    const slot = `data-t-${from}`;
    for (const node of document.querySelectorAll(`[${slot}]`)) node.setAttribute(to, t(node.getAttribute(slot) || ""));
  }
}

export function addScoreSelect() {
  const select = byId("score", HTMLSelectElement);
  select.addEventListener("change", () =>
    change({ score: Number(select.value), sort: null, layers: { ...state.layers, score: true } }),
  );
  listen("lang score", () => {
    select.replaceChildren();
    for (const [i, score] of SCORES.entries()) {
      const option = make("option", "", localize(score.label));
      option.value = String(i);
      select.append(option);
    }
    select.value = String(state.score);
    select.disabled = SCORES.length < 2;
  });
}

/** Layers of the analyses, one at a time. */
export function addExtraSelect() {
  const select = byId("extra", HTMLSelectElement);
  for (const node of document.querySelectorAll(".extra-setting")) {
    /** @type {HTMLElement} */ (node).hidden = !DATA.layers.length;
  }
  select.addEventListener("change", () => change({ extra: select.value }));
  listen("lang extra", () => {
    const none = make("option", "", t("extra_none"));
    none.value = "";
    select.replaceChildren(none);
    for (const layer of DATA.layers) {
      const option = make("option", "", localize(layer.title));
      option.value = layer.key;
      select.append(option);
    }
    select.value = state.extra;
  });
}

/** Parts of the links, one at a time, and not together with years. */
export function addPartSelect() {
  const select = byId("part", HTMLSelectElement);
  for (const node of document.querySelectorAll(".part-setting")) {
    /** @type {HTMLElement} */ (node).hidden = !DATA.parts;
  }
  select.addEventListener("change", () => change({ part: select.value, period: null }));
  listen("lang part", () => {
    const all = make("option", "", t("part_all"));
    all.value = "";
    select.replaceChildren(all);
    for (const part of DATA.parts?.list || []) {
      const option = make("option", "", partTitle(part));
      option.value = `${part[0]} ${part[1]}`;
      select.append(option);
    }
    select.value = state.part;
  });
}

export function addLayerChips() {
  const host = byId("layers");
  for (const key of /** @type {(keyof typeof state.layers)[]} */ (Object.keys(state.layers))) {
    if (!hasLayer(key)) continue;
    const { chip, box, words } = makeChip(`layer-${key}`);
    box.addEventListener("change", () => change({ layers: { ...state.layers, [key]: box.checked } }));
    host.append(chip);
    listen("lang layers", () => {
      words.textContent = t(`layer_${key}`);
      box.checked = state.layers[key];
    });
  }
  for (const layer of DATA.geo) host.append(geoChip(layer));
  if (DATA.links.method) host.append(strictChip(DATA.links.method));
}

/** A layer of the map maker. @param {GeoLayer} layer */
function geoChip({ key, title }) {
  const { chip, box, words } = makeChip(`layer-geo-${key}`);
  box.addEventListener("change", () => {
    const others = state.geoHidden.filter((hidden) => hidden !== key);
    change({ geoHidden: box.checked ? others : [...others, key] });
  });
  listen("lang geoHidden", () => {
    words.textContent = localize(title);
    box.checked = !state.geoHidden.includes(key);
  });
  return chip;
}

/** @param {string} id */
function makeChip(id) {
  const chip = make("label", "chip");
  const box = make("input");
  const words = make("span");
  box.type = "checkbox";
  box.id = id;
  chip.append(box, words);
  return { chip, box, words };
}

/** Only links that stand out from chance. @param {string} method */
function strictChip(method) {
  const { chip, box, words } = makeChip("strict");
  box.addEventListener("change", () => change({ strict: box.checked }));
  listen("lang strict", () => {
    words.textContent = t("strict");
    chip.title = t(`strict_${method}`);
    box.checked = state.strict;
  });
  return chip;
}

/**
 * @param {string} id
 * @param {"shown" | "gapsShown"} key
 * @param {{ all: number, first: number, pool: () => number }} options how many there are, the first step, how many there
 *   are to choose from at present
 */
function addSlider(id, key, { all, first, pool }) {
  const slider = byId(id, HTMLInputElement);
  const steps = stepsTo(all, state[key], first);
  slider.max = String(steps.length - 1);
  slider.value = String(steps.indexOf(state[key]));
  slider.disabled = steps.length < 2;
  slider.addEventListener("input", () => change({ [key]: steps[Number(slider.value)] }));
  listen(`lang strict period part ${key}`, () => {
    const n = formatNumber(Math.min(state[key], pool()), 0);
    const words = t("links_of", { n, all: formatNumber(pool(), 0) });
    slider.value = String(steps.findIndex((step) => step >= state[key])); // Back and a link move it too
    byId(`${id}-out`).textContent = words;
    slider.setAttribute("aria-valuetext", words);
  });
}

export function addSliders() {
  addSlider("shown", "shown", { all: LINKS.length, first: 5, pool: () => linkPool().length });
  const supported = SUPPORTED_GAPS.length;
  for (const node of document.querySelectorAll(".gaps-setting")) /** @type {HTMLElement} */ (node).hidden = !supported;
  addSlider("gaps-shown", "gapsShown", { all: supported, first: 1, pool: () => SUPPORTED_GAPS.length });
}

export function addButtons() {
  const on = (/** @type {string} */ id, /** @type {() => void} */ act) => byId(id).addEventListener("click", act);
  on("language", () => change({ lang: isChinese() ? "en" : "zh" }));
  on("theme", () => change({ theme: state.theme === "dark" ? "light" : "dark" }));
  on("clear", clearSelection);
  on("print", () => window.print());
  on("export", exportTable);
  on("export-xlsx", exportWorkbook);
  on("copy", copyLink);
  for (const [id, save] of /** @type {[string, () => void][]} */ ([
    ["png", savePng],
    ["svg", saveSvg],
  ])) {
    on(id, () => {
      save();
      byId("pictures", HTMLDetailsElement).open = false;
    });
  }
  for (const view of ["brief", "evidence"]) {
    on(`view-${view}`, () => change({ view }));
    listen("view", () => {
      byId(`view-${view}`).setAttribute("aria-pressed", String(state.view === view));
      document.documentElement.dataset.view = state.view;
    });
  }
  keepOneButton(byId("views"));
  listen("view tab focus", () => document.documentElement.toggleAttribute("data-brief-map", isBrief()));
  listen("focus pair", () => {
    byId("clear").hidden = !(state.focus || state.pair);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeOne();
    if (event.key === "Tab") document.documentElement.dataset.keys = ""; // from now on show where the focus is
  });
  document.addEventListener("pointerdown", () => {
    delete document.documentElement.dataset.keys;
  });
}

/** A group of buttons is one stop of the tab key: the pressed one; arrows go to the other. @param {HTMLElement} group */
function keepOneButton(group) {
  const buttons = [...group.querySelectorAll("button")];
  listen("view", () => {
    for (const button of buttons) button.tabIndex = button.getAttribute("aria-pressed") === "true" ? 0 : -1;
  });
  group.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = buttons.find((button) => button !== document.activeElement);
    next?.click();
    next?.focus();
  });
}

/** Pages opened as a file have no clipboard of their own in some browsers: then the words are selected and copied. */
function copyLink() {
  const button = byId("copy");
  const told = () => {
    button.textContent = t("copied");
    setTimeout(() => {
      button.textContent = t("copy_link");
    }, 1500);
  };
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(told, copyByHand);
  else copyByHand();
  function copyByHand() {
    const field = make("textarea");
    field.value = location.href;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    told();
  }
}
