// The one canvas of the map and its layers, from the ground up. Each layer draws all its items and knows which one lies
// under the pointer; Leaflet brings the canvas, the events, panning and zooming.

import { DATA } from "../model/data.js";
import { change, state } from "../model/state.js";
import { hideTip, showTip } from "./tip.js";

const STEPS_PER_UNIT = 64; // grid steps in a unit of Leaflet's flat coordinates
const ROUND = 2 * Math.PI * 6378137; // metres around the equator, in the projection of tiles
const TILE = 256;
const [ORIGIN_X, ORIGIN_Y] = DATA.basemap.origin;
const STEP = DATA.basemap.step;
/** Pixels of a grid step at zoom 0, and of the grid's origin from the corner of the world; tiles have a world of their own. */
const WORLD = DATA.tiles
  ? { k: (TILE * STEP) / ROUND, x: TILE * (0.5 + ORIGIN_X / ROUND), y: TILE * (0.5 - ORIGIN_Y / ROUND) }
  : { k: 1 / STEPS_PER_UNIT, x: 0, y: 0 };

/** @type {L.Map} */
export let map;
/** @type {any} */
export let canvas = null; // L.Canvas, of which the page uses parts that have no type
/** @type {any[]} */
const layers = [];
/** What was drawn last. */
export const drawn = { regions: 0, links: 0, outside: 0, gaps: 0, nodes: 0, labels: 0, outsideLabels: 0, actors: 0 };

/** @param {L.Map} leafletMap */
export function useMap(leafletMap) {
  map = leafletMap;
}

/** Leaflet may place the canvas between two pixels, which blurs every line; at rest it stands on whole ones. */
const SharpCanvas = L.Canvas.extend({
  /** @this {any} @param {L.LatLng} center @param {number} zoom */
  _updateTransform(center, zoom) {
    /** @type {any} */ (L.Canvas.prototype)._updateTransform.call(this, center, zoom);
    if (zoom !== this._zoom) return;
    const half = this._map.getSize().multiplyBy(0.5 + this.options.padding);
    const origin = this._map._getNewPixelOrigin(center, zoom);
    L.DomUtil.setTransform(
      this._container,
      this._map.project(this._center, zoom).subtract(half).subtract(origin).round(),
      1,
    );
  },
});

export function addCanvas() {
  canvas = new /** @type {any} */ (SharpCanvas)({ padding: 0.25 }).addTo(map);
}

/** Leaflet draws at the next frame; this draws what is due at once. */
export function drawNow() {
  if (canvas._redrawRequest) canvas._redraw();
}

export function redraw() {
  if (layers.length) layers[0].redraw();
}

/** @returns {Transform} */
export function currentTransform() {
  const origin = map.getPixelOrigin();
  const zoomed = 2 ** map.getZoom();
  return { k: zoomed * WORLD.k, x: zoomed * WORLD.x - origin.x, y: zoomed * WORLD.y - origin.y };
}

/** The zoom at which a grid step is so many pixels. @param {number} scale */
export function zoomOf(scale) {
  return Math.log2(scale / WORLD.k);
}

/** @param {number} x @param {number} y */
export function toLatLng(x, y) {
  if (DATA.tiles) return L.CRS.EPSG3857.unproject(L.point(ORIGIN_X + x * STEP, ORIGIN_Y + y * STEP));
  return L.latLng(y / STEPS_PER_UNIT, x / STEPS_PER_UNIT);
}

/** For Leaflet, a layer is a path that is everywhere. */
const CanvasLayer = /** @type {any} */ (L.Path).extend({
  /** @this {any} @param {DrawnLayer<any>} layer */
  initialize(layer) {
    L.setOptions(this, { interactive: Boolean(layer.hit), stroke: false, fill: false, renderer: canvas });
    this._layer = layer;
    this._pxBounds = L.bounds([-1e7, -1e7], [1e7, 1e7]);
    this.item = null;
  },
  _project() {},
  _reset() {
    this._update();
  },
  _update() {
    this._updatePath();
  },
  _updatePath() {
    if (!this._renderer._drawing) return;
    const ctx = this._renderer._ctx;
    ctx.save();
    this._layer.draw(ctx, currentTransform(), this._renderer._bounds);
    ctx.restore();
  },
  /** @this {any} @param {L.Point} point */
  _containsPoint(point) {
    this.item = this._layer.hit(point, currentTransform());
    return this.item !== null;
  },
});

/** @param {DrawnLayer<any>} layer */
export function addLayer(layer) {
  const { kind, click } = layer;
  const added = new CanvasLayer(layer);
  added.addTo(map);
  layers.push(added);
  if (!kind) return;
  added.on("mouseover mousemove", (/** @type {L.LeafletMouseEvent} */ event) => {
    showTip(kind, added.item, event.originalEvent);
    if (state.hover?.item !== added.item) change({ hover: { kind, item: added.item } });
  });
  added.on("mouseout", () => {
    hideTip();
    change({ hover: null });
  });
  added.on("click", (/** @type {L.LeafletMouseEvent} */ event) => {
    L.DomEvent.stopPropagation(event);
    hideTip();
    click?.(added.item);
  });
}
