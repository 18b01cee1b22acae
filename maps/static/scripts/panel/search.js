// Finding a region by its name in either language or by its code.

import { byId, make } from "../draw/dom.js";
import { openGap, openRegion } from "../draw/view.js";
import { ACTORS } from "../model/actors.js";
import { REGIONS } from "../model/data.js";
import { findMatches } from "../model/matches.js";
import { listen } from "../model/state.js";
import { isChinese, localize, nameOf, t } from "../model/words.js";

const FOUND_AT_MOST = 8;
/** The place of the match that the arrow keys have reached. */
let reached = -1;

export function addSearch() {
  const input = byId("search", HTMLInputElement);
  // While an input method composes, the letters typed are not yet the word meant.
  input.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) listMatches();
  });
  input.addEventListener("compositionend", listMatches);
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing) answerKey(event);
  });
  if (ACTORS.length) {
    listen("lang", () => {
      input.placeholder = t("search_actors");
    });
  }
  input.addEventListener("blur", () => setTimeout(closeMatches, 150));
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  const list = byId("found");
  if (list.hidden) return;
  if (event.key === "Escape") {
    event.stopPropagation(); // it closes one thing at a time
    event.preventDefault();
    closeMatches();
  }
  const options = [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=option]"))];
  if (!options.length) return;
  if (event.key === "Enter") options[Math.max(0, reached)].click();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  reached = (reached + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
  for (const [i, option] of options.entries()) option.setAttribute("aria-selected", String(i === reached));
  byId("search").setAttribute("aria-activedescendant", options[reached].id);
}

function listMatches() {
  const input = byId("search", HTMLInputElement);
  closeMatches();
  if (!input.value.trim()) return;
  const list = byId("found");
  const found = findMatches(input.value, REGIONS, FOUND_AT_MOST);
  const actors = findMatches(input.value, ACTORS, FOUND_AT_MOST - found.length);
  list.replaceChildren(...found.map(matchOption), ...actors.map((actor, i) => actorOption(actor, found.length + i)));
  if (!found.length && !actors.length) list.append(make("li", "soft", t("no_match")));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

/** @param {Region} region @param {number} i */
function matchOption(region, i) {
  return makeOption(i, { name: nameOf(region), more: region.names[isChinese() ? 0 : 1] }, () => openRegion(region));
}

/** An institution leads to the first gap that it could help to close. @param {Actor} actor @param {number} i */
function actorOption(actor, i) {
  return makeOption(i, { name: localize(actor.names), more: nameOf(actor.region) }, () => openGap(actor.gaps[0]));
}

/** @param {number} i @param {{ name: string, more: string }} words @param {() => void} open */
function makeOption(i, { name, more }, open) {
  const option = make("li");
  option.id = `found-${i}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.append(make("span", "", name), make("small", "", more));
  option.addEventListener("mousedown", (event) => event.preventDefault());
  option.addEventListener("click", () => {
    byId("search", HTMLInputElement).value = name;
    closeMatches();
    open();
  });
  return option;
}

function closeMatches() {
  reached = -1;
  byId("found").hidden = true;
  byId("search").removeAttribute("aria-activedescendant");
  byId("search").setAttribute("aria-expanded", "false");
}
