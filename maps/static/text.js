// Words and numbers in the language chosen.

function tongue() {
  return state.lang === "zh" ? 1 : 0;
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

function t(key, values) {
  return fill(D.text[key][tongue()], values || {});
}

function pick(pair) {
  return pair[tongue()];
}

function nameOf(region) {
  return pick(region.names);
}

// For labels: without the word for the kind of region.
function shortName(region) {
  return pick(region.short);
}

// A name that may break behind a slash.
function nameNode(name) {
  const node = make("span");
  name.split("/").forEach((part, i, parts) => node.append(...(i ? [make("wbr")] : []), part + (i < parts.length - 1 ? "/" : "")));
  return node;
}

function pairName(a, b) {
  return nameOf(a) + (D.directed ? " → " : " – ") + nameOf(b);
}

const writers = new Map();   // making one takes longer than writing a hundred numbers with it

function writerFor(decimals, style) {
  const locale = state.lang === "zh" ? "zh-CN" : "en";
  const key = `${locale} ${decimals} ${style}`;
  if (!writers.has(key)) {
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, style: style || "decimal" };
    writers.set(key, new Intl.NumberFormat(locale, options));
  }
  return writers.get(key);
}

function formatNumber(value, decimals, style) {
  return value === null || value === undefined ? "–" : writerFor(decimals, style).format(value);
}

// Three significant digits at the largest value of the column, the same decimals for all.
function decimalsFor(max) {
  return max > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(max)))) : 0;
}

function isWhole(values) {
  return values.every((value) => value === null || Number.isInteger(value));
}

for (const score of SCORES) {
  const whole = isWhole(score.values);
  score.decimals = whole ? 0 : score.form === "count" ? 1 : score.form === "share" ? 1 : decimalsFor(score.max);
}

function formatScore(score, value) {
  return formatNumber(value, score.form === "share" && score.decimals ? 1 : score.decimals, score.form === "share" ? "percent" : undefined);
}

const WEIGHT_DECIMALS = isWhole(D.links.weight) ? 0 : MAX_WEIGHT < 10 ? 2 : 1;

function formatWeight(value) {
  return formatNumber(value, Number.isInteger(value) && WEIGHT_DECIMALS === 0 ? 0 : WEIGHT_DECIMALS || 1);
}

function formatCount(value) {
  return Number.isInteger(value) ? formatNumber(value, 0) : formatAmount(value);
}

// An amount of links: tenths where they can matter.
function formatAmount(value) {
  return formatNumber(value, Math.abs(value) >= 10000 ? 0 : 1);
}

function formatProbability(value) {
  if (value === null || value === undefined) return "–";
  return value > 0 && value < 0.001 ? "< " + formatNumber(0.001, 3) : formatNumber(value, 3);
}

// Text of the skeleton: data-t is the content, data-t-label the accessible name, and so on.
function applyText() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  const title = pick(D.title) + (D.modelled ? (tongue() ? "（" + t("modelled") + "）" : " (" + t("modelled").toLowerCase() + ")") : "");
  document.title = title;
  document.getElementById("title").textContent = title;
  document.getElementById("language").textContent = t("other_language");
  document.getElementById("language").lang = state.lang === "zh" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-title]")) node.title = t(node.dataset.tTitle);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
