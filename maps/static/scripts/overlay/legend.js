// One box in the corner of the map with a part for each layer that is shown.

import { LEGENDS } from "./samples.js";

/** @param {any} map @param {any} layer */
export function addToLegend(map, layer) {
  const rows = LEGENDS[layer._data.kind](layer._data);
  if (!rows.length) return; // outlines alone explain themselves
  if (!map._regionetLegend) {
    const control = new L.Control({ position: "bottomleft" });
    control.onAdd = () => {
      const box = L.DomUtil.create("section", "regionet-legend");
      box.style.cssText =
        "background: #ffffffed; color: #1c2329; padding: 8px 12px; border-radius: 6px; font: 12px/1.5 sans-serif; max-width: 260px; max-height: 60vh; overflow: auto";
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      map._regionetLegend.box = box;
      return box;
    };
    map._regionetLegend = { control, box: null, parts: new Map() };
    control.addTo(map);
  }
  const part = document.createElement("div");
  const heading = document.createElement("strong");
  heading.textContent = layer._data.title;
  part.append(heading, ...rows);
  map._regionetLegend.parts.set(layer, part);
  map._regionetLegend.box.append(part);
}

/** @param {any} map @param {any} layer */
export function takeFromLegend(map, layer) {
  map._regionetLegend?.parts.get(layer)?.remove();
  map._regionetLegend?.parts.delete(layer);
  if (map._regionetLegend && !map._regionetLegend.parts.size) {
    map._regionetLegend.control.remove();
    map._regionetLegend = null;
  }
}
