// What the data are, and what they cannot say.

function showAbout(host) {
  paragraph(host, "about_network", [
    t(D.modelled ? "modelled_long" : "observed_long"),
    t("about_size", {
      regions: formatNumber(UNITS.length, 0),
      links: formatNumber(LINKS.length, 0),
      weight: formatWeight(LINKS.reduce((sum, link) => sum + link.weight, 0)),
    }),
    ...(D.records.every((n) => n !== null) ? [t("about_records", { records: formatNumber(D.records[0], 0), parts: formatNumber(D.records[1], 0), single: formatNumber(D.records[2], 0) })] : []),
    ...(D.text["counting_" + D.counting] ? [t("about_counting") + (tongue() ? "：" : ": ") + t("counting_" + D.counting)] : []),
  ]);
  bullets(host, "about_limits", D.limits.map(pick));
  bullets(host, "about_notes", D.notes.map(pick));
  if (D.gaps) paragraph(host, "about_reading", [t("about_reading_text")]);
  showFit(host);
  bullets(host, "about_sources", D.sources.map(pick));
  bullets(host, "about_warnings", D.warnings.map(pick));
  const missing = UNITS.filter((region) => !region.point).map(nameOf);
  if (missing.length) {
    host.append(make("h3", "", t("about_missing", { n: missing.length })), make("p", "", missing.join(tongue() ? "、" : ", ")));
  }
  paragraph(host, "about_map", [t("schematic"), ...(D.review ? [t("review", { n: D.review })] : []), t("about_software")]);
}

function paragraph(host, heading, texts) {
  host.append(make("h3", "", t(heading)), ...texts.map((text) => make("p", "", text)));
}

function bullets(host, heading, texts) {
  if (!texts.length) return;
  const list = make("ul");
  for (const text of texts) list.append(make("li", "", text));
  host.append(make("h3", "", t(heading)), list);
}

// Always on the map: that it is schematic, and that the data have limits.
function addNotes(host) {
  const show = () => {
    host.replaceChildren(make("p", "", t("schematic") + (D.review ? (tongue() ? "；" : "; ") + t("review", { n: D.review }) : "")));
    if (D.modelled) host.append(make("p", "modelled", t("modelled_long")));
    if (!D.limits.length) return;
    const button = make("button", "limit");
    button.type = "button";
    button.append(make("b", "", t("data_limits", { n: D.limits.length })), make("span", "", pick(D.limits[0])));
    button.addEventListener("click", () => {
      change({ tab: "about" });
      document.getElementById("view").focus();
    });
    host.append(button);
  };
  listen("lang", show);
}
