// The profile of one region.

const PARTNERS_SHOWN = 12;

// Both directions of a directed network together, strongest first.
function partnersOf(region) {
  const found = new Map();
  for (const link of region.links) {
    const other = link.a === region ? link.b : link.a;
    const entry = found.get(other) || { region: other, weight: 0, sent: 0, received: 0 };
    entry.weight += link.weight;
    entry[link.a === region ? "sent" : "received"] += link.weight;
    found.set(other, entry);
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight);
}

function showRegion(host) {
  const region = state.focus;
  if (!region) {
    host.append(make("p", "note", t("region_none")));
    return;
  }
  const head = make("div", "region-head");
  head.append(make("h2", "", nameOf(region)), make("span", "soft", (region.parent ? pick(region.parent) + " · " : "") + region.code));
  host.append(head);
  if (!region.point) host.append(make("p", "note caution", t("region_off")));
  host.append(regionFacts(region));
  showPartners(host, region);
  showOwnGaps(host, region);
  showOwnScores(host, region);
  showOutside(host, region);
}

function regionFacts(region) {
  const facts = [
    ["strength_between", formatWeight(region.strength)],
    ["partners_n", formatNumber(partnersOf(region).length, 0)],
    ["strength_internal", region.internal === null ? null : formatWeight(region.internal)],
    ["strength_outside", D.outside && region.external !== null ? formatWeight(region.external) : null],
  ];
  const list = make("dl", "cards");
  for (const [key, text] of facts) {
    if (text === null) continue;
    const card = make("div");
    card.append(make("dt", "", t(key)), make("dd", "", text));
    list.append(card);
  }
  return list;
}

function showOwnScores(host, region) {
  if (!SCORES.length) return;
  host.append(make("h3", "", t("scores")));
  const columns = [
    { head: t("tab_scores"), className: "name", cell: (score) => pick(score.label) },
    { head: t("value"), className: "number", cell: (score) => formatScore(score, score.values[region.i]) },
    { head: t("rank"), className: "number wide", cell: (score) => rankCell(score, region) },
  ];
  host.append(buildTable(columns, SCORES, { className: "plain" }));
}

function rankCell(score, region) {
  const rank = score.ranks[region.i];
  if (rank === null) return "–";
  return barCell(t("region_rank", { n: rank, all: score.of }), 1 - (rank - 1) / Math.max(1, score.of - 1), "score");
}

function showPartners(host, region) {
  host.append(make("h3", "", t("partners")));
  const partners = partnersOf(region).slice(0, PARTNERS_SHOWN);
  if (!partners.length) {
    host.append(make("p", "note", t("region_no_links")));
    return;
  }
  const largest = partners[0].weight;
  const columns = [{ head: t("region"), className: "name", cell: (entry) => nameNode(nameOf(entry.region)) }];
  if (D.directed) {
    for (const way of ["sent", "received"]) columns.push({ head: t(way), className: "number", cell: (entry) => formatWeight(entry[way]) });
  }
  columns.push({ head: t("weight"), className: "number wide", cell: (entry) => barCell(formatWeight(entry.weight), entry.weight / largest, "link") });
  host.append(buildTable(columns, partners, { className: "plain", pick: (entry) => focusFromList(entry.region) }));
}

function showOwnGaps(host, region) {
  const gaps = gapsOf(region);
  if (!gaps.length) return;
  host.append(make("h3", "", t("own_gaps")));
  const other = (gap) => (gap.a === region ? gap.b : gap.a);
  const columns = gapColumns().filter((column) => column.className !== "rank");
  columns[0] = { head: t("region"), className: "name", cell: (gap) => nameOf(other(gap)) };
  host.append(buildTable(columns, gaps, {
    className: "plain",
    pick: (gap) => {
      change({ tab: "gaps" });
      pickGap(gap);
    },
  }));
}

function focusFromList(region) {
  focusOn(region);
  showMap();
}

function showOutside(host, region) {
  if (!region.outside.length) return;
  host.append(make("h3", "", t("outside_partners")));
  const partners = [...region.outside].sort((a, b) => b.weight - a.weight).slice(0, PARTNERS_SHOWN);
  const columns = [
    { head: t("region"), className: "name", cell: (entry) => pick(entry.b.names) },
    { head: t("weight"), className: "number wide", cell: (entry) => barCell(formatWeight(entry.weight), entry.weight / partners[0].weight, "link") },
  ];
  host.append(buildTable(columns, partners, { className: "plain" }));
}

function regionCsv() {
  const region = state.focus;
  const rows = region ? partnersOf(region) : [];
  return {
    name: region ? "partners-" + region.code.replace(/[^\w-]/g, "_") : "partners",
    head: ["code", "name", "name_zh", "weight", "sent", "received"].slice(0, D.directed ? 6 : 4),
    rows: rows.map((entry) => [entry.region.code, ...entry.region.names, entry.weight, entry.sent, entry.received].slice(0, D.directed ? 6 : 4)),
  };
}
