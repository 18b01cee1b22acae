// What the data are, and what they cannot say.

import { make } from "../draw/dom.js";
import { DATA, LINKS, UNITS } from "../model/data.js";
import { formatNumber, formatWeight, isChinese, localize, nameOf, pageTitle, t, withLabel } from "../model/words.js";
import { showFit } from "./calibration.js";

/** @param {HTMLElement} host */
export function showAbout(host) {
  host.append(make("h2", "unseen", t("tab_about")));
  addParagraphs(host, "about_network", networkWords());
  addBullets(host, "about_limits", DATA.limits);
  addBullets(host, "about_notes", DATA.notes);
  if (DATA.gaps) addParagraphs(host, "about_reading", [t("about_reading_text")]);
  if (DATA.gaps?.fit) showFit(host, DATA.gaps.fit);
  const told = DATA.layers.flatMap(({ title, note }) => (note ? [[title, note]] : []));
  /** @type {Bilingual[]} */
  const layers = told.map(([title, note]) => [withColon(title[0], note[0], ": "), withColon(title[1], note[1], "：")]);
  addBullets(host, "layers", layers);
  addBullets(host, "about_sources", DATA.sources);
  addBullets(host, "about_cite", DATA.citations);
  addBullets(host, "about_warnings", DATA.warnings);
  const missing = UNITS.filter((region) => !region.point).map(nameOf);
  if (missing.length) {
    const names = missing.join(isChinese() ? "、" : ", ");
    host.append(make("h3", "", t("about_missing", { n: missing.length })), make("p", "", names));
  }
  const review = DATA.review ? [t("review", { n: DATA.review })] : [];
  addParagraphs(host, "about_map", [t("schematic"), ...review, t("about_software")]);
}

/** The same as a sheet of a workbook: title, limits, notes, sources. @returns {Sheet} */
export function aboutSheet() {
  /** @type {[string, Bilingual[]][]} */
  const parts = [
    ["about_limits", DATA.limits],
    ["about_notes", DATA.notes],
    ["about_sources", DATA.sources],
    ["about_cite", DATA.citations],
  ];
  const told = parts.flatMap(([heading, texts]) => texts.map((text) => [t(heading), localize(text)]));
  return {
    name: t("tab_about"),
    rows: [[pageTitle(), ""], ...networkWords().map((text) => ["", text]), ...told],
    head: 1,
  };
}

/** @param {string} title @param {string} note @param {string} colon */
function withColon(title, note, colon) {
  return title + colon + note;
}

function networkWords() {
  const words = [t(DATA.modelled ? "modelled_long" : "observed_long")];
  const weight = LINKS.reduce((sum, link) => sum + link.weight, 0);
  const [regions, links] = [UNITS.length, LINKS.length].map((n) => formatNumber(n, 0));
  words.push(t("about_size", { regions, links, weight: formatWeight(weight) }));
  if (DATA.records.every((n) => n !== null)) {
    const [records, parts, single] = DATA.records.map((n) => formatNumber(n, 0));
    words.push(t("about_records", { records, parts, single }));
  }
  const counting = `counting_${DATA.counting}`;
  if (DATA.text[counting]) words.push(withLabel(t("about_counting"), t(counting)));
  return words;
}

/** @param {HTMLElement} host @param {string} heading @param {string[]} texts */
function addParagraphs(host, heading, texts) {
  host.append(make("h3", "", t(heading)), ...texts.map((text) => make("p", "", text)));
}

/** @param {HTMLElement} host @param {string} heading @param {Bilingual[]} texts */
export function addBullets(host, heading, texts) {
  if (!texts.length) return;
  const list = make("ul");
  for (const text of texts) list.append(make("li", "", localize(text)));
  host.append(make("h3", "", t(heading)), list);
}
