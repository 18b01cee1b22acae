// The ranked table of gaps.

const LONG_NAME = 20;
const GRADES = { strong: 3, moderate: 2, weak: 1, none: 0 };
const MAX_GAP = Math.max(1e-9, ...GAPS.map((gap) => gap.gap || 0));

function gradeMark(gap) {
  const grade = gap.grade in GRADES ? gap.grade : "none";
  const mark = make("span", "grade grade-" + grade, t("grade_" + grade));
  return mark;
}

function expectedCell(gap) {
  const box = make("span", "stack");
  box.append(make("b", "", formatAmount(gap.expected)));
  if (gap.low !== undefined && gap.high !== undefined) box.append(make("small", "", formatCount(gap.low) + "–" + formatCount(gap.high)));
  return box;
}

function gapColumns() {
  const columns = [
    { head: t("rank"), className: "rank", cell: (gap) => String(gap.i + 1) },
    { head: t("pair"), className: "name", cell: (gap) => pairCell(gap) },
    { head: t("observed"), className: "number", cell: (gap) => formatCount(gap.observed) },
    { head: t("expected"), className: "number", cell: expectedCell },
    { head: t("gap"), className: "number wide", cell: (gap) => barCell(formatAmount(gap.gap), (gap.gap || 0) / MAX_GAP, "gap") },
  ];
  if (GAPS.some((gap) => gap.grade)) columns.push({ head: t("evidence"), className: "mark", cell: gradeMark });
  return columns;
}

// The two names may part at the dash, each stays whole as long as it can.
function pairCell(gap) {
  const box = make("span", "pair");
  box.append(make("span", "", briefName(gap.a)), " ", make("span", "", (D.directed ? "→\u00a0" : "–\u00a0") + briefName(gap.b)));
  box.title = pairName(gap.a, gap.b);
  return box;
}

// A name too long for its column is shortened; the whole one is in the title.
function briefName(region) {
  return nameOf(region).length > LONG_NAME ? shortName(region) : nameOf(region);
}

function showGaps(host) {
  if (!D.gaps) {
    host.append(make("p", "note", t("gaps_none")), ...D.notes.map((note) => make("p", "note", pick(note))));
    return;
  }
  if (D.gaps.significant !== null) {
    const words = D.gaps.significant ? t("gaps_supported", { n: D.gaps.significant, all: formatNumber(D.gaps.all, 0) }) : t("gaps_unsupported");
    host.append(make("p", "note" + (D.gaps.significant ? "" : " caution"), words));
  }
  host.append(gapTable(GAPS));
  if (D.gaps.model) host.append(make("p", "note", pick(D.gaps.model)));
  host.append(make("p", "note", t("gaps_listed", { n: formatNumber(GAPS.length, 0), all: formatNumber(D.gaps.all, 0) })));
}

function gapTable(gaps) {
  const table = buildTable(gapColumns(), gaps, {
    className: "gap-table",
    isPicked: (gap) => Boolean(state.pair) && state.pair.gap === gap,
    pick: (gap, line) => pickGap(gap, line),
  });
  [...table.tBodies[0].rows].forEach((line, i) => line.classList.add("gap-" + gaps[i].i));
  return table;
}

function pickGap(gap) {
  pickPair(gap.a, gap.b, gap);
  zoomToPair(gap.a, gap.b);
  showMap();
}

// Marks the picked row and opens its figures below it, without building the table anew.
function markPickedGap() {
  document.querySelectorAll("tr.detail").forEach((row) => row.remove());
  document.querySelectorAll(".gap-table tr.picked").forEach((row) => {
    row.classList.remove("picked");
    row.setAttribute("aria-selected", "false");
  });
  const gap = state.pair && state.pair.gap;
  const line = gap && document.querySelector(".gap-table tr.gap-" + gap.i);
  if (!line) return;
  line.classList.add("picked");
  line.setAttribute("aria-selected", "true");
  const detail = make("tr", "detail");
  const cell = make("td");
  cell.colSpan = line.cells.length;
  cell.append(gapDetail(gap));
  detail.append(cell);
  line.after(detail);
  if (!narrow.matches) line.scrollIntoView({ block: "nearest" });
}

function gapDetail(gap) {
  const facts = [
    ["detail_ratio", gap.ratio, (value) => formatNumber(value, 2)],
    ["detail_shrunken", gap.shrunken_ratio, (value) => formatNumber(value, 2)],
    ["detail_shortfall", gap.shortfall_probability, (value) => formatNumber(value, 0, "percent")],
    ["detail_stability", gap.stability, (value) => formatNumber(value, 0, "percent")],
    ["detail_p", gap.p, formatProbability],
    ["detail_q", gap.q, formatProbability],
    ["detail_distance", gap.distance_km, (value) => t("km", { n: formatNumber(value, 0) })],
    ["detail_overlap", gap.field_overlap, (value) => formatNumber(value, 2)],
  ];
  const list = make("dl", "facts");
  for (const [key, value, form] of facts) {
    if (value === undefined || value === null) continue;
    const fact = make("div");
    fact.append(make("dt", "", t(key)), make("dd", "", form(value)));
    list.append(fact);
  }
  const box = make("div");
  if (gap.reason) box.append(make("p", "reason", pick(gap.reason)));
  box.append(list);
  if (gap.gap > 0 && "gain_closeness_source" in gap) box.append(gainTable(gap));
  if (gap.partners.length) box.append(partnerList(gap.partners));
  return box;
}

// What closing the gap to its expectation would bring to both ends and to all.
function gainTable(gap) {
  const part = make("div", "gains");
  const percent = (value) => (value === null ? "–" : "+" + formatNumber(value, 1) + (tongue() ? "%" : " %"));
  const rows = [[gap.a, "source"], [gap.b, "target"]].map(([region, end]) => ({
    name: shortName(region), received: gap["gain_received_" + end], closeness: percent(gap["gain_closeness_" + end]),
  }));
  rows.push({ name: t("gain_all"), received: gap.gain_received_all, closeness: "" });
  const columns = [{ head: t("gains"), className: "name", cell: (row) => row.name }];
  const spills = rows.every((row) => row.received !== undefined && row.received !== null);
  if (spills) columns.push({ head: t("gain_received"), className: "number", cell: (row) => "+" + formatAmount(row.received) });
  columns.push({ head: t("gain_closeness"), className: "number", cell: (row) => row.closeness });
  part.append(buildTable(columns, spills ? rows : rows.slice(0, 2), { className: "plain" }));
  if (spills && D.indicator) part.append(make("p", "soft", t("gains_unit", { what: pick(D.indicator.names), unit: pick(D.indicator.unit) || "–" })));
  return part;
}

// Pairs of actors that could start, and what speaks for each.
function partnerList(partners) {
  const part = make("div", "starters");
  part.append(make("h4", "", t("starters")));
  const list = make("ol");
  for (const [first, second, reason] of partners) {
    const item = make("li");
    item.append(make("b", "", pick(first) + " – " + pick(second)), make("span", "", pick(reason)));
    list.append(item);
  }
  part.append(list);
  return part;
}

function partnerText([first, second, reason]) {
  return pick(first) + " – " + pick(second) + (tongue() ? "：" : ": ") + pick(reason);
}

function gapsCsv() {
  const keys = D.gaps ? Object.keys(D.gaps.rows).filter((key) => !["source", "target", "grade"].includes(key)) : [];
  const place = tongue() ? "zh" : "en";
  const most = Math.max(0, ...GAPS.map((gap) => gap.partners.length));
  const starters = Array.from({ length: most }, (_, i) => i);
  return {
    name: "gaps",
    head: ["rank", "source", "target", "source_name_" + place, "target_name_" + place, ...keys, "grade", ...starters.map((i) => "partner_" + (i + 1))],
    rows: GAPS.map((gap) => [
      gap.i + 1, gap.a.code, gap.b.code, nameOf(gap.a), nameOf(gap.b),
      ...keys.map((key) => (Array.isArray(gap[key]) ? pick(gap[key]) : gap[key])), gap.grade,
      ...starters.map((i) => (gap.partners[i] ? partnerText(gap.partners[i]) : null)),
    ]),
  };
}
