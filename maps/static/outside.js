// Links to regions outside the study: lighter, towards where the other region lies, named where they leave the map.

function outsideCurve(link, frame) {
  return curveOf(link, frame, 1, false);
}

// A scale of their own: they may outweigh every link inside the study, and must not outshine them.
function widthOfOutside(link) {
  return (0.5 + 2.2 * Math.sqrt(link.weight / OUTSIDE[0].weight)) * pen();
}

const outsideSheet = {
  kind: "link",
  draw(ctx, frame) {
    const colours = palette();
    ctx.lineCap = "round";
    ctx.strokeStyle = colours.link;
    drawn.outside = 0;
    for (const link of visibleOutside()) {
      const curve = outsideCurve(link, frame);
      if (!curve.length) continue;
      const strong = isHovered(link);
      ctx.globalAlpha = strong ? 0.9 : state.pair ? 0.12 : 0.3;
      ctx.lineWidth = widthOfOutside(link) + (strong ? 1 : 0);
      strokeCurve(ctx, curve);
      drawn.outside += 1;
    }
    ctx.globalAlpha = 1;
    for (const { spot } of outsidePlaces(frame)) drawRing(ctx, spot, colours);
  },
  hit(point, frame) {
    for (const link of underPointer(visibleOutside(), point)) {
      const curve = outsideCurve(link, frame);
      if (curve.length && isNearCurve(curve, point, 2 + widthOfOutside(link) / 2)) return link;
    }
    return null;
  },
  click(link) {
    focusOn(link.a);
  },
};

function drawRing(ctx, [x, y], colours) {
  ctx.beginPath();
  ctx.arc(x, y, 3 * pen(), 0, 2 * Math.PI);
  ctx.fillStyle = colours.halo;
  ctx.fill();
  ctx.lineWidth = 1.3;
  ctx.strokeStyle = colours.link;
  ctx.stroke();
}

// The regions outside that links lead to, the strongest link first, each once.
function outsidePlaces(frame) {
  const found = new Map();
  for (const link of visibleOutside()) {
    if (!found.has(link.b.code)) found.set(link.b.code, { region: link.b, link, spot: toScreen(link.b.point, frame) });
  }
  return [...found.values()];
}

// A name at the place, or, when that is beyond the window, where its strongest link leaves the window.
function outsideLabels(frame, view) {
  return outsidePlaces(frame).map(({ region, link, spot }) => {
    const inside = (x, y) => x > view.min.x && x < view.max.x && y > view.min.y && y < view.max.y;
    if (inside(...spot)) return { name: shortName(region), x: spot[0], y: spot[1], out: false };
    const curve = outsideCurve(link, frame);
    if (!curve.length || !inside(curve[0], curve[1]) === !inside(curve[4], curve[5])) return null;
    let last = null;
    for (let step = 0; step <= 60; step += 1) {
      const s = inside(curve[0], curve[1]) ? step / 60 : 1 - step / 60;
      const [x, y] = pointOn(curve, s);
      if (!inside(x, y)) break;
      last = [x, y];
    }
    return last && { name: shortName(region), x: last[0], y: last[1], out: true };
  }).filter(Boolean);
}
