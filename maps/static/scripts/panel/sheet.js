// On a narrow screen the panel is a sheet with three heights: the verdict alone, half, nearly all.

import { map } from "../draw/canvas.js";
import { byId } from "../draw/dom.js";
import { listen, narrow, state } from "../model/state.js";

const STOPS = ["low", "half", "high"];
const FAR = 30; // pixels that a finger must move for a next height

/** @param {string} stop */
function setStop(stop) {
  document.documentElement.dataset.sheet = stop;
  if (stop !== "high") map.invalidateSize({ pan: true });
}

export function addSheet() {
  const grip = byId("grip");
  let from = 0;
  document.documentElement.dataset.sheet = "half";
  const step = (/** @type {number} */ by) => {
    const at = STOPS.indexOf(document.documentElement.dataset.sheet || "half");
    setStop(STOPS[Math.max(0, Math.min(STOPS.length - 1, at + by))]);
  };
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointerup", (event) => {
    const moved = from - event.clientY;
    if (Math.abs(moved) >= FAR) step(Math.sign(moved));
  });
  grip.addEventListener("click", (event) => {
    if (Math.abs(from - event.clientY) < FAR || !event.detail) {
      setStop(document.documentElement.dataset.sheet === "half" ? "high" : "half");
    }
  });
  listen("focus pair tab", () => {
    if (state.focus && document.documentElement.dataset.sheet === "low") setStop("half");
  });
  placeLegend();
}

/** There is no room for the legend over the map of a phone: it stands with the layers. */
export function placeLegend() {
  if (narrow.matches) byId("settings").append(byId("legend"));
  else byId("bottom").prepend(byId("legend"));
}
