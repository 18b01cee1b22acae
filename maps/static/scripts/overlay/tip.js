// What lies under the pointer, in words. Text from data becomes text, never markup.

/** @param {any} map @param {L.LatLng} at @param {string[]} lines the first is the heading */
export function showOverlayTip(map, at, [heading, ...lines]) {
  const box = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = heading;
  box.append(head);
  for (const line of lines) {
    const row = document.createElement("div");
    row.textContent = line;
    box.append(row);
  }
  map._regionetTip ||= L.tooltip({ direction: "right", offset: [12, 0], opacity: 0.95 });
  map._regionetTip.setContent(box).setLatLng(at);
  if (!map.hasLayer(map._regionetTip)) map._regionetTip.addTo(map);
}

/** @param {any} map */
export function hideOverlayTip(map) {
  map._regionetTip?.remove();
}
