// Layers on any Leaflet map, each on a canvas of its own that lets the pointer through: what lies below still answers.

import { addToLegend, takeFromLegend } from "./overlay/legend.js";
import { PAINTERS } from "./overlay/painters.js";
import { hideOverlayTip, showOverlayTip } from "./overlay/tip.js";

const PADDING = 0.25; // of the map on each side: it can be dragged so far before it is drawn anew
/** From the ground up. @type {Record<string, number>} */
const HEIGHTS = { regions: 405, groups: 406, links: 407, gaps: 408, actors: 409 };

/** @param {string} id of the data block @returns {L.Layer} */
function drawRegionet(id) {
  const data = JSON.parse(document.getElementById(id)?.textContent || "");
  return new /** @type {any} */ (makeLayer())(data);
}

/** @type {any} */
let OverlayLayer = null;

/** Leaflet may come after this script. */
function makeLayer() {
  OverlayLayer ||= L.Layer.extend({
    initialize,
    onAdd,
    onRemove,
    getEvents,
    _draw: drawOverlay,
    _follow: followZoom,
    _hover: hoverOverlay,
  });
  return OverlayLayer;
}

/** @this {any} @param {any} data */
function initialize(data) {
  this._data = data;
  this._items = [];
}

/** @this {any} @param {any} map */
function onAdd(map) {
  const { kind } = this._data;
  const name = `regionet-${kind}`;
  if (!map.getPane(name)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(HEIGHTS[kind]);
    pane.style.pointerEvents = "none";
  }
  this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", map.getPane(name));
  this._world ||= PAINTERS[kind].read(this._data, map);
  map._regionetLayers = [...(map._regionetLayers || []), this];
  if (this._data.legend) addToLegend(map, this);
  this._draw();
}

/** @this {any} @param {any} map */
function onRemove(map) {
  this._canvas.remove();
  map._regionetLayers = map._regionetLayers.filter((/** @type {any} */ other) => other !== this);
  takeFromLegend(map, this);
  hideOverlayTip(map);
}

/** @this {any} */
function getEvents() {
  return {
    moveend: this._draw,
    resize: this._draw,
    zoomanim: this._follow,
    mousemove: this._hover,
    mouseout: this._hover,
  };
}

/** @this {any} */
function drawOverlay() {
  const map = this._map;
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  const size = map
    .getSize()
    .multiplyBy(1 + 2 * PADDING)
    .round();
  const corner = map.containerPointToLayerPoint(map.getSize().multiplyBy(-PADDING)).round();
  const canvas = this._canvas;
  L.DomUtil.setPosition(canvas, corner);
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  this._bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add(size)));
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  ctx.translate(-corner.x, -corner.y);
  const scale = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0);
  const origin = map.getPixelOrigin();
  const [x, y] = this._world.middle;
  this._transform = { k: scale, x: x * scale - origin.x, y: y * scale - origin.y };
  PAINTERS[this._data.kind].draw(ctx, this._transform, this._world, this._data);
}

/** @this {any} @param {any} event */
function followZoom(event) {
  const scale = this._map.getZoomScale(event.zoom, this._map.getZoom());
  const corner = this._map._latLngToNewLayerPoint(this._bounds.getNorthWest(), event.zoom, event.center);
  L.DomUtil.setTransform(this._canvas, corner, scale);
}

/** The topmost layer that has something under the pointer tells it. @this {any} @param {any} event */
function hoverOverlay(event) {
  const map = this._map;
  if (map._regionetLayers[0] !== this) return; // one of them asks for all
  const layers = [...map._regionetLayers].sort((a, b) => HEIGHTS[b._data.kind] - HEIGHTS[a._data.kind]);
  for (const { _data, _world, _transform } of event.type === "mouseout" ? [] : layers) {
    const told = PAINTERS[_data.kind].tell(event.layerPoint, _transform, _world, _data);
    if (!told) continue;
    showOverlayTip(map, event.latlng, told);
    return;
  }
  hideOverlayTip(map);
}

Object.assign(window, { drawRegionet });
