// The sheets of the map: regions, outlines, links, gaps, points.

const probe = document.createElement("canvas").getContext("2d");

// Every stretch of boundary once: inside a group (a province of cities), or between groups and along the coast.
const BORDERS = (function traceBorders() {
  const owners = new Map();
  const keyOf = (x, y, u, v) => (x < u || (x === u && y < v) ? `${x},${y},${u},${v}` : `${u},${v},${x},${y}`);
  const walk = (visit) => {
    for (const region of REGIONS) {
      for (const ring of region.rings) {
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
})();

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

// Shared by the map and its windows.
function drawGround(ctx, frame, bounds, scale) {
  const colours = palette();
  let count = 0;
  ctx.transform(frame.k, 0, 0, -frame.k, frame.x, frame.y);
  ctx.lineJoin = "round";
  for (const region of REGIONS) {
    if (!region.path || !isInside(region.box, frame, bounds)) continue;
    ctx.fillStyle = colourOf(region);
    ctx.fill(region.path, "evenodd");
    count += 1;
  }
  // A casing below the line, so that it shows between two pale regions and between two dark ones.
  ctx.lineWidth = (1.9 * scale) / frame.k;
  ctx.strokeStyle = colours.halo;
  ctx.globalAlpha = 0.5;
  ctx.stroke(BORDERS.inner);
  ctx.globalAlpha = 1;
  ctx.lineWidth = (0.6 * scale) / frame.k;
  ctx.strokeStyle = colours.border;
  ctx.stroke(BORDERS.inner);
  ctx.lineWidth = (0.9 * scale) / frame.k;
  ctx.strokeStyle = colours.outline;
  ctx.stroke(BORDERS.outer);
  ctx.lineWidth = (1.3 * scale) / frame.k;
  ctx.stroke(LINES);
  return count;
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
    const x = (point.x - frame.x) / frame.k, y = (frame.y - point.y) / frame.k;
    for (const region of UNITS) {
      const box = region.box;
      if (!region.path || x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
      if (probe.isPointInPath(region.path, x, y, "evenodd")) return region;
    }
    return null;
  },
  click: focusOn,
};

const outlineSheet = {
  draw(ctx, frame) {
    const colours = palette();
    const marks = [];
    if (state.hover && state.hover.kind === "region") marks.push([state.hover.item, 1.4]);
    if (state.focus) marks.push([state.focus, 2.4]);
    if (state.pair) marks.push([state.pair.a, 2.4], [state.pair.b, 2.4]);
    ctx.transform(frame.k, 0, 0, -frame.k, frame.x, frame.y);
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours.focus;
    for (const [region, width] of marks) {
      if (!region.path) continue;
      ctx.lineWidth = width / frame.k;
      ctx.stroke(region.path);
    }
  },
};

function isPicked(item) {
  const pair = state.pair;
  return Boolean(pair) && ((item.a === pair.a && item.b === pair.b) || (item.a === pair.b && item.b === pair.a));
}

function isHovered(item) {
  return Boolean(state.hover) && state.hover.item === item;
}

const linkSheet = {
  kind: "link",
  draw(ctx, frame) {
    const links = visibleLinks();
    const colours = palette();
    ctx.lineCap = "round";
    ctx.strokeStyle = ctx.fillStyle = colours.link;
    drawn.links = 0;
    const least = links.length ? Math.min(...links.map((link) => link.weight)) : 0;
    for (let i = links.length - 1; i >= 0; i -= 1) {
      const curve = toScreen(curveOf(links[i]), frame);
      if (!curve.length) continue;
      const strong = isHovered(links[i]) || isPicked(links[i]);
      ctx.globalAlpha = strong ? 1 : opacityOf(links[i].weight, least) * (state.pair ? 0.3 : 1);
      ctx.lineWidth = widthOf(links[i].weight) + (strong ? 1 : 0);
      strokeCurve(ctx, curve);
      if (D.directed) drawHead(ctx, curve, 6 + ctx.lineWidth, radiusOf(links[i].b));
      drawn.links += 1;
    }
  },
  hit(point, frame) {
    for (const link of visibleLinks()) {
      if (curveOf(link).length && isNearCurve(toScreen(curveOf(link), frame), point, 2 + widthOf(link.weight) / 2)) return link;
    }
    return null;
  },
  click(link) {
    pickPair(link.a, link.b, link.a.gaps.find((gap) => gap.a === link.b || gap.b === link.b) || null);
  },
};

const gapSheet = {
  kind: "gap",
  draw(ctx, frame) {
    const colours = palette();
    drawn.gaps = 0;
    for (const gap of visibleGaps()) {
      const curve = toScreen(gapCurveOf(gap), frame);
      if (!curve.length) continue;
      const strong = isHovered(gap) || isPicked(gap);
      ctx.lineCap = "butt";
      ctx.setLineDash([]);
      ctx.globalAlpha = state.pair && !strong ? 0.15 : 0.75;
      ctx.strokeStyle = colours.halo;
      ctx.lineWidth = strong ? 5.5 : 3.6 * pen();
      strokeCurve(ctx, curve);
      ctx.globalAlpha = state.pair && !strong ? 0.3 : 1;
      ctx.strokeStyle = colours.gap;
      ctx.setLineDash(strong ? [9, 5] : [6, 4.5]);
      ctx.lineWidth = strong ? 3.2 : 1.8 * pen();
      strokeCurve(ctx, curve);
      drawn.gaps += 1;
    }
  },
  hit(point, frame) {
    for (const gap of visibleGaps()) {
      if (gapCurveOf(gap).length && isNearCurve(toScreen(gapCurveOf(gap), frame), point, 4)) return gap;
    }
    return null;
  },
  click(gap) {
    change({ tab: "gaps" });
    pickPair(gap.a, gap.b, gap);
  },
};

const nodeSheet = {
  kind: "region",
  draw(ctx, frame) {
    const colours = palette();
    drawn.nodes = 0;
    if (!state.layers.nodes) return;
    for (const region of UNITS) {
      if (!region.point) continue;
      const [x, y] = toScreen(region.point, frame);
      const radius = radiusOf(region);
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.fillStyle = region.strength ? colours.node : colours.outline;
      if (region.strength) {
        ctx.strokeStyle = colours.halo;
        ctx.lineWidth = 1.6;
        ctx.stroke();
      }
      ctx.fill();
      drawn.nodes += 1;
    }
  },
  hit(point, frame) {
    if (!state.layers.nodes) return null;
    let best = null, nearest = Infinity;
    for (const region of UNITS) {
      if (!region.point || !(region.strength || !region.path)) continue;
      const [x, y] = toScreen(region.point, frame);
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance <= radiusOf(region) + 2 && distance < nearest) [best, nearest] = [region, distance];
    }
    return best;
  },
  click: focusOn,
};
