// Long tables: only the rows near those in sight are in the document, with room above and below for the others.

import { byId, make } from "../draw/dom.js";

/** Shorter tables are shown whole. */
export const WINDOW_FROM = 120;
const SPARE = 25; // rows beyond those in sight
const FIRST = 45;
const USUAL_HEIGHT = 34;

/** @type {{ reveal(place: number): void, all(): void, update(): void } | null} */
let current = null;

/** @typedef {{ body: HTMLElement, rows: any[], build: (row: any) => HTMLElement, from: number, lines: HTMLElement[], height: number }} Shown */

/**
 * @template Row
 * @param {HTMLElement} body
 * @param {Row[]} rows
 * @param {(row: Row) => HTMLElement} build
 */
export function showWindow(body, rows, build) {
  /** @type {Shown} */
  const shown = { body, rows, build, from: 0, lines: [], height: USUAL_HEIGHT };
  const [above, below] = [spaceRow(), spaceRow()];
  const settle = () => {
    setSpace(above, shown.from * shown.height);
    setSpace(below, (rows.length - shown.from - shown.lines.length) * shown.height);
    if (shown.from > 0) body.prepend(above);
    else above.remove();
    body.append(below);
  };
  const show = (/** @type {number} */ from, /** @type {number} */ to) => {
    moveWindow(shown, Math.max(0, from), Math.min(rows.length, to), below);
    settle();
  };
  body.append(below);
  show(0, FIRST);
  const update = () => {
    if (!body.isConnected) return;
    const view = byId("view");
    shown.height = measureRow(shown) || shown.height;
    const top = view.scrollTop - /** @type {HTMLElement} */ (body.parentElement).offsetTop;
    const first = Math.floor(top / shown.height);
    const last = first + Math.ceil(view.clientHeight / shown.height);
    const end = shown.from + shown.lines.length;
    const isNear =
      first < shown.from + (shown.from > 0 ? SPARE / 2 : 0) || last > end - (end < rows.length ? SPARE / 2 : 0);
    if (isNear) show(first - SPARE, last + SPARE);
  };
  const reveal = (/** @type {number} */ place) => {
    if (place < shown.from || place >= shown.from + shown.lines.length) show(place - SPARE, place + FIRST);
  };
  current = { reveal, update, all: () => show(0, rows.length) };
}

/** @param {Shown} shown @param {number} from @param {number} to @param {HTMLElement} below */
function moveWindow(shown, from, to, below) {
  const { rows, build, lines } = shown;
  const end = shown.from + lines.length;
  const kept = from < end && to > shown.from;
  const keep = (/** @type {HTMLElement} */ _, /** @type {number} */ i) =>
    kept && shown.from + i >= from && shown.from + i < to;
  const stay = lines.filter(keep);
  for (const line of lines) if (!stay.includes(line)) removeLine(line);
  const head = rows.slice(from, kept ? Math.max(from, shown.from) : to).map(build);
  const tail = kept ? rows.slice(Math.max(from, end), to).map(build) : [];
  if (stay.length) stay[0].before(...head);
  else below.before(...head);
  below.before(...tail);
  Object.assign(shown, { from, lines: [...head, ...stay, ...tail] });
}

/** With what is open below it. @param {HTMLElement} line */
function removeLine(line) {
  if (line.nextElementSibling?.classList.contains("detail")) line.nextElementSibling.remove();
  line.remove();
}

/** @param {Shown} shown the mean height of its rows */
function measureRow({ lines }) {
  if (!lines.length) return 0;
  const first = lines[0].getBoundingClientRect().top;
  return (lines[lines.length - 1].getBoundingClientRect().bottom - first) / lines.length;
}

function spaceRow() {
  const row = make("tr", "space");
  row.setAttribute("aria-hidden", "true");
  row.append(make("td"));
  return row;
}

/** @param {HTMLElement} row @param {number} height */
function setSpace(row, height) {
  row.style.height = `${Math.max(0, height)}px`;
}

/** The long table of the open tab has the row at a place in its document. @param {number} place */
export function revealRow(place) {
  current?.reveal(place);
}

/** For paper: all rows. */
export function showAllRows() {
  current?.all();
}

export function forgetWindow() {
  current = null;
}

export function watchScroll() {
  byId("view").addEventListener("scroll", () => current?.update(), { passive: true });
}
