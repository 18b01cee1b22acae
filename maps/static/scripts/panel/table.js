// Tables of the panel. A table is one stop of the tab key; inside, arrows move.

import { make, makeButton } from "../draw/dom.js";
import { t } from "../model/words.js";
import { showWindow, WINDOW_FROM } from "./row_window.js";

/**
 * @template Row
 * @param {Column<Row>[]} columns
 * @param {Row[]} rows
 * @param {TableOptions<Row>} options with `select` rows can be chosen, with `sortBy` columns that have a key be sorted by
 */
export function buildTable(columns, rows, options) {
  const table = make("table", options.className);
  const head = table.createTHead().insertRow();
  for (const column of columns) head.append(headCell(column, options));
  const body = table.createTBody();
  if (rows.length > WINDOW_FROM) showWindow(body, rows, (row) => buildRow(columns, row, options));
  else for (const row of rows) body.append(buildRow(columns, row, options));
  if (options.select) keepOneStop(table);
  return table;
}

/** @template Row @param {Column<Row>} column @param {TableOptions<Row>} options */
function headCell({ key, head, className, meaning }, { sortBy, order }) {
  const cell = make("th", className);
  cell.scope = "col";
  if (!key || !sortBy) {
    cell.textContent = head;
    return cell;
  }
  const button = makeButton("sort", head, () => sortBy(key));
  button.dataset.key = key;
  button.setAttribute("aria-label", t("sort", { name: head }));
  if (meaning) button.title = meaning;
  if (order?.key === key) cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
  cell.append(button);
  return cell;
}

/** @template Row @param {Column<Row>[]} columns @param {Row} row @param {TableOptions<Row>} options */
function buildRow(columns, row, { select, isSelected, rowClass }) {
  const line = make("tr", rowClass?.(row));
  for (const column of columns) {
    const cell = make("td", column.className);
    cell.append(column.cell(row));
    line.append(cell);
  }
  if (!select) return line;
  line.tabIndex = -1;
  markSelected(line, Boolean(isSelected?.(row)));
  line.addEventListener("click", () => select(row));
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    select(row);
  });
  return line;
}

/** @param {HTMLElement} line @param {boolean} selected */
export function markSelected(line, selected) {
  line.classList.toggle("picked", selected);
  line.setAttribute("aria-selected", String(selected));
}

/**
 * The tab key comes to what had the focus last: the selected row, or the first, or a head to sort by.
 * @param {HTMLTableElement} table
 */
function keepOneStop(table) {
  /** @param {HTMLElement | null} node */
  const stopAt = (node) => {
    for (const stop of table.querySelectorAll('[tabindex="0"]')) /** @type {HTMLElement} */ (stop).tabIndex = -1;
    if (node) node.tabIndex = 0;
  };
  const heads = [.../** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll(".sort"))];
  for (const head of heads) head.tabIndex = -1;
  stopAt(table.querySelector("tbody tr.picked") || table.querySelector("tbody tr[tabindex]"));
  table.addEventListener("focusin", (event) => stopAt(/** @type {HTMLElement} */ (event.target)));
  table.addEventListener("keydown", (event) => {
    const next = nextStop(table, heads, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** @param {HTMLTableElement} table @param {HTMLElement[]} heads @param {string} key @returns {HTMLElement | null} */
function nextStop(table, heads, key) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
  const here = document.activeElement;
  if (!step || !(here instanceof HTMLElement)) return null;
  const upright = key === "ArrowDown" || key === "ArrowUp";
  const among = heads.indexOf(here);
  if (among >= 0 && !upright) return heads[among + step] || null;
  /** @type {NodeListOf<HTMLElement>} */
  const rows = table.querySelectorAll(":scope > tbody > tr[tabindex]");
  const at = [...rows].indexOf(here);
  if (among >= 0) return step > 0 ? rows[0] : null;
  if (at < 0 || !upright) return null;
  return rows[at + step] || (step < 0 ? heads[0] : null) || null;
}

/**
 * A number over a bar of its share of the largest.
 * @param {string} text
 * @param {number} share -1 to 1
 * @param {string} kind
 * @param {boolean} [signed] the bar starts from a line in the middle
 */
export function barCell(text, share, kind, signed = false) {
  const side = signed ? (share < 0 ? " signed below" : " signed") : "";
  const box = make("span", `bar ${kind}${side}`);
  const bar = make("i");
  bar.style.width = `${Math.min(1, Math.abs(share)) * (signed ? 50 : 100)}%`;
  box.append(bar, make("b", "", text));
  return box;
}

/** A name that may break behind a slash. @param {string} name */
export function nameCell(name) {
  const node = make("span");
  const [first, ...rest] = name.split("/");
  node.append(first, ...rest.flatMap((part) => ["/", make("wbr"), part]));
  return node;
}
