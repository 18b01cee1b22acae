// The table of all scores; the one on the map comes first.

function sortedRegions() {
  const order = state.sort || { key: SCORES.length ? SCORES[state.score].key : "name", down: true };
  const score = SCORES.find((one) => one.key === order.key);
  const turn = order.down ? -1 : 1;
  const compare = score
    ? (a, b) => {
      const [x, y] = [score.values[a.i], score.values[b.i]];
      if (x === null || y === null) return (x === null) - (y === null);  // no value comes last either way
      return turn * (x - y);
    }
    : (a, b) => turn * nameOf(a).localeCompare(nameOf(b), state.lang === "zh" ? "zh-CN" : "en");
  return { order, regions: [...UNITS].sort(compare) };
}

function sortBy(key) {
  const { order } = sortedRegions();
  change({ sort: { key, down: order.key === key ? !order.down : key !== "name" } });
}

function scoreColumns() {
  const chosen = SCORES[state.score];
  const others = SCORES.filter((score) => score !== chosen);
  const columns = [
    { head: t("rank"), className: "rank", cell: (region) => rankText(chosen, region) },
    { head: t("region"), className: "name", key: "name", sort: true, cell: (region) => nameNode(nameOf(region)) },
  ];
  if (chosen) columns.push(scoreColumn(chosen, true));
  return columns.concat(others.map((score) => scoreColumn(score, false)));
}

function rankText(score, region) {
  const rank = score ? score.ranks[region.i] : null;
  return rank === null ? "–" : String(rank);
}

function scoreColumn(score, chosen) {
  return {
    head: pick(score.label), key: score.key, meaning: pick(score.meaning), sort: true, className: "number" + (chosen ? " wide" : ""),
    cell: (region) => {
      const value = score.values[region.i];
      const text = formatScore(score, value);
      return chosen ? barCell(text, score.max ? Math.abs(value || 0) / score.max : 0, "score") : text;
    },
  };
}

function showScores(host) {
  const { order, regions } = sortedRegions();
  const chosen = SCORES[state.score];
  if (chosen && pick(chosen.meaning)) host.append(make("p", "note", pick(chosen.label) + (tongue() ? "：" : ": ") + pick(chosen.meaning) + (tongue() ? "。" : ".")));
  const frame = make("div", "scroll-x");
  frame.append(buildTable(scoreColumns(), regions, {
    className: "score-table", order, sortBy, pick: focusFromList, isPicked: (region) => region === state.focus,
  }));
  host.append(frame);
}

function scoresCsv() {
  const { regions } = sortedRegions();
  return {
    name: "scores",
    head: ["code", "name", "name_zh", ...SCORES.map((score) => score.key)],
    rows: regions.map((region) => [region.code, region.names[0], region.names[1], ...SCORES.map((score) => score.values[region.i])]),
  };
}
