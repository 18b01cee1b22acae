// What narrows the table of gaps: words, a region, a group, a grade, a field.

import { make, makeButton } from "../draw/dom.js";
import { DATA, GAPS } from "../model/data.js";
import { listFields, PATHS } from "../model/gap_filter.js";
import { change, NO_FILTERS, state } from "../model/state.js";
import { fieldName, nameOf, t } from "../model/words.js";

const FIELDS_LISTED = 60;

/** @param {HTMLElement} host */
export function showFilters(host) {
  const bar = make("div", "filters");
  const search = make("input");
  search.type = "search";
  search.id = "gap-words";
  search.value = state.filters.words;
  search.placeholder = t("filter_words");
  search.setAttribute("aria-label", t("filter_words"));
  search.addEventListener("change", () => setFilter("words", search.value));
  search.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) setFilter("words", search.value);
  });
  const fold = make("details", "filter-fold");
  const active = Object.entries(state.filters).filter(([key, value]) => value && key !== "words").length;
  fold.open = active > 0;
  const opener = make("summary", "", active ? `${t("filters")} (${active})` : t("filters"));
  opener.id = "filters-open";
  fold.append(opener);
  const choices = make("div", "filter-choices");
  for (const [key, options] of Object.entries(listChoices()))
    if (options.length) choices.append(makeSelect(key, options));
  if (active) choices.append(makeButton("quiet", t("filter_clear"), () => change({ filters: NO_FILTERS })));
  fold.append(choices);
  bar.append(search, fold);
  host.append(bar);
}

/** @returns {Record<string, [string, string][]>} value and words of each choice */
function listChoices() {
  const regions = [...new Set(GAPS.flatMap(({ a, b }) => [a, b]))].sort((a, b) => a.i - b.i);
  const grades = ["any", "strong", "moderate", "weak", "none"];
  return {
    region: regions.map((region) => [region.code, nameOf(region)]),
    group: Object.keys(DATA.groups).map((name) => [name, name]),
    grade: GAPS.some((gap) => gap.grade) ? grades.map((grade) => [grade, t(`grade_${grade}`)]) : [],
    path: PATHS.filter((path) => GAPS.some(({ paths }) => paths.includes(path))).map((path) => [
      path,
      t(`path_${path}`),
    ]),
    field: listFields(GAPS)
      .slice(0, FIELDS_LISTED)
      .map((field) => [field, fieldName(field)]),
  };
}

/** @param {string} key @param {[string, string][]} options */
function makeSelect(key, options) {
  const label = make("label", "filter");
  const select = make("select");
  select.id = `filter-${key}`;
  for (const [value, words] of [["", t("filter_all")], ...options]) {
    const option = make("option", "", words);
    option.value = value;
    select.append(option);
  }
  select.value = state.filters[/** @type {keyof Filters} */ (key)];
  select.addEventListener("change", () => setFilter(key, select.value));
  label.append(make("span", "", t(`filter_${key}`)), select);
  label.classList.toggle("active", Boolean(select.value));
  return label;
}

/** @param {string} key @param {string} value */
function setFilter(key, value) {
  if (state.filters[/** @type {keyof Filters} */ (key)] !== value)
    change({ filters: { ...state.filters, [key]: value } });
}
