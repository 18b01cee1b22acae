// Where the map looks: the whole study with nothing covered, a region, a pair.

const CELLS = 320;
const MARGIN = 12;
let homeZoom = 0;

// How much ground lies in any rectangle: the study drawn small once, then summed up (an integral image).
const COVER = (function measureCover() {
  const [west, south, east, north] = D.ground.view;
  const reach = Math.max(east - west, north - south);
  const cell = (reach * 2) / CELLS;
  const left = (west + east) / 2 - reach, top = (south + north) / 2 + reach;
  const ctx = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  ctx.canvas.width = ctx.canvas.height = CELLS;
  ctx.setTransform(1 / cell, 0, 0, -1 / cell, -left / cell, top / cell);
  ctx.lineWidth = cell;
  for (const region of REGIONS) {
    if (!region.isUnit && !(region.box && region.box[0] >= west && region.box[1] >= south && region.box[2] <= east && region.box[3] <= north)) continue;
    if (region.path) {
      ctx.fill(region.path, "evenodd");
      ctx.stroke(region.path);
    } else if (region.box) ctx.fillRect(region.point[0] - cell * 2, region.point[1] - cell * 2, cell * 4, cell * 4);
  }
  ctx.stroke(LINES);
  const pixels = ctx.getImageData(0, 0, CELLS, CELLS).data;
  const sums = new Float64Array((CELLS + 1) ** 2);
  for (let y = 0; y < CELLS; y += 1) {
    for (let x = 0, row = 0; x < CELLS; x += 1) {
      row += pixels[4 * (y * CELLS + x) + 3] > 0 ? 1 : 0;
      sums[(y + 1) * (CELLS + 1) + x + 1] = sums[y * (CELLS + 1) + x + 1] + row;
    }
  }
  const clip = (value) => Math.max(0, Math.min(CELLS, value));
  return (x0, y0, x1, y1) => {   // grid steps; y0 is the northern edge
    const a = clip(Math.floor((x0 - left) / cell)), b = clip(Math.ceil((x1 - left) / cell));
    const c = clip(Math.floor((top - y0) / cell)), d = clip(Math.ceil((top - y1) / cell));
    const at = (x, y) => sums[y * (CELLS + 1) + x];
    return at(b, d) - at(a, d) - at(b, c) + at(a, c);
  };
})();

// How the boxes over the map may stand: legend left or right and the windows on the other side, the legend in columns or
// one below the other, the windows side by side, stacked, or above the legend. Readers look for windows at the lower
// right first, so that any other layout must make the map larger by its price.
const PRICES = { "legend-right": 0.9, "legend-tall": 0.9, "insets-stacked": 0.97, "insets-raised": 0.85 };
const LAYOUTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((bits) =>
  Object.fromEntries(Object.keys(PRICES).map((name, i) => [name, Boolean(bits & (1 << i))])));

function priceOf(layout) {
  return Object.entries(PRICES).reduce((price, [name, factor]) => (layout[name] ? price * factor : price), 1);
}

function possibleLayouts() {
  return LAYOUTS.filter((layout) => (INSETS.length > 1 || !layout["insets-stacked"]) && (INSETS.length || !layout["insets-raised"])
    && !(narrow.matches && (layout["legend-tall"] || layout["insets-raised"])));
}

function useLayout(layout) {
  const stage = document.getElementById("stage");
  for (const [name, on] of Object.entries(layout)) stage.classList.toggle(name, on);
  if (layout["insets-raised"]) stage.style.setProperty("--legend-height", document.getElementById("legend").offsetHeight + "px");
}

// The boxes that float over the map, in pixels, and whether one of them is in the way of another.
function measureLayout(layout, width, height) {
  useLayout(layout);
  const corner = map.getContainer().getBoundingClientRect();
  const boxes = [];
  for (const id of narrow.matches ? ["notes", "zoom", "insets"] : ["notes", "zoom", "insets", "legend"]) {
    const box = document.getElementById(id).getBoundingClientRect();
    if (box.width && box.height) boxes.push([box.left - corner.left, box.top - corner.top, box.width, box.height]);
  }
  const meet = (a, b) => a[0] < b[0] + b[2] + 4 && b[0] < a[0] + a[2] + 4 && a[1] < b[1] + b[3] + 4 && b[1] < a[1] + a[3] + 4;
  const out = ([x, y, w, h]) => x < 0 || y < 0 || x + w > width || y + h > height;
  const clash = boxes.some((box, i) => out(box) || (i > 1 && boxes.slice(0, i).some((other) => meet(box, other))));
  return { layout, boxes, clash };
}

function coveredBy(boxes, scale, left, top) {
  let covered = 0;
  for (const [x, y, w, h] of boxes) {
    const pad = 6;
    covered += COVER(left + (x - pad) / scale, top - (y - pad) / scale, left + (x + w + pad) / scale, top - (y + h + pad) / scale);
  }
  return covered;
}

// The largest scale, and the place at it, at which no floating box covers any ground.
function findHome() {
  const { x: width, y: height } = map.getSize();
  const [west, south, east, north] = D.ground.view;
  const full = Math.min((width - 3 * MARGIN) / Math.max(1, east - west), (height - 3 * MARGIN) / Math.max(1, north - south));
  const steps = [0, -0.33, 0.33, -0.66, 0.66, -1, 1];
  const measured = possibleLayouts().map((layout) => measureLayout(layout, width, height));
  const sound = measured.filter(({ clash }) => !clash);
  const place = (scale, down, across) => {
    const spare = [(width - (east - west) * scale) / 2 - MARGIN, (height - (north - south) * scale) / 2 - MARGIN];
    return [(west + east) / 2 - (width / 2 + across * spare[0]) / scale, (south + north) / 2 + (height / 2 + down * spare[1]) / scale];
  };
  let best = null;
  for (const { layout, boxes } of sound.length ? sound : measured) {
    for (let shrink = 0; shrink < 28; shrink += 1) {
      const scale = full * 0.97 ** shrink, worth = scale * priceOf(layout);
      if (best && !best.covered && worth <= best.worth) break;
      const tries = steps.flatMap((down) => steps.map((across) => {
        const [left, top] = place(scale, down, across);
        return { covered: coveredBy(boxes, scale, left, top), worth, scale, left, top, layout };
      }));
      const found = tries.reduce((a, b) => (b.covered < a.covered ? b : a));
      if (!best || found.covered < best.covered || (!found.covered && worth > best.worth)) best = found;
      if (!found.covered) break;
    }
  }
  return best;
}

// Leaflet forgets a move that is asked for while another one runs.
function whenStill(move) {
  if (map._animatingZoom) map.once("zoomend", () => setTimeout(() => whenStill(move), 0));
  else move();
}

function goHome() {
  whenStill(() => showHome(true));
}

function showHome(animate) {
  map.invalidateSize({ pan: false });
  drawInsets();   // their size depends on that of the map
  const { scale, left, top, layout } = findHome();
  useLayout(layout);
  placeInsets();
  const { x: width, y: height } = map.getSize();
  homeZoom = Math.log2(scale * GRID_PER_UNIT);
  map.options.minZoom = homeZoom - 1;   // that of a larger window would hold the map too near
  map.setView(toLatLng([left + width / 2 / scale, top - height / 2 / scale]), homeZoom, { animate: animate && !calm.matches });
  map.setMinZoom(homeZoom - 1);
}

// Where the panel stands below the map, a choice made in it is shown above.
function showMap() {
  if (narrow.matches) map.getContainer().scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

function zoomToBox(box) {
  const bounds = L.latLngBounds(toLatLng([box[0], box[1]]), toLatLng([box[2], box[3]]));
  const below = narrow.matches ? 30 : Math.min(190, map.getSize().y / 4);
  whenStill(() => map.fitBounds(bounds, {
    paddingTopLeft: [50, 60], paddingBottomRight: [60, below], maxZoom: homeZoom + 4, animate: !calm.matches, duration: 0.4,
  }));
}

function joinBoxes(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

// A region with the points of its main partners, so that its links stay in sight.
function zoomToRegion(region) {
  const partners = [...region.links].sort((a, b) => b.weight - a.weight).slice(0, 8);
  let box = region.box;
  for (const link of partners) {
    const other = link.a === region ? link.b : link.a;
    if (other.point && !other.window) box = joinBoxes(box || [...other.point, ...other.point], [...other.point, ...other.point]);
  }
  if (box) zoomToBox(box);
}

function zoomToPair(a, b) {
  const boxes = [a.box, b.box].filter(Boolean);
  if (boxes.length) zoomToBox(boxes.length > 1 ? joinBoxes(boxes[0], boxes[1]) : boxes[0]);
}
