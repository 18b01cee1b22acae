// Sheets: what is drawn on the one canvas, from the ground up. Each draws all its items and knows which one lies under
// the pointer; Leaflet brings the canvas, the events, panning and zooming.

const GRID_PER_UNIT = 64;
const sheets = [];
const drawn = { regions: 0, links: 0, outside: 0, gaps: 0, nodes: 0, labels: 0, outsideLabels: 0 };

const Sheet = L.Path.extend({
  initialize(part) {
    L.setOptions(this, { interactive: Boolean(part.hit), stroke: false, fill: false });
    this._part = part;
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
    this._part.draw(ctx, currentFrame(), this._renderer._bounds);
    ctx.restore();
  },
  _containsPoint(point) {
    this.item = this._part.hit(point, currentFrame());
    return this.item !== null;
  },
});

// Grid steps to canvas: X = x + k * east, Y = y - k * north.
function currentFrame() {
  const origin = map.getPixelOrigin();
  return { k: 2 ** map.getZoom() / GRID_PER_UNIT, x: -origin.x, y: -origin.y };
}

function toLatLng(point) {
  return L.latLng(point[1] / GRID_PER_UNIT, point[0] / GRID_PER_UNIT);
}

function addSheet(part) {
  const sheet = new Sheet(part);
  sheet.options.renderer = canvas;
  sheet.addTo(map);
  sheets.push(sheet);
  if (!part.hit) return;
  sheet.on("mouseover mousemove", (event) => {
    showTip(part.kind, sheet.item, event.originalEvent);
    if (!state.hover || state.hover.item !== sheet.item) change({ hover: { kind: part.kind, item: sheet.item } });
  });
  sheet.on("mouseout", () => {
    hideTip();
    change({ hover: null });
  });
  sheet.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    hideTip();
    part.click(sheet.item);
  });
}

// Leaflet may place the canvas between two pixels, which blurs every line; at rest it stands on whole ones.
const SharpCanvas = L.Canvas.extend({
  _updateTransform(center, zoom) {
    L.Canvas.prototype._updateTransform.call(this, center, zoom);
    if (zoom !== this._zoom) return;
    const half = this._map.getSize().multiplyBy(0.5 + this.options.padding);
    const origin = this._map._getNewPixelOrigin(center, zoom);
    L.DomUtil.setTransform(this._container, this._map.project(this._center, zoom).subtract(half).subtract(origin).round(), 1);
  },
});

let canvas = null;

function redraw() {
  if (sheets.length) sheets[0].redraw();
}
