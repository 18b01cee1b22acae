// The brief: one sentence, three gaps, what to do, whom to call, how sure.

import { make, makeButton } from "../draw/dom.js";
import { openPairOfGap } from "../draw/view.js";
import { sayCertainty, sayChance, sayHeadline, sayTimes, sayToDo, sayWhy } from "../model/answers.js";
import { BRIEF_GAPS, DATA, isSupported, SUPPORTED_GAPS } from "../model/data.js";
import { change, state } from "../model/state.js";
import { isChinese, localize, pairFactLines, shortName, t, withLabel } from "../model/words.js";
import { badge, dueBar, keepOneRow, largestOf, sureMark } from "./own_gaps.js";

const CALLED = 2;
const REST = 12;

/** @param {HTMLElement} host */
export function showBrief(host) {
  host.append(make("h2", "headline", sayHeadline()), make("p", "soft brief-due", t("brief_due")));
  const largest = largestOf(BRIEF_GAPS);
  for (const [i, gap] of BRIEF_GAPS.entries()) host.append(gapCard(gap, i + 1, largest));
  host.append(certainty());
  showRest(host);
}

/** @param {Gap} gap @param {number} n @param {number} largest */
export function gapCard(gap, n, largest) {
  const card = make("article", `card card-${gap.i}`);
  const name = `${shortName(gap.a)} ${DATA.directed ? "→" : "—"} ${shortName(gap.b)}`;
  const head = make("div", "card-head");
  const title = make("h3");
  title.append(makeButton("card-name", name, () => openPairOfGap(gap)));
  const sure = make("span", "card-sure", `${t("sure")} `);
  sure.append(sureMark(gap));
  head.append(badge(n, gap), title, sure);
  const figures = make("div", "card-figures");
  figures.append(dueBar(gap, largest, 190), make("span", "", sayTimes(gap)));
  const facts = make("dl", "card-facts");
  addFact(facts, "brief_why", [isSupported(gap) ? sayWhy(gap) : sayChance(gap)]);
  addFact(facts, "brief_do", [sayToDo(gap)]);
  const called = gap.partners.slice(0, CALLED).map(([a, b]) => `${localize(a)} ↔ ${localize(b)}`);
  addFact(facts, "brief_who", called.length ? called : [t("call_nobody")]);
  const known = pairFactLines(gap.a, gap.b).map(([label, value]) => withLabel(label, value));
  if (known.length) addFact(facts, "brief_known", [known.join(isChinese() ? "；" : "; ")]);
  card.append(head, figures, facts);
  card.classList.toggle("picked", state.pair?.gap === gap);
  card.addEventListener("mouseenter", () => change({ hover: { kind: "gap", item: gap } }));
  card.addEventListener("mouseleave", () => change({ hover: null }));
  return card;
}

/** The card of the pair that is selected on the map. */
export function markPickedCard() {
  for (const card of document.querySelectorAll("#view .card")) {
    card.classList.toggle("picked", card.classList.contains(`card-${state.pair?.gap?.i}`));
  }
}

/** @param {HTMLElement} list @param {string} key @param {string[]} lines */
function addFact(list, key, lines) {
  list.append(make("dt", "", t(key)), ...lines.map((line) => make("dd", "", line)));
}

/** @param {string} words */
export function firstSentence(words) {
  return words.match(/^.*?(?:。|[.](?=\s|$))/)?.[0] || words;
}

/** Ends with the first limit of the data. */
function certainty() {
  const box = make("p", "certain");
  const limit = DATA.limits.length ? [firstSentence(localize(DATA.limits[0]))] : [];
  box.append(
    make("b", "", `${t("certain_title")} `),
    [...sayCertainty(), ...limit, t("certain_use")].join(isChinese() ? "" : " "),
  );
  return box;
}

/** @param {HTMLElement} host */
function showRest(host) {
  const rest = SUPPORTED_GAPS.slice(BRIEF_GAPS.length, BRIEF_GAPS.length + REST);
  if (!rest.length) return;
  host.append(make("h3", "", t("brief_rest")));
  const list = make("div", "rest");
  for (const gap of rest) {
    const row = makeButton("rest-row", "", () => openPairOfGap(gap));
    row.append(make("span", "own-name", `${shortName(gap.a)} — ${shortName(gap.b)}`));
    row.append(make("span", "figures", sayTimes(gap)), sureMark(gap));
    list.append(row);
  }
  keepOneRow(list, ".rest-row");
  host.append(list);
}
