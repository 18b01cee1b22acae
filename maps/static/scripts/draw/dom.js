// Elements. Text from data becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 */
export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** @param {string} className @param {string} text @param {() => void} act */
export function makeButton(className, text, act) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
export function makeShape(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, String(typeof value === "number" ? Number(value.toFixed(2)) : value));
  }
  if (text !== undefined) node.textContent = text;
  return node;
}

/**
 * An element of the page that must be there.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} [kind]
 */
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof (kind || HTMLElement))) throw new Error(`The page has no ${id}.`);
  return /** @type {Kind} */ (node);
}

/** A list of a term and what it is, the absent left out. @param {string} className @param {[string, string | null][]} facts */
export function makeFacts(className, facts) {
  const list = make("dl", className);
  for (const [term, text] of facts) {
    if (text === null) continue;
    const row = make("div");
    row.append(make("dt", "", term), make("dd", "", text));
    list.append(row);
  }
  return list;
}
