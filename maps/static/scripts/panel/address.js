// The address follows what the page shows, and the page follows its address: Back works, and a link shows the same.

import { openPair, openRegion } from "../draw/view.js";
import { readAddress, readYears, writeAddress, writeYears } from "../model/address.js";
import { DATA, GAPS, REGIONS, SCORES } from "../model/data.js";
import { GRADES, PATHS } from "../model/gap_filter.js";
import { partPlace, simplify, YEARS } from "../model/period.js";
import { change, chosenScore, clearSelection, listen, state } from "../model/state.js";
import { isTab } from "./tabs.js";

/** So that Back leads to what was selected before, and not through every change of language or step of a slider. */
const STEPS = ["view", "tab", "focus", "pair"];
const FOLLOWED = "lang view score extra tab focus pair period part twin shown gapsShown layers strict filters gapOrder";

/** @returns {Address} */
function currentAddress() {
  const { lang, view, tab, focus, pair, period, filters, gapOrder: order, layers } = state;
  const codes = { region: focus?.code ?? "", pair: pair?.a.code ?? "", with: pair?.b.code ?? "" };
  const { words, region: mine, group, grade, field, path } = filters;
  const off = Object.entries(layers).flatMap(([key, on]) => (on ? [] : [key]));
  return {
    ...{ lang, view, tab, score: chosenScore()?.key ?? "", layer: state.extra, ...codes },
    ...{ year: writeYears(period), compare: period?.kind === "two" ? state.twin : "", part: state.part },
    ...{
      links: String(state.shown),
      gaps: String(state.gapsShown),
      hide: off.join(" "),
      only: state.strict ? "1" : "",
    },
    ...{ words, mine, group, grade, field, path, sort: order ? (order.down ? "" : "-") + order.key : "" },
  };
}

/** To be called when everything is in its place. */
export function followAddress() {
  const opening = currentAddress();
  const write = () => writeAddress(currentAddress(), opening);
  let following = false;
  const follow = () => {
    if (location.hash === write()) return;
    following = true; // the steps on the way there are no steps of the reader
    showAddress(readAddress(location.hash, opening));
    following = false;
  };
  follow();
  window.addEventListener("hashchange", follow);
  listen(FOLLOWED, (changed) => {
    if (following || write() === location.hash) return;
    if (changed.some((key) => STEPS.includes(key))) location.hash = write();
    else location.replace(write() || "#");
  });
}

/** @param {Address} address what is not there is passed over */
function showAddress(address) {
  const find = (/** @type {string} */ code) => REGIONS.find((region) => region.code === code);
  const [region, a, b] = [address.region, address.pair, address.with].map(find);
  const extra = DATA.layers.some(({ key }) => key === address.layer) ? address.layer : "";
  const view = address.view === "evidence" ? "evidence" : "brief";
  change({ lang: address.lang === "en" ? "en" : "zh", view, extra, ...readChoices(address) });
  const score = SCORES.findIndex((one) => one.key === address.score); // of these years
  change({ score: Math.max(0, score) });
  if (region) openRegion(region);
  else if (a && b) openPair(a, b);
  else clearSelection();
  if (isTab(address.tab)) change({ tab: address.tab });
}

/** @param {Address} address @returns {Filters} */
function readFilters({ words, mine, group, grade, field, path }) {
  return {
    words: words.slice(0, 100),
    region: REGIONS.some(({ code }) => code === mine) ? mine : "",
    group: Object.hasOwn(DATA.groups, group) ? group : "",
    grade: ["any", ...GRADES].includes(grade) ? grade : "",
    path: PATHS.includes(path) ? path : "",
    field: GAPS.some(({ fields }) => fields.includes(field)) ? field : "",
  };
}

/** Years, sliders, layers and filters. @param {Address} address */
function readChoices(address) {
  const two = address.compare !== "";
  const period = YEARS && readYears(address.year, two, YEARS.list);
  const count = (/** @type {string} */ words, /** @type {number} */ otherwise) =>
    /^\d{1,7}$/.test(words) ? Number(words) : otherwise;
  const off = address.hide.split(" ");
  const layers = /** @type {typeof state.layers} */ (
    Object.fromEntries(Object.keys(state.layers).map((key) => [key, !off.includes(key)]))
  );
  const key = address.sort.replace(/^-/, "");
  return {
    part: period || partPlace(address.part) < 0 ? "" : address.part,
    ...{ period: period && simplify(period), twin: address.compare === "side" ? "side" : "difference" },
    ...{ shown: count(address.links, state.shown), gapsShown: count(address.gaps, state.gapsShown) },
    ...{ layers, strict: address.only === "1", filters: readFilters(address) },
    gapOrder: key ? { key, down: !address.sort.startsWith("-") } : null,
  };
}
