// The sheets of the map that join regions: links and gaps.

function isPicked(item) {
  const pair = state.pair;
  return Boolean(pair) && ((item.a === pair.a && item.b === pair.b) || (item.a === pair.b && item.b === pair.a));
}

function isHovered(item) {
  return Boolean(state.hover) && state.hover.item === item;
}

function drawLinks(ctx, frame, links, least) {
  ctx.lineCap = "round";
  ctx.strokeStyle = ctx.fillStyle = palette().link;
  let count = 0;
  for (let i = links.length - 1; i >= 0; i -= 1) {
    const curve = linkCurve(links[i], frame);
    if (!curve.length) continue;
    const strong = isHovered(links[i]) || isPicked(links[i]);
    ctx.globalAlpha = strong ? 1 : opacityOf(links[i].weight, least) * (state.pair ? 0.3 : 1);
    ctx.lineWidth = widthOf(links[i].weight) + (strong ? 1 : 0);
    strokeCurve(ctx, curve);
    if (D.directed) drawHead(ctx, curve, 6 + ctx.lineWidth, radiusOf(links[i].b));
    count += 1;
  }
  return count;
}

function leastOf(links) {
  return links.length ? Math.min(...links.map((link) => link.weight)) : 0;
}

// What the pointer can mean: over a window only what ends in it, beside it what it does not cover.
function underPointer(items, point) {
  const inset = insetAt(point);
  return inset ? items.filter((item) => item.a.window === inset || item.b.window === inset) : items;
}

const linkSheet = {
  kind: "link",
  draw(ctx, frame) {
    const links = visibleLinks();
    drawn.links = drawLinks(ctx, frame, links, leastOf(links));
  },
  hit(point, frame) {
    for (const link of underPointer(visibleLinks(), point)) {
      const curve = linkCurve(link, frame);
      if (curve.length && isNearCurve(curve, point, 2 + widthOf(link.weight) / 2)) return link;
    }
    return null;
  },
  click(link) {
    pickPair(link.a, link.b, link.a.gaps.find((gap) => gap.a === link.b || gap.b === link.b) || null);
  },
};

function drawGaps(ctx, frame, gaps) {
  const colours = palette();
  ctx.lineCap = "butt";
  let count = 0;
  for (const gap of gaps) {
    const curve = gapCurve(gap, frame);
    if (!curve.length) continue;
    const strong = isHovered(gap) || isPicked(gap);
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
    count += 1;
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  return count;
}

const gapSheet = {
  kind: "gap",
  draw(ctx, frame) {
    drawn.gaps = drawGaps(ctx, frame, visibleGaps());
  },
  hit(point, frame) {
    for (const gap of underPointer(visibleGaps(), point)) {
      const curve = gapCurve(gap, frame);
      if (curve.length && isNearCurve(curve, point, 4)) return gap;
    }
    return null;
  },
  click(gap) {
    change({ tab: "gaps" });
    pickPair(gap.a, gap.b, gap);
  },
};
