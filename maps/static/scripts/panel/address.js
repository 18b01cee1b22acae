// The address follows what the page shows, and the page follows its address: Back works, and a link shows the same.

import { openPair, openRegion } from "../draw/view.js";
import { readAddress, writeAddress } from "../model/address.js";
import { DATA, REGIONS, SCORES } from "../model/data.js";
import { change, chosenScore, clearSelection, listen, state } from "../model/state.js";
import { isTab } from "./tabs.js";

/** So that Back leads to what was selected before, and not through every change of language. */
const STEPS = ["view", "tab", "focus", "pair"];

function currentAddress() {
  const { lang, view, tab, focus, pair } = state;
  const codes = { region: focus?.code ?? "", pair: pair?.a.code ?? "", with: pair?.b.code ?? "" };
  return { lang, view, tab, score: chosenScore()?.key ?? "", layer: state.extra, ...codes };
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
  listen("lang view score extra tab focus pair", (changed) => {
    if (following || write() === location.hash) return;
    if (changed.some((key) => STEPS.includes(key))) location.hash = write();
    else location.replace(write() || "#");
  });
}

/** @param {Address} address what is not there is passed over */
function showAddress(address) {
  const find = (/** @type {string} */ code) => REGIONS.find((region) => region.code === code);
  const score = SCORES.findIndex((one) => one.key === address.score);
  const [region, a, b] = [address.region, address.pair, address.with].map(find);
  const extra = DATA.layers.some(({ key }) => key === address.layer) ? address.layer : "";
  const view = address.view === "evidence" ? "evidence" : "brief";
  change({ lang: address.lang === "en" ? "en" : "zh", view, score: Math.max(0, score), extra });
  if (region) openRegion(region);
  else if (a && b) openPair(a, b);
  else clearSelection();
  if (isTab(address.tab)) change({ tab: address.tab });
}
