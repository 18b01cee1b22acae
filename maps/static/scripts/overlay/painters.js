// How each kind of layer is read, drawn, and asked what lies under a point.

import { classOf, colourOf, coloursOf } from "../model/classes.js";
import { bendCurve, headOf, isNearCurve, toCanvas } from "../model/curves.js";
import { writeNumber } from "../model/numbers.js";
import { boundRings, isInBox, unpackRings } from "../model/rings.js";
import { formatOverlayValue, localeOf } from "./samples.js";

const POINT = 4.5;

/**
 * The layer's grid of degrees, projected as the map projects, at zoom 0 about the middle: x to the east, y to the north.
 * @param {any} data
 * @param {any} map
 */
function makeProjection({ grid: [west, south, step], points, rings }, map) {
  const project = (/** @type {number} */ x, /** @type {number} */ y) => {
    const { x: u, y: v } = map.options.crs.latLngToPoint(L.latLng(south + y * step, west + x * step), 0);
    return [u, v];
  };
  const first = (points || []).find(Boolean) || unpackRings(rings?.find(Boolean) || "")[0] || [0, 0];
  const middle = project(first[0], first[1]); // near the data: a canvas has few digits
  const place = (/** @type {number} */ x, /** @type {number} */ y) => {
    const [u, v] = project(x, y);
    return /** @type {Point} */ ([u - middle[0], middle[1] - v]);
  };
  return { middle, place };
}

/** @param {string} packed @param {(x: number, y: number) => Point} place */
function readArea(packed, place) {
  const path = new Path2D();
  const rings = unpackRings(packed).map((ring) => {
    const placed = [];
    for (let i = 0; i < ring.length; i += 2) placed.push(...place(ring[i], ring[i + 1]));
    return placed;
  });
  for (const ring of rings) {
    path.moveTo(ring[0], ring[1]);
    for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i], ring[i + 1]);
    path.closePath();
  }
  return { path, box: boundRings(rings) };
}

/** @param {any} data @param {any} map */
function readAreas(data, map) {
  const { middle, place } = makeProjection(data, map);
  return { middle, areas: data.rings.map((/** @type {string} */ packed) => readArea(packed, place)) };
}

/** @param {any} data @param {any} map */
function readPoints(data, map) {
  const { middle, place } = makeProjection(data, map);
  const spots = data.points.map((/** @type {Point | null} */ point) => point && place(...point));
  return { middle, spots };
}

/** Curves between the ends that have a place, with their places among the rows. @param {any} data @param {any} map */
function readCurves(data, map) {
  const { middle, spots } = readPoints(data, map);
  const [west, south, east, north] = boundRings(spots.filter(Boolean));
  const longest = Math.hypot(east - west, north - south) || 1;
  const options = { side: data.kind === "gaps" ? -1 : 1, ordered: Boolean(data.directed), longest };
  const curves = data.source.map((/** @type {number} */ source, /** @type {number} */ i) => {
    const [from, to] = [spots[source], spots[data.target[i]]];
    return from && to && bendCurve(from, to, options);
  });
  return { middle, curves };
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform */
function useGrid(ctx, { k, x, y }) {
  ctx.transform(k, 0, 0, -k, x, y);
  ctx.lineJoin = "round";
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {any} world @param {any} data */
function drawAreas(ctx, transform, { areas }, { values, breaks, palette, opacity }) {
  const look = { fills: coloursOf(breaks, palette), zero: palette.zero };
  useGrid(ctx, transform);
  ctx.lineWidth = 0.8 / transform.k;
  ctx.strokeStyle = palette.outline;
  for (const [i, { path }] of areas.entries()) {
    ctx.globalAlpha = opacity;
    if (values) {
      ctx.fillStyle = colourOf({ breaks }, values[i], look) || palette.land;
      ctx.fill(path, "evenodd");
    }
    ctx.globalAlpha = 0.8;
    ctx.stroke(path);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {any} world @param {any} data */
function drawOutlined(ctx, transform, { areas }, { colours }) {
  useGrid(ctx, transform);
  for (const [i, { path }] of areas.entries()) {
    for (const [width, colour] of [
      [5.5, "#33383d"],
      [4, colours[i % colours.length]],
    ]) {
      ctx.lineWidth = width / transform.k;
      ctx.strokeStyle = colour;
      ctx.stroke(path);
    }
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {Curve} c */
function strokeBent(ctx, c) {
  ctx.beginPath();
  ctx.moveTo(c[0], c[1]);
  ctx.quadraticCurveTo(c[2], c[3], c[4], c[5]);
  ctx.stroke();
}

/** @param {number} weight @param {any} data */
function bentWidth(weight, { widths: [thin, wide], weight: weights }) {
  return thin + (wide - thin) * Math.sqrt(weight / (weights[0] || 1));
}

/** The strongest is drawn last. @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {any} world @param {any} data */
function drawBent(ctx, transform, { curves }, data) {
  const { weight, directed, colour } = data;
  const [most, least] = [weight[0], weight[weight.length - 1]];
  ctx.lineCap = "round";
  ctx.strokeStyle = ctx.fillStyle = colour;
  for (let i = curves.length - 1; i >= 0; i -= 1) {
    if (!curves[i]) continue;
    const curve = toCanvas(curves[i], transform);
    ctx.globalAlpha = 0.28 + 0.57 * (most > least ? (weight[i] - least) / (most - least) : 1);
    ctx.lineWidth = bentWidth(weight[i], data);
    strokeBent(ctx, curve);
    if (!directed) continue;
    ctx.beginPath();
    for (const [x, y] of headOf(curve, 6 + ctx.lineWidth, 3)) ctx.lineTo(x, y);
    ctx.fill();
  }
}

/** Supported: dashed; else grey and dotted. @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {any} world @param {any} data */
function drawShortfalls(ctx, transform, { curves }, { supported, colours, halo }) {
  for (let i = curves.length - 1; i >= 0; i -= 1) {
    if (!curves[i]) continue;
    const curve = toCanvas(curves[i], transform);
    ctx.setLineDash([]);
    ctx.lineWidth = 4.5;
    ctx.strokeStyle = halo;
    strokeBent(ctx, curve);
    ctx.setLineDash(supported[i] ? [6, 4.5] : [2.5, 4]);
    ctx.lineWidth = supported[i] ? 2.5 : 2;
    ctx.strokeStyle = colours[supported[i] ? 0 : 1];
    strokeBent(ctx, curve);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {any} world @param {any} data */
function drawSpots(ctx, transform, { spots }, { kinds, colours, exact, halo }) {
  for (const [i, spot] of spots.entries()) {
    const [x, y] = toCanvas(spot, transform);
    ctx.beginPath();
    ctx.arc(x, y, exact[i] ? POINT : POINT - 1, 0, 2 * Math.PI);
    ctx.fillStyle = colours[kinds[i]];
    ctx.strokeStyle = halo;
    ctx.fill();
    ctx.stroke();
  }
}

/** Whose area holds the point; -1 for none. @param {L.Point} point @param {Transform} transform @param {any} world */
function findArea(point, { k, x, y }, { areas }) {
  const [u, v] = [(point.x - x) / k, (y - point.y) / k];
  const ctx = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  return areas.findIndex(
    (/** @type {any} */ { path, box }) => isInBox(box, u, v) && ctx.isPointInPath(path, u, v, "evenodd"),
  );
}

/** @param {L.Point} point @param {Transform} transform @param {any} world @param {(i: number) => number} reachOf */
function findBent(point, transform, { curves }, reachOf) {
  return curves.findIndex(
    (/** @type {Curve | null} */ curve, /** @type {number} */ i) =>
      curve && isNearCurve(toCanvas(curve, transform), point, reachOf(i)),
  );
}

/** @param {any} data @param {number} i */
function joinNames({ names, source, target, directed }, i) {
  return `${names[source[i]]} ${directed ? "→" : "–"} ${names[target[i]]}`;
}

/** @type {Record<string, { read(data: any, map: any): any, draw(ctx: CanvasRenderingContext2D, transform: Transform, world: any, data: any): void, tell(point: L.Point, transform: Transform, world: any, data: any): string[] | null }>} */
export const PAINTERS = {
  regions: {
    read: readAreas,
    draw: drawAreas,
    tell(point, transform, world, data) {
      const i = findArea(point, transform, world);
      if (i < 0) return null;
      const value = data.values?.[i] ?? null;
      const known = value !== null && (value === 0 || classOf(data.breaks, value) >= 0);
      const line = data.values ? [`${data.title}: ${known ? formatOverlayValue(data, value) : data.none}`] : [];
      return [data.names[i], ...line];
    },
  },
  groups: { read: readAreas, draw: drawOutlined, tell: () => null },
  links: {
    read: readCurves,
    draw: drawBent,
    tell(point, transform, world, data) {
      const i = findBent(point, transform, world, (at) => 2 + bentWidth(data.weight[at], data) / 2);
      if (i < 0) return null;
      const weight = data.weight[i];
      const written = writeNumber(weight, Number.isInteger(weight) ? 0 : 2, localeOf(data));
      return [joinNames(data, i), `${data.words[0]}: ${written}`];
    },
  },
  gaps: {
    read: readCurves,
    draw: drawShortfalls,
    tell(point, transform, world, data) {
      const i = findBent(point, transform, world, () => 4);
      if (i < 0) return null;
      const figures = ["observed", "expected"].map((key, at) => {
        const value = data[key][i];
        return `${data.words[at]}: ${writeNumber(value, Number.isInteger(value) ? 0 : 1, localeOf(data))}`;
      });
      return [joinNames(data, i), ...figures, data.words[data.supported[i] ? 2 : 3]];
    },
  },
  actors: {
    read: readPoints,
    draw: drawSpots,
    tell(point, transform, world, data) {
      const i = world.spots.findIndex((/** @type {Point} */ spot) => {
        const [x, y] = toCanvas(spot, transform);
        return Math.hypot(x - point.x, y - point.y) <= POINT + 2;
      });
      if (i < 0) return null;
      return [data.names[i], data.words[data.kinds[i]], ...(data.exact[i] ? [] : [data.notes[0]])];
    },
  },
};
