// Expected against observed, group by group: does the model that finds the gaps fit at all?

const PLOT = { width: 400, height: 260, left: 52, right: 12, top: 10, bottom: 40 };

function showFit(host) {
  const fit = D.gaps && D.gaps.fit;
  if (!fit || !fit.calibration.length) return;
  const pairs = fit.calibration.map(([n]) => n).sort((a, b) => a - b);
  const words = t("about_fit_text", { n: formatNumber(pairs[Math.floor(pairs.length / 2)], 0) });
  const figure = make("figure", "plot");
  figure.append(drawCalibration(fit.calibration, words));
  host.append(make("h3", "", t("about_fit")), make("p", "", words), figure, fitFacts(fit));
}

function fitFacts(fit) {
  const list = make("dl", "facts wide");
  for (const [key, decimals] of [["auc", 3], ["pseudo_r2", 2], ["dispersion", 2], ["deviance", 1]]) {
    if (fit[key] === null) continue;
    const row = make("div");
    row.append(make("dt", "", t("fit_" + key)), make("dd", "", formatNumber(fit[key], decimals)));
    list.append(row);
  }
  return list;
}

function drawCalibration(groups, words) {
  const known = groups.flatMap(([, expected, observed, low, high]) => [expected, observed, low, high]).filter((value) => value > 0);
  const low = Math.min(...known) / 1.3, high = Math.max(...known) * 1.3;
  const share = (value) => Math.max(-0.04, Math.log(value / low) / Math.log(high / low));
  const x = (value) => PLOT.left + share(value) * (PLOT.width - PLOT.left - PLOT.right);
  const y = (value) => PLOT.height - PLOT.bottom - (value > 0 ? share(value) : -0.04) * (PLOT.height - PLOT.top - PLOT.bottom);
  const box = svg(PLOT.width, PLOT.height);
  box.setAttribute("viewBox", `0 0 ${PLOT.width} ${PLOT.height}`);
  box.removeAttribute("aria-hidden");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", t("about_fit") + (tongue() ? "：" : ": ") + words);
  for (const value of logTicks(low, high)) {
    box.append(shape("line", { class: "grid", x1: x(value), x2: x(value), y1: PLOT.top, y2: y(low) }), shape("line", { class: "grid", x1: x(low), x2: PLOT.width - PLOT.right, y1: y(value), y2: y(value) }));
    box.append(plotText(x(value), y(low) + 16, "middle", tickText(value)), plotText(PLOT.left - 7, y(value) + 4, "end", tickText(value)));
  }
  box.append(shape("line", { class: "diagonal", x1: x(low), y1: y(low), x2: x(high), y2: y(high) }));
  const most = Math.max(...groups.map(([n]) => n));
  for (const [n, expected, observed, from, to] of groups) {
    if (from !== null && to > 0) box.append(shape("line", { class: "span", x1: x(expected), x2: x(expected), y1: y(Math.max(from, low)), y2: y(to) }));
    const dot = shape("circle", { class: observed > 0 ? "dot" : "dot none", cx: x(expected), cy: y(observed), r: 2.5 + 3.5 * Math.sqrt(n / most) });
    const told = shape("title", {});
    told.textContent = `${t("expected")} ${formatNumber(expected, 2)}, ${t("observed")} ${observed > 0 ? formatNumber(observed, 2) : t("fit_zero")} (${formatNumber(n, 0)})`;
    dot.append(told);
    box.append(dot);
  }
  const middle = (PLOT.left + PLOT.width - PLOT.right) / 2, half = (PLOT.top + PLOT.height - PLOT.bottom) / 2;
  const upright = plotText(12, half, "middle", t("fit_observed"));
  upright.setAttribute("transform", `rotate(-90 12 ${half})`);
  box.append(plotText(middle, PLOT.height - 6, "middle", t("fit_expected")), upright);
  return box;
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, typeof value === "number" ? Number(value.toFixed(2)) : value);
  return node;
}

function plotText(x, y, anchor, words) {
  const node = shape("text", { x, y, "text-anchor": anchor });
  node.textContent = words;
  return node;
}

// Powers of ten; with 2 and 5 between them when there are few.
function logTicks(low, high) {
  const between = high / low > 1000 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const factor of between) ticks.push(factor * 10 ** power);
  }
  return ticks.filter((value) => value >= low && value <= high);
}

function tickText(value) {
  return formatNumber(value, Math.max(0, -Math.floor(Math.log10(value) + 1e-9)));
}
