// Industry chains: stages left to right, regions by stage, breakpoints and blockages marked, who could fill what is lacking.

import { make, makeButton, makeShape } from "../draw/dom.js";
import { DATA, UNITS } from "../model/data.js";
import { change } from "../model/state.js";
import { formatNumber, localize, t } from "../model/words.js";

const [UNCOVERED, ABSENT, PRESENT] = [0, 1, 2];
const MOST_RADIUS = 9;

/** What is open: the chain, and the region and stage whose candidates are listed. */
const open = { chain: 0, row: -1, stage: -1 };

/** @param {HTMLElement} host */
export function showChains(host) {
  const chains = DATA.chains;
  if (!chains) return;
  const chain = chains[open.chain];
  host.append(make("h2", "headline", t("chain_title", { chain: localize(chain.name) })));
  if (chains.length > 1) host.append(pickChain(host, chains));
  const frame = make("div", "scroll-x");
  frame.append(chainTable(host, chain));
  host.append(frame, chainKey(), fillPart(chain));
  for (const sentence of chain.sentences) host.append(make("p", "chain-said", localize(sentence)));
}

/** @param {HTMLElement} host */
function showAnew(host) {
  host.replaceChildren();
  showChains(host);
}

/** @param {HTMLElement} host @param {ChainSheet[]} chains */
function pickChain(host, chains) {
  const label = make("label", "chain-pick", t("chain_pick"));
  const select = make("select");
  chains.forEach((chain, i) => {
    select.append(new Option(localize(chain.name), String(i), false, i === open.chain));
  });
  select.addEventListener("change", () => {
    Object.assign(open, { chain: Number(select.value), row: -1, stage: -1 });
    const { layer } = chains[open.chain];
    if (layer) change({ extra: layer });
    showAnew(host);
    host.querySelector("select")?.focus();
  });
  label.append(" ", select);
  return label;
}

/** @param {HTMLElement} host @param {ChainSheet} chain */
function chainTable(host, chain) {
  const table = make("table", "chain-cells");
  const head = table.createTHead().insertRow();
  head.append(make("th", "side", t("chain_corner")));
  for (const stage of chain.stages) {
    const cell = make("th", "chevron", localize(stage));
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  const most = Math.max(
    1,
    ...chain.rows.filter(([unit]) => unit !== null).flatMap(([, , cells]) => cells.map((c) => c[1])),
  );
  chain.rows.forEach(([unit, name, cells], row) => {
    const line = body.insertRow();
    if (unit === null) line.className = "whole";
    const side = make("th", "side");
    side.scope = "row";
    side.append(unit === null ? localize(name) : makeButton("as-link", localize(name), () => goTo(unit)));
    line.append(side);
    cells.forEach((cell, stage) => {
      const box = line.insertCell();
      const words = sayCell(localize(name), localize(chain.stages[stage]), cell);
      const button = makeButton("chain-cell", "", () => {
        Object.assign(open, { row, stage });
        if (unit !== null) goTo(unit);
        showAnew(host);
        /** @type {HTMLElement | null} */ (host.querySelector(".chain-cell[aria-pressed=true]"))?.focus();
      });
      button.title = words;
      button.setAttribute("aria-label", words);
      button.setAttribute("aria-pressed", String(row === open.row && stage === open.stage));
      button.append(cellMark(cell, unit === null ? Math.max(most, cell[1]) : most));
      if (cell[0] === PRESENT) button.append(make("small", "", formatNumber(cell[1], 0)));
      box.append(button);
    });
  });
  return table;
}

/** @param {number} unit */
function goTo(unit) {
  change({ focus: UNITS[unit], pair: null, open: null });
}

/** @param {string} region @param {string} stage @param {ChainCell} cell */
function sayCell(region, stage, [state, actors, clogs, said]) {
  const states = [t("chain_uncovered"), t("chain_break"), t("chain_actors", { n: formatNumber(actors, 0) })];
  const parts = [`${region} · ${stage}`, states[state]];
  if (clogs) parts.push(t("chain_clog"));
  if (said) parts.push(localize(said));
  return parts.join("; ");
}

/** Circle by number of actors, dashed with a cross for a breakpoint, a diamond for a blockage. @param {ChainCell} cell @param {number} most */
function cellMark([state, actors, clogs], most) {
  const box = makeShape("svg", { width: 34, height: 22, "aria-hidden": "true", class: "chain-mark" });
  if (state === PRESENT) {
    box.append(
      makeShape("circle", { cx: 12, cy: 11, r: Math.max(4, MOST_RADIUS * Math.sqrt(actors / most)), class: "has" }),
    );
  } else if (state === ABSENT) {
    box.append(makeShape("circle", { cx: 12, cy: 11, r: 8, class: "break" }));
    box.append(makeShape("path", { d: "M9 8l6 6M15 8l-6 6", class: "cross" }));
  } else if (state === UNCOVERED) {
    box.append(makeShape("path", { d: "M8 11h8", class: "unknown" }));
  }
  if (clogs) {
    box.append(makeShape("path", { d: "M27 4l6.5 7l-6.5 7l-6.5-7Z", class: "clog" }));
    box.append(makeShape("path", { d: "M27 7.5v4M27 13.5v1.4", class: "bang" }));
  }
  return box;
}

function chainKey() {
  const row = make("p", "soft spill-key");
  /** @type {[ChainCell, string][]} */
  const marks = [
    [[PRESENT, 1, 0, null], "chain_key_has"],
    [[ABSENT, 0, 0, null], "chain_break"],
    [[PRESENT, 1, 1, null], "chain_clog"],
    [[UNCOVERED, 0, 0, null], "chain_uncovered"],
  ];
  for (const [cell, words] of marks) row.append(cellMark(cell, 1), make("span", "", t(words)));
  return row;
}

/** Candidates for the cell that was picked, else for the first of each region. @param {ChainSheet} chain */
function fillPart(chain) {
  const part = make("section", "chain-fill");
  const unit = chain.rows[open.row]?.[0] ?? null;
  const rows = chain.fill.filter(([region, stage]) => region === unit && stage === open.stage);
  if (unit === null || open.stage < 0) {
    part.append(make("p", "soft", t("chain_ask")));
    return part;
  }
  const where = { region: localize(chain.rows[open.row][1]), stage: localize(chain.stages[open.stage]) };
  part.append(make("h3", "", t("chain_who", where)));
  const said = chain.rows[open.row][2][open.stage][3];
  if (said) part.append(make("p", "soft", localize(said)));
  if (!rows.length) {
    part.append(make("p", "soft", t("chain_nobody")));
    return part;
  }
  const list = make("ol", "chain-candidates");
  for (const [, , candidate, chance, low, high, tied, together] of rows) {
    const item = make("li");
    const region = UNITS[candidate];
    const share = [chance, low, high].map((value) => formatNumber(value, 0, "percent"));
    item.append(makeButton("as-link", localize(region.names), () => goTo(candidate)));
    item.append(make("span", "", ` ${t("chain_chance", { p: share[0], low: share[1], high: share[2] })}`));
    if (tied && rows.length > 1) item.append(make("small", "soft", ` ${t("chain_tied")}`));
    if (together) item.append(make("small", "", localize(together)));
    list.append(item);
  }
  part.append(list);
  return part;
}

/** @returns {Table} */
export function chainsCsv() {
  const chain = /** @type {ChainSheet[]} */ (DATA.chains)[open.chain];
  const head = ["region", "region_zh", "stage", "stage_zh", "state", "actors", "clogs", "said", "said_zh"];
  const states = ["not covered", "absent", "present"];
  const rows = chain.rows.flatMap(([, name, cells]) =>
    cells.map(([state, actors, clogs, said], i) => [
      ...name,
      ...chain.stages[i],
      states[state],
      actors,
      clogs,
      ...(said ?? ["", ""]),
    ]),
  );
  return { name: "chain_stages", head, rows };
}
