// The legend: classes, three sample widths, the dash of a gap, the scale.

function addLegend(host) {
  listen("lang score theme layers strict", () => fillLegend(host));
}

function fillLegend(host) {
  host.replaceChildren();
  host.setAttribute("aria-label", t("legend"));
  if (state.layers.score && SCORES.length) host.append(scoreLegend(SCORES[state.score]));
  const lines = make("div", "legend-part");
  if (state.layers.links && LINKS.length) linkLegend(lines);
  if (state.layers.outside && hasLayer("outside")) {
    lines.append(sampleRow([sampleLine("link", 1.6, false, 0.45)], t("legend_outside", { n: Math.min(OUTSIDE_SHOWN, PLACED.length) })));
  }
  if (state.layers.gaps && GAPS.some(isSupported)) {
    lines.append(sampleRow([sampleLine("gap", 2, true)], t("legend_gap")));
  }
  if (state.layers.nodes && LINKS.length) lines.append(sampleRow([sampleNodes()], t("legend_node")));
  lines.append(scaleBar());
  host.append(lines);
}

function scoreLegend(score) {
  const part = make("div", "legend-part");
  part.append(make("h2", "", pick(score.label)));
  const colours = palette();
  const known = score.values.filter((value) => value !== null);
  score.breaks.forEach((low, position) => {
    const held = known.filter((value) => classOf(score, value) === position);
    const row = make("div", "class-row");
    const patch = make("i");
    patch.style.background = colours.ramp[rampIndex(position, score.breaks.length, colours.ramp.length)];
    const high = Math.max(...held);
    const range = formatScore(score, low) + (high > low && formatScore(score, high) !== formatScore(score, low) ? " – " + formatScore(score, high) : "");
    row.append(patch, make("span", "", range));
    part.append(row);
  });
  if (known.length < UNITS.length || UNITS.length < REGIONS.length) {
    const row = make("div", "class-row");
    const patch = make("i");
    patch.style.background = colours.land;
    row.append(patch, make("span", "", t("legend_none")));
    part.append(row);
  }
  return part;
}

// Largest weight, a quarter and a sixteenth of it: widths of 1, 1/2 and 1/4.
function sampleWeights() {
  const least = LINKS[LINKS.length - 1].weight;
  const round = (value) => (value >= 10 ? Math.round(value) : WEIGHT_DECIMALS ? Number(value.toPrecision(2)) : Math.max(1, Math.round(value)));
  return [...new Set([Math.max(least, round(MAX_WEIGHT / 16)), Math.max(least, round(MAX_WEIGHT / 4)), MAX_WEIGHT])];
}

function linkLegend(host) {
  host.append(make("h2", "", t(D.modelled ? "legend_links_modelled" : "legend_links")));
  const row = make("div", "sample-row");
  for (const weight of sampleWeights()) {
    row.append(sampleLine("link", widthOf(weight), false, opacityOf(weight, sampleWeights()[0])), make("span", "", formatWeight(weight)));
  }
  host.append(row);
  if (state.strict) host.append(make("p", "strict-note", t("strict_" + D.links.method)));
}

function sampleRow(samples, words) {
  const row = make("div", "sample-row");
  row.append(...samples, make("span", "", words));
  return row;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(width, height) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("width", width);
  node.setAttribute("height", height);
  node.setAttribute("aria-hidden", "true");
  return node;
}

function sampleLine(kind, width, dashed, opacity) {
  const box = svg(38, 14);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", dashed ? "M2 4 Q19 15 36 4" : "M3 10 Q19 1 35 10");
  line.setAttribute("fill", "none");
  line.setAttribute("stroke", palette()[kind]);
  line.setAttribute("stroke-width", width);
  if (opacity) line.setAttribute("stroke-opacity", opacity);
  if (dashed) line.setAttribute("stroke-dasharray", "6 4.5");
  box.append(line);
  return box;
}

function sampleNodes() {
  const box = svg(38, 18);
  let x = 4;
  for (const radius of [2, 4.5, 8]) {
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("cx", x + radius);
    dot.setAttribute("cy", 9);
    dot.setAttribute("r", radius);
    dot.setAttribute("fill", palette().node);
    box.append(dot);
    x += 2 * radius + 2;
  }
  return box;
}

// The projection keeps areas, not lengths: the bar is right on average.
function scaleBar() {
  const row = make("div", "scale-row");
  row.append(make("i"), make("span"));
  row.id = "scale";
  setTimeout(updateScale, 0);
  return row;
}

function updateScale() {
  const row = document.getElementById("scale");
  if (!row) return;
  const kmPerPixel = D.ground.step / 1000 / currentFrame().k;
  const target = kmPerPixel * 110;
  const power = 10 ** Math.floor(Math.log10(target));
  const km = [5, 2, 1].map((factor) => factor * power).find((value) => value <= target) || power;
  row.firstChild.style.width = km / kmPerPixel + "px";
  row.lastChild.textContent = t("legend_scale", { n: formatNumber(km, km < 1 ? 1 : 0) });
}
