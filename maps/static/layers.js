// The sheets of the map that show regions: ground, outlines, points.

const probe = document.createElement("canvas").getContext("2d");

// Every stretch of boundary once: inside a group (a province of cities), or between groups and along the coast.
function traceBorders(ringsOf) {
  const owners = new Map();
  const keyOf = (x, y, u, v) => (x < u || (x === u && y < v) ? `${x},${y},${u},${v}` : `${u},${v},${x},${y}`);
  const walk = (visit) => {
    for (const region of REGIONS) {
      for (const ring of ringsOf(region)) {
        for (let i = 0, n = ring.length; i < n; i += 2) visit(region, ring[i], ring[i + 1], ring[(i + 2) % n], ring[(i + 3) % n]);
      }
    }
  };
  walk((region, x, y, u, v) => {
    const key = keyOf(x, y, u, v);
    const seen = owners.get(key);
    owners.set(key, seen === undefined ? region.group : seen === region.group ? null : true);
  });
  const inner = new Path2D(), outer = new Path2D();
  const done = new Set();
  let last = null;
  walk((region, x, y, u, v) => {
    const key = keyOf(x, y, u, v);
    if (done.has(key)) {
      last = null;
      return;
    }
    done.add(key);
    const path = owners.get(key) === null ? inner : outer;
    if (!last || last.path !== path || last.u !== x || last.v !== y) path.moveTo(x, y);
    path.lineTo(u, v);
    last = { path, u, v };
  });
  return { inner, outer };
}

const BORDERS = traceBorders((region) => region.rings);
const FAR_BORDERS = traceBorders((region) => region.far);

function colourOf(region) {
  const colours = palette();
  const score = SCORES[state.score];
  if (!state.layers.score || !score || !region.isUnit) return colours.land;
  const position = classOf(score, score.values[region.i]);
  return position < 0 ? colours.land : colours.ramp[rampIndex(position, score.breaks.length, colours.ramp.length)];
}

function isInside(box, frame, bounds) {
  return !bounds || (frame.x + box[2] * frame.k >= bounds.min.x && frame.x + box[0] * frame.k <= bounds.max.x
    && frame.y - box[1] * frame.k >= bounds.min.y && frame.y - box[3] * frame.k <= bounds.max.y);
}

// Shared by the map and its windows; a window has no bounds, and shows the far places too.
function drawGround(ctx, frame, bounds, scale) {
  const colours = palette();
  let count = 0;
  ctx.transform(frame.k, 0, 0, -frame.k, frame.x, frame.y);
  ctx.lineJoin = "round";
  for (const region of REGIONS) {
    ctx.fillStyle = colourOf(region);
    if (!bounds && region.farPath) ctx.fill(region.farPath, "evenodd");
    if (!region.path || !isInside(region.box, frame, bounds)) continue;
    ctx.fill(region.path, "evenodd");
    count += 1;
  }
  for (const borders of bounds ? [BORDERS] : [BORDERS, FAR_BORDERS]) drawBorders(ctx, borders, scale / frame.k);
  ctx.lineWidth = (1.3 * scale) / frame.k;
  ctx.stroke(LINES);
  return count;
}

// A casing below the line, so that it shows between two pale regions and between two dark ones.
function drawBorders(ctx, borders, unit) {
  const colours = palette();
  ctx.lineWidth = 1.9 * unit;
  ctx.strokeStyle = colours.halo;
  ctx.globalAlpha = 0.5;
  ctx.stroke(borders.inner);
  ctx.globalAlpha = 1;
  ctx.lineWidth = 0.6 * unit;
  ctx.strokeStyle = colours.border;
  ctx.stroke(borders.inner);
  ctx.lineWidth = 0.9 * unit;
  ctx.strokeStyle = colours.outline;
  ctx.stroke(borders.outer);
}

// The ground changes less often than what lies on it: it is painted once for a view and then copied.
const plate = { key: "", canvas: document.createElement("canvas"), count: 0 };

function paintPlate(ctx, frame, bounds) {
  const { width, height } = ctx.canvas;
  const key = [frame.k, frame.x, frame.y, bounds.min.x, bounds.min.y, width, height, state.theme, state.score, state.layers.score].join();
  if (key === plate.key) return;
  plate.key = key;
  plate.canvas.width = width;
  plate.canvas.height = height;
  const own = plate.canvas.getContext("2d");
  own.setTransform(ctx.getTransform());
  plate.count = drawGround(own, frame, bounds, 1);
}

const regionSheet = {
  kind: "region",
  draw(ctx, frame, bounds) {
    paintPlate(ctx, frame, bounds);
    ctx.setTransform(1, 0, 0, 1, 0, 0);   // the sheet restores it
    ctx.drawImage(plate.canvas, 0, 0);
    drawn.regions = plate.count;
  },
  hit(point, frame) {
    const inset = insetAt(point);
    const [x, y] = inset ? placeInWindow(inset, point) : [(point.x - frame.x) / frame.k, (frame.y - point.y) / frame.k];
    return UNITS.find((region) => isOn(region.path, x, y) || (inset && isOn(region.farPath, x, y))) || null;
  },
  click: focusOn,
};

function isOn(path, x, y) {
  return Boolean(path) && probe.isPointInPath(path, x, y, "evenodd");
}

function drawOutlines(ctx, frame, pathOf) {
  const marks = [];
  if (state.hover && state.hover.kind === "region") marks.push([state.hover.item, 1.4]);
  if (state.focus) marks.push([state.focus, 2.4]);
  if (state.pair) marks.push([state.pair.a, 2.4], [state.pair.b, 2.4]);
  ctx.transform(frame.k, 0, 0, -frame.k, frame.x, frame.y);
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette().focus;
  for (const [region, width] of marks) {
    if (!pathOf(region)) continue;
    ctx.lineWidth = width / frame.k;
    ctx.stroke(pathOf(region));
  }
}

const outlineSheet = {
  draw(ctx, frame) {
    drawOutlines(ctx, frame, (region) => region.path);
  },
};

function drawNode(ctx, region, [x, y]) {
  const colours = palette();
  ctx.beginPath();
  ctx.arc(x, y, radiusOf(region), 0, 2 * Math.PI);
  ctx.fillStyle = region.strength ? colours.node : colours.outline;
  if (region.strength) {
    ctx.strokeStyle = colours.halo;
    ctx.lineWidth = 1.6;
    ctx.stroke();
  }
  ctx.fill();
}

const nodeSheet = {
  kind: "region",
  draw(ctx, frame) {
    drawn.nodes = 0;
    if (!state.layers.nodes) return;
    for (const region of UNITS) {
      const spot = region.point && spotOf(region, frame);
      if (!spot) continue;
      if (!region.window) drawNode(ctx, region, spot);   // a window draws its own
      drawn.nodes += 1;
    }
  },
  hit(point, frame) {
    if (!state.layers.nodes) return null;
    const inset = insetAt(point);
    let best = null, nearest = Infinity;
    for (const region of UNITS) {
      if (!region.point || region.window !== inset || !(region.strength || !region.path)) continue;
      const [x, y] = spotOf(region, frame);
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance <= radiusOf(region) + 2 && distance < nearest) [best, nearest] = [region, distance];
    }
    return best;
  },
  click: focusOn,
};
