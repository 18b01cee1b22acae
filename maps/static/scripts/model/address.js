// What the page shows, as the part of its address behind the #.

/** @type {(keyof Address)[]} */
const PARTS = [
  "lang",
  "view",
  "tab",
  "score",
  "layer",
  "year",
  "compare",
  "part",
  "region",
  "pair",
  "with",
  "links",
  "gaps",
  "hide",
  "only",
  "words",
  "mine",
  "group",
  "grade",
  "field",
  "path",
  "sort",
];

/**
 * @param {Address} shown
 * @param {Address} opening what the page shows without an address; only what differs is written
 * @returns {string} with its # in front; empty when nothing differs
 */
export function writeAddress(shown, opening) {
  const words = new URLSearchParams();
  for (const part of PARTS) if (shown[part] !== opening[part]) words.set(part, shown[part]);
  const text = String(words);
  return text ? `#${text}` : "";
}

/** Years as they stand in an address: 2014, 2014-2017, or nothing. @param {Period | null} period */
export function writeYears(period) {
  if (!period) return "";
  return period.kind === "year" ? String(period.to) : `${period.from}-${period.to}`;
}

/**
 * @param {string} words @param {boolean} two they are compared
 * @param {number[]} list the years there are
 * @returns {Period | null} null where the words are no years of these
 */
export function readYears(words, two, list) {
  const years = words.split("-").map(Number);
  if (!words || years.length > 2 || years.some((year) => !list.includes(year))) return null;
  const [from, to] = [Math.min(...years), Math.max(...years)];
  if (years.length === 1) return { kind: "year", from, to };
  if (two) return from < to ? { kind: "two", from, to } : null;
  return { kind: "range", from, to };
}

/**
 * The reverse. Nothing is believed of it: who uses it looks every part up among what there is.
 * @param {string} hash
 * @param {Address} opening
 * @returns {Address}
 */
export function readAddress(hash, opening) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const address = { ...opening };
  for (const part of PARTS) address[part] = words.get(part) ?? opening[part];
  return address;
}
