// What changed: gaps that opened, persist and closed between two years, or the years one under the other.

import { make, makeButton } from "../draw/dom.js";
import { moveSign } from "../draw/signs.js";
import { openPair } from "../draw/view.js";
import { formatDue } from "../model/answers.js";
import { DATA, MOVES } from "../model/data.js";
import { currentPeriod, YEARS } from "../model/period.js";
import { change, isComparing, state } from "../model/state.js";
import { formatCount, formatNumber, formatWeight, localize, nameOf, shortName, t } from "../model/words.js";
import { compareYears, gradeOfLetter, tallyYears, totalsOf } from "../model/year_sums.js";
import { keepOneRow } from "./own_gaps.js";
import { buildTable } from "./table.js";
import { choosePeriod } from "./time.js";
import { buildYearCurves } from "./year_curves.js";

const MOVE_KINDS = ["opened", "persists", "closed"];
const MOVES_LISTED = 8;
const STATE_BAR = 74;

/** Lists that the reader has opened openedWhole. @type {Set<string>} */
const openedWhole = new Set();

/** @param {HTMLElement} host */
export function showYears(host) {
  const years = /** @type {YearData} */ (YEARS);
  if (isComparing()) showMoves(host, years);
  else showTally(host, years);
  host.append(...DATA.recordLimits.map((place) => make("p", "note", localize(DATA.limits[place]))));
}

/** @param {string} kind */
function movesOf(kind) {
  const { focus } = state;
  return MOVES.filter(({ move, a, b }) => move === kind && (!focus || a === focus || b === focus));
}

/** @param {HTMLElement} host @param {YearData} years */
function showMoves(host, years) {
  const { from, to } = currentPeriod();
  const counts = Object.fromEntries(MOVE_KINDS.map((kind) => [kind, formatNumber(movesOf(kind).length, 0)]));
  const me = state.focus ? `${nameOf(state.focus)} · ` : "";
  host.append(make("h2", "headline", me + t("years_head", { from, to, ...counts })));
  host.append(make("p", "told", sayChange(years)));
  const largest = Math.max(1e-9, ...MOVES.flatMap(({ before, after }) => [before, after].map(sizeOf)));
  const head = make("div", "move-row move-head soft");
  for (const words of [
    t("years_pair"),
    t("years_both", { year: from }),
    t("years_both", { year: to }),
    t("years_sure"),
  ])
    head.append(make("span", "", words));
  const list = make("div", "moves");
  list.append(head);
  for (const kind of MOVE_KINDS) listMoves(list, kind, largest);
  host.append(list);
  keepOneRow(list, "button.move-row");
  showUnclear(host);
  if (years.gaps && years.gaps.all > years.gaps.pairs.length) {
    const [n, all] = [years.gaps.pairs.length, years.gaps.all].map((count) => formatNumber(count, 0));
    host.append(make("p", "note", t("years_carried", { n, all })));
  }
}

/** @param {YearState} one */
function sizeOf({ observed, expected }) {
  return Math.max(observed, expected || 0);
}

/** @param {YearData} years */
function sayChange(years) {
  const { from, to } = currentPeriod();
  const totals = totalsOf(years);
  const [before, after] = [from, to].map((year) => formatWeight(totals[years.list.indexOf(year)]));
  const opened = movesOf("opened");
  const rose = opened.filter((move) => move.after.observed >= move.before.observed).length;
  const words = [t("years_links", { before, after })];
  if (rose) words.push(t("years_rose", { n: rose, all: opened.length }));
  return words.join(state.lang === "zh" ? "" : " ");
}

/** @param {HTMLElement} host @param {string} kind @param {number} largest */
function listMoves(host, kind, largest) {
  const { from, to } = currentPeriod();
  const moves = movesOf(kind);
  const title = make("div", "move-title");
  title.append(
    moveSign(kind),
    make("h3", "", t("move_n", { move: t(`move_${kind}`), n: formatNumber(moves.length, 0) })),
  );
  title.append(make("span", "soft", t(`move_${kind}_why`, { from, to })));
  host.append(title);
  const shown = openedWhole.has(kind) ? moves : moves.slice(0, MOVES_LISTED);
  for (const move of shown) host.append(moveRow(move, largest));
  if (shown.length < moves.length) host.append(moreButton(kind, moves.length));
}

/** @param {string} kind @param {number} n */
function moreButton(kind, n) {
  return makeButton("quiet more-moves", t("moves_all", { n: formatNumber(n, 0) }), () => {
    openedWhole.add(kind);
    change({ period: state.period && { ...state.period } }); // the list is shown anew
  });
}

/** @param {Move} move @param {number} largest */
function moveRow(move, largest) {
  const row = makeButton(`move-row move-${move.i}`, "", () => openPair(move.a, move.b));
  const name = make("span", "own-name", `${shortName(move.a)} — ${shortName(move.b)}`);
  row.append(name, stateCell(move.before, move.move, largest), stateCell(move.after, move.move, largest));
  const now = move.move === "closed" ? "–" : t(`sure_${gradeOfLetter(move.after.grade)}`);
  row.append(make("span", "move-sure", now));
  row.addEventListener("mouseenter", () => change({ hover: { kind: "move", item: move } }));
  row.addEventListener("mouseleave", () => change({ hover: null }));
  return row;
}

/** Filled: actual; dashed: due; a white tick where the actual passed it. @param {YearState} one @param {string} kind @param {number} largest */
function stateCell(one, kind, largest) {
  const cell = make("span", "state");
  const bar = make("span", `due due-${kind}`);
  const size = (/** @type {Value} */ value) => Math.sqrt((value || 0) / largest) * STATE_BAR;
  const [is, due] = [make("i"), make("u")];
  is.style.width = `${size(one.observed)}px`;
  due.style.width = `${size(one.expected)}px`;
  due.classList.toggle("passed", one.observed >= (one.expected || 0));
  bar.style.width = `${STATE_BAR}px`;
  bar.append(is, due);
  const due_ = one.expected === null ? "?" : formatDue(one.expected);
  cell.append(bar, make("span", "", `${formatCount(one.observed)} / ${due_}`));
  return cell;
}

/** @param {HTMLElement} host */
function showUnclear(host) {
  const moves = movesOf("unclear");
  if (!moves.length) return;
  const box = make("div", "unclear");
  const words = make("p", "soft", t("move_unclear_why", { n: formatNumber(moves.length, 0) }));
  const names = moves.slice(0, openedWhole.has("unclear") ? moves.length : MOVES_LISTED).map(({ a, b }) => {
    return makeButton("as-link", `${shortName(a)} — ${shortName(b)}`, () => openPair(a, b));
  });
  const list = make("p", "unclear-names");
  list.append(...names);
  if (names.length < moves.length) list.append(moreButton("unclear", moves.length));
  const told = make("div");
  told.append(words, list);
  box.append(moveSign("unclear"), told);
  host.append(box);
}

/** @param {HTMLElement} host @param {YearData} years */
function showTally(host, years) {
  const { list } = years;
  host.append(make("h2", "headline", t("years_table")));
  const { from, to } = currentPeriod();
  const [first, last] = from < to ? [from, to] : [list[0], list[list.length - 1]];
  const button = makeButton("quiet compare", t("years_compare", { from: first, to: last }), () =>
    choosePeriod({ kind: "two", from: first, to: last }),
  );
  host.append(button, buildYearCurves(years));
  const rows = tallyYears(years).map((row, i) => {
    const moves = i ? compareYears(years, i - 1, i) : [];
    const count = (/** @type {string} */ kind) => (i ? moves.filter(({ move }) => move === kind).length : null);
    return { ...row, opened: count("opened"), closed: count("closed") };
  });
  const number = (/** @type {string} */ key, /** @type {(row: any) => string} */ cell) => ({
    head: t(`years_${key}`),
    className: "number",
    cell,
  });
  const plain = (/** @type {Value} */ value) => (value === null ? "–" : formatNumber(value, 0));
  const columns = [
    { head: t("time_to"), className: "name", cell: (/** @type {any} */ row) => String(row.year) },
    number("weight", (row) => formatWeight(row.weight)),
    number("pairs", (row) => plain(row.pairs)),
  ];
  if (years.gaps) {
    columns.push(
      number("gaps", (row) => plain(row.gaps)),
      number("opened", (row) => plain(row.opened)),
    );
    columns.push(number("closed", (row) => plain(row.closed)));
  }
  host.append(
    buildTable(columns, rows, {
      className: "short-table",
      isSelected: (row) => row.year >= from && row.year <= to,
      select: (row) => choosePeriod({ kind: "year", from: row.year, to: row.year }),
    }),
    make("p", "note", t("years_note")),
  );
}

/** @returns {Table} */
export function yearsCsv() {
  const { from, to } = currentPeriod();
  const parts = [from, to].flatMap((year) => [`observed_${year}`, `expected_${year}`, `grade_${year}`]);
  const tell = (/** @type {YearState} */ { observed, expected, grade }) => [
    observed,
    expected,
    grade === "-" ? null : gradeOfLetter(grade),
  ];
  return {
    name: `change-${from}-${to}`,
    head: ["source", "target", "source_name", "target_name", ...parts, "moved"],
    rows: MOVES.map(({ a, b, before, after, move }) => [
      ...[a.code, b.code, nameOf(a), nameOf(b)],
      ...[...tell(before), ...tell(after), move],
    ]),
  };
}
