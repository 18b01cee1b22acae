// The box beside the pointer. Text only.

let tip = null;

function addTip(host) {
  tip = make("div", "tip");
  tip.id = "tip";
  tip.hidden = true;
  host.append(tip);
}

function tipLines(kind, item) {
  if (kind === "link") return [pairName(item.a, item.b), [t("weight"), formatWeight(item.weight)], ...(item.outside ? [[t("outside_region"), pick(item.b.names)]] : [])];
  if (kind === "gap") {
    const lines = [pairName(item.a, item.b), [t("observed"), formatCount(item.observed)], [t("expected"), formatAmount(item.expected)]];
    if (item.low !== undefined) lines.push([t("interval"), formatCount(item.low) + " – " + formatCount(item.high)]);
    lines.push([t("gap"), formatAmount(item.gap)]);
    return lines;
  }
  const score = SCORES[state.score];
  const lines = [nameOf(item)];
  if (score) {
    const value = score.values[item.i];
    lines.push([pick(score.label), formatScore(score, value)]);
    if (value !== null) lines.push([t("rank"), t("region_rank", { n: score.ranks[item.i], all: score.of })]);
  }
  if (!score || score.key !== "strength") lines.push([t("strength_between"), formatWeight(item.strength)]);
  return lines;
}

function showTip(kind, item, event) {
  if (!item) return;
  const [head, ...rest] = tipLines(kind, item);
  tip.replaceChildren(make("strong", "", head));
  for (const [label, value] of rest) {
    const row = make("div");
    row.append(make("span", "", label), make("b", "", value));
    tip.append(row);
  }
  tip.hidden = false;
  const stage = tip.parentNode.getBoundingClientRect();
  const x = event.clientX - stage.left, y = event.clientY - stage.top;
  tip.style.left = Math.max(4, x + 16 + tip.offsetWidth > stage.width ? x - tip.offsetWidth - 12 : x + 16) + "px";
  tip.style.top = Math.max(4, Math.min(y + 14, stage.height - tip.offsetHeight - 6)) + "px";
}

function hideTip() {
  tip.hidden = true;
}
