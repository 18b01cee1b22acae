// The map maker's own points, lines and areas, in one colour a layer.

import { distanceToSegment, toCanvas } from "../model/curves.js";
import { DATA, tracePath } from "../model/data.js";
import { unpackRings } from "../model/rings.js";
import { colours, state } from "../model/state.js";
import { map } from "./canvas.js";
import { make } from "./dom.js";

const REACH = 3;
const AREA_OPACITY = 0.28;

/** @typedef {{ layer: GeoLayer, text: string, paths: Path2D | null, lines: Ring[], point: Point | null }} Feature */

/** @param {GeoLayer} layer @returns {Feature[]} */
function readFeatures(layer) {
  const areas = layer.areas.map(([packed, text]) => {
    return { layer, text, paths: tracePath(unpackRings(packed), true), lines: [], point: null };
  });
  const lines = layer.lines.map(([packed, text]) => {
    const rings = unpackRings(packed);
    return { layer, text, paths: tracePath(rings, false), lines: rings, point: null };
  });
  const points = layer.points.map(([x, y, text]) => {
    return { layer, text, paths: null, lines: [], point: /** @type {Point} */ ([x, y]) };
  });
  return [...areas, ...lines, ...points];
}

const FEATURES = DATA.geo.flatMap(readFeatures);
const geoProbe = /** @type {CanvasRenderingContext2D} */ (make("canvas").getContext("2d"));

/** @param {Feature} feature */
function isShown({ layer }) {
  return !state.geoHidden.includes(layer.key);
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {Feature} feature */
function drawFeature(ctx, transform, { layer, paths, lines, point }) {
  ctx.strokeStyle = ctx.fillStyle = layer.colour;
  if (point) {
    const [x, y] = toCanvas(point, transform);
    ctx.beginPath();
    ctx.arc(x, y, layer.width, 0, 2 * Math.PI);
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours().halo;
    ctx.stroke();
    return;
  }
  if (!paths) return;
  ctx.save();
  ctx.transform(transform.k, 0, 0, -transform.k, transform.x, transform.y);
  ctx.lineWidth = layer.width / transform.k;
  ctx.lineJoin = "round";
  if (!lines.length) {
    ctx.globalAlpha = AREA_OPACITY;
    ctx.fill(paths, "evenodd");
    ctx.globalAlpha = 1;
  }
  ctx.stroke(paths);
  ctx.restore();
}

/** @param {Feature} feature @param {L.Point} spot @param {Transform} transform */
function isUnder({ layer, paths, lines, point }, spot, transform) {
  const reach = REACH + layer.width / 2;
  if (point) {
    const [x, y] = toCanvas(point, transform);
    return Math.hypot(x - spot.x, y - spot.y) <= REACH + layer.width;
  }
  const grid = { x: (spot.x - transform.x) / transform.k, y: (transform.y - spot.y) / transform.k };
  if (!lines.length) return paths !== null && geoProbe.isPointInPath(paths, grid.x, grid.y, "evenodd");
  return lines.some((line) => {
    for (let i = 2; i < line.length; i += 2) {
      const ends = /** @type {[Point, Point]} */ ([
        [line[i - 2], line[i - 1]],
        [line[i], line[i + 1]],
      ]);
      if (distanceToSegment(grid, ...ends) * transform.k <= reach) return true;
    }
    return false;
  });
}

/** Features with a text answer the pointer; those without leave it to what lies below. @type {DrawnLayer<Feature>} */
export const geoLayer = {
  kind: "geo",
  draw(ctx, transform) {
    for (const feature of FEATURES) if (isShown(feature)) drawFeature(ctx, transform, feature);
  },
  hit(point, transform) {
    const told = FEATURES.filter((feature) => feature.text && isShown(feature));
    return told.reverse().find((feature) => isUnder(feature, point, transform)) || null;
  },
};

/** Tiles of the map maker's server, below everything. */
export function addTiles() {
  const { tiles } = DATA;
  if (!tiles) return;
  const { url, subdomains, deepest } = tiles;
  L.tileLayer(url, { subdomains, maxNativeZoom: deepest, maxZoom: 30, attribution: "" }).addTo(map);
}
