// The scorecard: ranks with their intervals, the pillars of a region, what moves its rank, two of them side by side.

import { make, makeButton, makeFacts } from "../draw/dom.js";
import { DATA, UNITS } from "../model/data.js";
import { change, state } from "../model/state.js";
import { formatNumber, isChinese, localize, nameOf, t } from "../model/words.js";
import { buildTable } from "./table.js";

const WIDE = 1 / 3;
const [MEAN, SUM, SPAN, WEIGHTED] = [1, 2, 3, 4];

/** What stands side by side: places of units, or of groups behind them. @type {{ one?: number | null, other?: number | null }} */
const beside = {};

/** @returns {Scorecard} */
function card() {
  return /** @type {Scorecard} */ (DATA.scorecard);
}

/** @param {HTMLElement} host */
export function showScorecard(host) {
  const { headline, title, rows } = card();
  host.append(make("h2", "headline", localize(headline)), make("p", "soft", localize(title)));
  const own = rows.find(([unit]) => UNITS[unit] === state.focus);
  if (own) host.append(ownCard(own));
  host.append(make("h3", "", t("card_rank")));
  if (!own) host.append(make("p", "soft", t("card_ask")));
  host.append(cardKey(), rankTable(), make("p", "note", localize(card().note)));
  const place = make("section", "card-beside");
  host.append(place);
  [beside.one, beside.other] = own ? [own[0], null] : card().beside;
  showBeside(place);
  host.append(make("h3", "", t("card_whole")));
  for (const sentence of card().sentences) host.append(make("p", "chain-said", localize(sentence)));
}

function ranked() {
  return card().rows.filter(([, rank]) => rank !== null).length;
}

/** @param {CardRow} row */
function isWide([, , low, high]) {
  return Number(high) - Number(low) > WIDE * ranked();
}

function rankTable() {
  /** @type {Column<CardRow>[]} */
  const columns = [
    { head: t("rank"), className: "rank", cell: ([, rank]) => (rank === null ? "–" : formatNumber(rank, 0)) },
    { head: t("card_region"), className: "name", cell: ([unit]) => nameOf(UNITS[unit]) },
    { head: `${t("card_interval")} (1–${ranked()})`, className: "card-track", cell: rankTrack },
    { head: t("card_pillars"), className: "card-bars", cell: pillarBars },
  ];
  return buildTable(columns, card().rows, {
    className: "rank-list",
    isSelected: ([unit]) => UNITS[unit] === state.focus,
    select: ([unit]) => change({ focus: UNITS[unit], pair: null, open: null }),
  });
}

/** @param {CardRow} row */
function rankTrack(row) {
  const [, rank, low, high] = row;
  if (rank === null) return make("span", "soft", t("card_none"));
  const track = make("span", isWide(row) ? "track wide" : "track");
  const at = (/** @type {Value} */ value) => ((Number(value) - 1) / Math.max(1, ranked() - 1)) * 100;
  const [span, dot] = [make("i"), make("b")];
  span.style.left = `${at(low)}%`;
  span.style.width = `${at(high) - at(low)}%`;
  dot.style.left = `${at(rank)}%`;
  track.append(span, dot);
  return labelled(track, t("card_from_to", { rank, low, high }));
}

/** @param {HTMLElement} node @param {string} words */
function labelled(node, words) {
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", words);
  node.title = words;
  return node;
}

/** @param {CardRow} row */
function pillarBars([, , , , , values]) {
  const box = make("span", "pillars");
  const words = card().pillars.map(([name, why], i) => {
    const track = make("u", why ? "empty" : "");
    const bar = make("i");
    bar.style.height = `${(values[i] || 0) * 100}%`;
    track.append(bar);
    box.append(track);
    return `${localize(name)} ${why ? "–" : formatNumber(values[i], 2)}`;
  });
  return labelled(box, words.join("; "));
}

function cardKey() {
  const row = make("p", "soft card-key");
  for (const [kind, words] of [
    ["track", "card_key_sure"],
    ["track wide", "card_key_wide"],
  ]) {
    const track = make("span", kind);
    const [span, dot] = [make("i"), make("b")];
    span.style.width = "100%";
    dot.style.left = "50%";
    track.append(span, dot);
    const pair = make("span");
    pair.append(track, t(words));
    row.append(pair);
  }
  const names = card().pillars.map(([name]) => localize(name));
  row.append(make("span", "", t("card_key_bars", { names: names.join(isChinese() ? "、" : ", ") })));
  if (card().pillars.some(([, why]) => why)) {
    const bars = make("span", "pillars");
    bars.append(make("u", "empty"));
    const pair = make("span");
    pair.append(bars, ` ${t("card_key_empty")}`);
    row.append(pair);
  }
  return row;
}

/** @param {CardRow} row */
function ownCard(row) {
  const [unit, rank, low, high, score, values, shares, told, facts] = row;
  const box = make("section", "card-own");
  const values_ = { name: nameOf(UNITS[unit]), rank, low, high, n: ranked(), score: formatNumber(score, 2) };
  box.append(make("h3", "", rank === null ? `${values_.name}: ${t("card_none")}` : t("card_head", values_)));
  box.append(make("p", "", localize(told)), make("h4", "", t("card_strength")));
  card().pillars.forEach(([name, why], i) => {
    box.append(
      why ? barLine(localize(name), null, localize(why)) : barLine(localize(name), values[i], sayPillar(values, i)),
    );
  });
  box.append(make("h4", "", t("card_moves")));
  if (shares.length) {
    shares.forEach((share, i) => {
      box.append(barLine(localize(card().choices[i]), share, formatNumber(share, 0, "percent")));
    });
    box.append(make("p", "soft", t("card_moves_note")));
  } else box.append(make("p", "soft", t("card_still")));
  box.append(
    makeFacts(
      "side-facts",
      facts.map(([name, text]) => [localize(name), localize(text)]),
    ),
  );
  box.append(makeButton("quiet", t("card_close"), () => change({ focus: null })));
  return box;
}

/** The value of a pillar and its rank among the regions. @param {Value[]} values @param {number} i */
function sayPillar(values, i) {
  const own = values[i];
  if (own === null) return "–";
  const above = card().rows.filter(([, , , , , others]) => Number(others[i] ?? -1) > own).length;
  return `${formatNumber(own, 2)} (${formatNumber(above + 1, 0)})`;
}

/** @param {string} name @param {Value} share @param {string} words */
function barLine(name, share, words) {
  const line = make("div", share === null ? "card-line empty" : "card-line");
  const track = make("u");
  const bar = make("i");
  bar.style.width = `${(share || 0) * 100}%`;
  track.append(bar);
  line.append(make("span", "", name), track, make("span", "", words));
  return line;
}

/** @param {HTMLElement} place */
function showBeside(place) {
  const { figures, groups, rows } = card();
  if (!figures.length) return;
  place.replaceChildren(make("h3", "", t("card_beside")));
  const own = rows.find(([unit]) => unit === beside.one) || rows[0];
  const one = beside.one ?? own[0];
  const other = beside.other ?? own[9][0] ?? rows.find(([unit]) => unit !== one)?.[0] ?? one;
  const picks = make("p", "card-picks");
  picks.append(pickSide(place, "one", one, []), pickSide(place, "other", other, own[9]));
  const table = make("table", "side-figures");
  const head = table.createTHead().insertRow();
  for (const words of [t("card_figure"), sideName(one), sideName(other)]) {
    const cell = make("th", "", words);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  figures.forEach((figure, i) => {
    if (!i || figures[i - 1][0][0] !== figure[0][0]) {
      const title = make("th", "section", localize(figure[0]));
      title.colSpan = 3;
      body.insertRow().append(title);
    }
    const line = body.insertRow();
    const name = make("th", "", localize(figure[1]));
    name.scope = "row";
    line.append(name, make("td", "", tellSide(figure, one)), make("td", "", tellSide(figure, other)));
  });
  place.append(picks, table);
  if (Math.max(one, other) >= UNITS.length && groups.length) place.append(make("p", "note", t("card_group_note")));
}

/** @param {HTMLElement} place @param {"one" | "other"} side @param {number} chosen @param {number[]} peers */
function pickSide(place, side, chosen, peers) {
  const select = make("select");
  select.setAttribute("aria-label", t(`card_${side}`));
  const units = card().rows.map(([unit]) => unit);
  const groups = card().groups.map((_, i) => UNITS.length + i);
  let isSet = false;
  for (const [key, places] of /** @type {[string, number[]][]} */ ([
    ["card_peers", peers],
    ["card_groups", groups],
    ["card_regions", units],
  ])) {
    if (!places.length) continue;
    const group = make("optgroup");
    group.label = t(key);
    for (const at of places) {
      group.append(new Option(sideName(at), String(at), false, !isSet && at === chosen));
      isSet ||= at === chosen;
    }
    select.append(group);
  }
  select.addEventListener("change", () => {
    beside[side] = Number(select.value);
    showBeside(place);
    /** @type {HTMLElement} */ (place.querySelector(`[aria-label="${t(`card_${side}`)}"]`)).focus();
  });
  return select;
}

/** @param {number} at */
function sideName(at) {
  if (at < UNITS.length) return nameOf(UNITS[at]);
  const [name, members] = card().groups[at - UNITS.length];
  return `${localize(name)} (${t("card_members", { n: members.length })})`;
}

/** @param {CardFigure} figure @param {number} at */
function tellSide([, , way, values, weights], at) {
  if (at < UNITS.length) return tellNumber(values[at]);
  const known = card().groups[at - UNITS.length][1].filter((unit) => values[unit] !== null);
  const own = known.map((unit) => Number(values[unit]));
  if (!own.length) return "–";
  const sum = own.reduce((total, value) => total + value, 0);
  if (way === SPAN) return `${tellNumber(Math.min(...own))}–${tellNumber(Math.max(...own))}`;
  if (way === SUM) return tellNumber(sum);
  if (way === MEAN) return tellNumber(sum / own.length);
  const heavy = way === WEIGHTED && weights ? known.map((unit) => Number(weights[unit])) : [];
  const total = heavy.reduce((all, weight) => all + weight, 0);
  return total ? tellNumber(own.reduce((all, value, i) => all + value * heavy[i], 0) / total) : "–";
}

/** Three digits that tell, whole numbers as they are. @param {Value} value */
function tellNumber(value) {
  if (value === null) return "–";
  if (Number.isInteger(value)) return formatNumber(value, 0);
  const size = Math.abs(value);
  return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.01 ? 2 : 4);
}

/** @returns {Table} */
export function scorecardCsv() {
  const { pillars, rows } = card();
  return {
    name: "scorecard",
    head: ["code", "name", "name_zh", "rank", "rank_low", "rank_high", "score", ...pillars.map(([name]) => name[0])],
    rows: rows.map(([unit, rank, low, high, score, values]) => [
      UNITS[unit].code,
      ...UNITS[unit].names,
      ...[rank, low, high, score],
      ...values,
    ]),
  };
}
