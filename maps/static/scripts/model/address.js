// What the page shows, as the part of its address behind the #.

/** @type {(keyof Address)[]} */
const PARTS = ["lang", "view", "tab", "score", "layer", "region", "pair", "with"];

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
