// Finding a region by its name in either language or by its code.

const FOUND_AT_MOST = 8;
let active = -1;

function findRegions(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const rankOf = (region) => {
    let best = Infinity;
    for (const text of [...region.names, region.code]) {
      const at = text.toLowerCase().indexOf(wanted);
      if (at >= 0) best = Math.min(best, at === 0 ? 0 : 1);
    }
    return best;
  };
  return UNITS.map((region) => ({ region, rank: rankOf(region) }))
    .filter((entry) => entry.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || (b.region.strength || 0) - (a.region.strength || 0))
    .slice(0, FOUND_AT_MOST)
    .map((entry) => entry.region);
}

function addSearch() {
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  // While an input method composes, the letters typed are not yet the word meant.
  input.addEventListener("input", (event) => {
    if (!event.isComposing) listFound(input, list);
  });
  input.addEventListener("compositionend", () => listFound(input, list));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      closeFound(input, list);
      return;
    }
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
      input.setAttribute("aria-activedescendant", options[active].id);
    }
    if (event.key === "Enter") options[Math.max(0, active)].click();
  });
  input.addEventListener("blur", () => setTimeout(() => closeFound(input, list), 150));
}

function listFound(input, list) {
  const found = findRegions(input.value);
  active = -1;
  input.removeAttribute("aria-activedescendant");
  list.replaceChildren();
  if (!input.value.trim()) {
    closeFound(input, list);
    return;
  }
  for (const [i, region] of found.entries()) {
    const option = make("li");
    option.id = "found-" + i;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(make("span", "", nameOf(region)), make("small", "", region.names[tongue() ? 0 : 1]));
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => {
      input.value = nameOf(region);
      closeFound(input, list);
      focusOn(region);
    });
    list.append(option);
  }
  if (!found.length) list.append(make("li", "soft", t("no_match")));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function closeFound(input, list) {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
}
