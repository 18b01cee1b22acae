// Names on the map: the important ones first, none over another, more of them as the reader zooms in.

const LABEL_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';
const LABELS_AT_HOME = 22;

function labelOrder() {
  const first = [];
  if (state.pair) first.push(state.pair.a, state.pair.b);
  if (state.focus) {
    first.push(state.focus);
    const partners = [...state.focus.links].sort((a, b) => b.weight - a.weight).slice(0, 14);
    for (const link of partners) first.push(link.a === state.focus ? link.b : link.a);
  }
  return { first: first.filter((region) => region.point && !region.window), rest: LABEL_RANK };
}

const LABEL_RANK = UNITS.filter((region) => region.point && !region.window).sort((a, b) => (b.strength || 0) - (a.strength || 0));

// Right of the point, left, above, below, farther above, farther below.
function labelPlaces(x, y, radius, width) {
  const gap = radius + 4;
  return [
    [x + gap, y - 7, x + gap + width, y + 7],
    [x - gap - width, y - 7, x - gap, y + 7],
    [x - width / 2, y - gap - 14, x + width / 2, y - gap],
    [x - width / 2, y + gap, x + width / 2, y + gap + 14],
    [x - width / 2, y - gap - 24, x + width / 2, y - gap - 10],
    [x - width / 2, y + gap + 10, x + width / 2, y + gap + 24],
  ];
}

function meets(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// A name is not cut by the edge of the window, unless its point is beyond it.
function uncutIn(view, x) {
  return (box) => {
    const out = x < view.min.x || x > view.max.x;
    return out || (box[0] >= view.min.x + 2 && box[2] <= view.max.x - 2);
  };
}

function pointBoxes(frame) {
  return LABEL_RANK.filter((region) => region.strength && state.layers.nodes).slice(0, 80).map((region) => {
    const [x, y] = toScreen(region.point, frame), r = radiusOf(region);
    return { region, box: [x - r, y - r, x + r, y + r] };
  });
}

const labelSheet = {
  draw(ctx, frame, bounds) {
    drawn.labels = drawn.outsideLabels = 0;
    if (!state.layers.labels) return;
    const colours = palette();
    const points = pointBoxes(frame);
    const taken = [];
    const corner = map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(corner, corner.add(map.getSize()));
    const { first, rest } = labelOrder();
    const limit = first.length + Math.round(LABELS_AT_HOME * pen() ** 2 * 4 ** Math.max(0, map.getZoom() - homeZoom));
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const region of new Set([...first, ...rest])) {
      if (drawn.labels >= limit) break;
      const [x, y] = toScreen(region.point, frame);
      if (x < bounds.min.x || x > bounds.max.x || y < bounds.min.y || y > bounds.max.y) continue;
      const name = shortName(region);
      const named = region === state.focus || (state.pair && (region === state.pair.a || region === state.pair.b));
      ctx.font = (named ? "bold 13px " : "12px ") + LABEL_FONT;
      const uncut = uncutIn(view, x);
      const places = labelPlaces(x, y, radiusOf(region), ctx.measureText(name).width).slice(0, named ? 6 : 4);
      const free = (box) => uncut(box) && !taken.some((other) => meets(box, other)) && !points.some((other) => other.region !== region && meets(box, other.box));
      const apart = (box) => !taken.some((other) => meets(box, other));
      const place = places.find(free) || (named ? places.find(apart) || places[0] : null);
      if (!place) continue;
      taken.push([place[0] - 3, place[1] - 1, place[2] + 3, place[3] + 1]);
      writeLabel(ctx, name, place, colours.ink);
      drawn.labels += 1;
    }
    writeOutside(ctx, frame, view, taken);
  },
};

// Names of regions outside, in the soft colour, where nothing else stands; boxes over the map are in the way too.
function writeOutside(ctx, frame, view, taken) {
  const corner = map.getContainer().getBoundingClientRect();
  const boxes = ["notes", "zoom", "legend", "insets"].map((id) => document.getElementById(id).getBoundingClientRect()).filter((box) => box.width);
  const blocked = boxes.map((box) => [box.left - corner.left + view.min.x, box.top - corner.top + view.min.y, box.right - corner.left + view.min.x, box.bottom - corner.top + view.min.y]);
  ctx.font = "11px " + LABEL_FONT;
  for (const { name, x, y, out } of outsideLabels(frame, view)) {
    const width = ctx.measureText(name).width;
    const keep = (value, low, high) => Math.max(low, Math.min(high, value));
    const left = out ? keep(x - width / 2, view.min.x + 5, view.max.x - width - 5) : x + 6;
    const top = out ? keep(y - 7, view.min.y + 4, view.max.y - 18) : y - 7;
    const box = [left, top, left + width, top + 14];
    if ([...taken, ...blocked].some((other) => meets(box, other))) continue;
    taken.push([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
    writeLabel(ctx, name, box, palette().soft);
    drawn.outsideLabels += 1;
  }
}

function writeLabel(ctx, name, place, colour) {
  const y = (place[1] + place[3]) / 2;
  ctx.globalAlpha = 0.85;
  ctx.strokeStyle = palette().halo;
  ctx.lineWidth = 3;
  ctx.strokeText(name, place[0], y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour;
  ctx.fillText(name, place[0], y);
}
