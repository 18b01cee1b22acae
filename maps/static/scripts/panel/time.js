// The bar of years under the map: which years, played or dragged; what was chosen is one thing for the whole page.

import { byId, make, makeButton } from "../draw/dom.js";
import { currentPeriod, simplify, YEARS } from "../model/period.js";
import { change, listen, state } from "../model/state.js";
import { formatNumber, t } from "../model/words.js";
import { totalsOf } from "../model/year_sums.js";

const KINDS = /** @type {const} */ (["year", "range", "two"]);
const TWINS = /** @type {const} */ (["difference", "side"]);
const PACE = 1300; // milliseconds that a year is shown
const NUMBERED_NARROW = 7; // on a phone
const NUMBERED = 14; // so many years have room for their totals

/** @type {number | undefined} */
let timer;

/** @param {Period} period */
export function choosePeriod(period) {
  change({ period: simplify(period), part: "" });
}

/** @returns {HTMLElement | null} null for a page of one year, or of none */
export function buildTime() {
  if (!YEARS) return null;
  const bar = make("section", "");
  bar.id = "time";
  bar.dataset.tLabel = "time";
  const head = make("div", "time-head");
  const hint = make("span", "time-hint soft");
  hint.dataset.t = "time_hint";
  head.append(
    buildSwitch("kind", KINDS, chooseKind),
    hint,
    buildSwitch("twin", TWINS, (twin) => change({ twin })),
  );
  const body = make("div", "time-body");
  const play = makeButton("", "", togglePlay);
  play.id = "time-play";
  body.append(play, buildAxis(YEARS));
  bar.append(head, body);
  bar.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    togglePlay();
  });
  return bar;
}

/** @param {string} name @param {readonly string[]} keys @param {(key: any) => void} choose */
function buildSwitch(name, keys, choose) {
  const group = make("div", "switch");
  group.id = `time-${name}s`;
  group.setAttribute("role", "group");
  group.dataset.tLabel = name === "kind" ? "time" : "twin";
  for (const key of keys) {
    const button = makeButton("", "", () => {
      stop();
      choose(key);
    });
    button.id = `time-${key}`;
    button.dataset.t = name === "kind" ? `time_${key}` : `twin_${key}`;
    group.append(button);
  }
  return group;
}

/** @param {Period["kind"]} kind */
function chooseKind(kind) {
  const { list } = /** @type {YearData} */ (YEARS);
  const { from, to } = currentPeriod();
  const before = from < to ? from : list[Math.max(0, list.indexOf(to) - 1)];
  const [first, last] = before < to ? [before, to] : [list[0], list[list.length - 1]];
  choosePeriod(kind === "year" ? { kind, from: to, to } : { kind, from: first, to: last });
}

/** @param {YearData} years */
function buildAxis(years) {
  const axis = make("div", years.list.length > NUMBERED_NARROW ? "time-axis many" : "time-axis");
  axis.style.setProperty("--years", String(years.list.length));
  const totals = totalsOf(years);
  const most = Math.max(1e-9, ...totals);
  for (const [i, year] of years.list.entries()) {
    const column = make("div", "time-year");
    const total = make("span", "time-total", years.list.length <= NUMBERED ? "·" : "");
    const bar = make("i");
    bar.style.height = `${Math.max(2, (totals[i] / most) * 34)}px`;
    column.append(total, bar, make("b", "", String(year)));
    column.addEventListener("click", () => pickYear(i));
    column.setAttribute("aria-hidden", "true"); // the handles say the same
    axis.append(column);
  }
  const rail = make("div", "time-rail");
  rail.append(make("u"), buildHandle("from", years), buildHandle("to", years));
  axis.append(rail);
  return axis;
}

/** A year that is clicked takes the nearer handle. @param {number} place */
function pickYear(place) {
  const { list } = /** @type {YearData} */ (YEARS);
  const { kind, from, to } = currentPeriod();
  const [first, last] = [from, to].map((year) => list.indexOf(year));
  moveHandle(kind !== "year" && Math.abs(place - first) < Math.abs(place - last) ? "from" : "to", place);
}

/** @param {"from" | "to"} end @param {YearData} years */
function buildHandle(end, { list }) {
  const handle = make("input");
  handle.type = "range";
  handle.id = `time-${end}`;
  handle.min = "0";
  handle.max = String(list.length - 1);
  handle.step = "1";
  handle.dataset.tLabel = `time_${end}`;
  handle.addEventListener("input", () => {
    const place = Number(handle.value); // stopping puts the handles where they were
    stop();
    moveHandle(end, place);
  });
  return handle;
}

/** The two handles do not pass each other; two years that are compared are never the same. @param {"from" | "to"} end @param {number} place */
function moveHandle(end, place) {
  const { list } = /** @type {YearData} */ (YEARS);
  const period = currentPeriod();
  const apart = period.kind === "two" ? 1 : 0;
  const [first, last] = [period.from, period.to].map((year) => list.indexOf(year));
  if (period.kind === "year") choosePeriod({ kind: "year", from: list[place], to: list[place] });
  else if (end === "from") choosePeriod({ ...period, from: list[Math.min(place, last - apart)] });
  else choosePeriod({ ...period, to: list[Math.max(place, first + apart)] });
  showTime(); // a handle that was held back goes back
}

function togglePlay() {
  if (timer !== undefined) {
    stop();
    return;
  }
  const { list } = /** @type {YearData} */ (YEARS);
  const { kind, from, to } = currentPeriod();
  if (to === list[list.length - 1]) {
    const start = kind === "year" ? list[0] : kind === "two" ? list[list.indexOf(from) + 1] : from;
    if (start === to && kind !== "year") return;
    choosePeriod({ kind, from: kind === "year" ? start : from, to: start });
  }
  timer = window.setInterval(playOn, PACE);
  showTime();
}

function playOn() {
  const { list } = /** @type {YearData} */ (YEARS);
  const { kind, from, to } = currentPeriod();
  const next = list[list.indexOf(to) + 1];
  if (next !== undefined) choosePeriod({ kind, from: kind === "year" ? next : from, to: next });
  if (next === undefined || next === list[list.length - 1]) stop();
}

function stop() {
  window.clearInterval(timer);
  timer = undefined;
  showTime();
}

/** To be called when the bar is in the page. */
export function followTime() {
  if (YEARS) listen("lang period twin", showTime);
}

function showTime() {
  const years = /** @type {YearData} */ (YEARS);
  byId("stage").toggleAttribute("data-period", state.period !== null);
  const { kind, from, to } = currentPeriod();
  const [first, last] = [from, to].map((year) => years.list.indexOf(year));
  for (const key of KINDS) byId(`time-${key}`).setAttribute("aria-pressed", String(kind === key));
  for (const key of TWINS) byId(`time-${key}`).setAttribute("aria-pressed", String(state.twin === key));
  byId("time-twins").hidden = kind !== "two";
  const handles = { from: byId("time-from", HTMLInputElement), to: byId("time-to", HTMLInputElement) };
  handles.from.hidden = kind === "year";
  for (const [handle, place] of /** @type {const} */ ([
    [handles.from, first],
    [handles.to, last],
  ])) {
    handle.value = String(place);
    handle.setAttribute("aria-valuetext", String(years.list[place]));
  }
  const span = /** @type {HTMLElement} */ (document.querySelector(".time-rail u"));
  span.style.left = `${(first / Math.max(1, years.list.length - 1)) * 100}%`;
  span.style.right = `${100 - (last / Math.max(1, years.list.length - 1)) * 100}%`;
  showColumns(years, { kind, first, last });
  const play = byId("time-play");
  play.dataset.playing = String(timer !== undefined);
  play.setAttribute("aria-label", t(timer === undefined ? "time_play" : "time_stop"));
}

/** @param {YearData} years @param {{ kind: string, first: number, last: number }} chosen */
function showColumns(years, { kind, first, last }) {
  const totals = totalsOf(years);
  for (const [i, column] of [...document.querySelectorAll(".time-year")].entries()) {
    const isEnd = i === first || i === last;
    column.classList.toggle("chosen", kind === "range" ? i >= first && i <= last : isEnd);
    column.classList.toggle("end", isEnd);
    const total = /** @type {HTMLElement} */ (column.querySelector(".time-total"));
    if (total.textContent) total.textContent = formatNumber(totals[i], 0);
  }
}
