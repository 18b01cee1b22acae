// Windows for far places, drawn like the map itself; regions that only a window shows live in it, with their links.

const INSET_WIDTHS = { narrow: 76, small: 88, wide: 112 };
const SMALL_STAGE = 800;
const TALLEST = 1.25;   // of the width
const LIVE = INSETS.filter((inset) => UNITS.some((region) => region.window === inset));

function addInsets(host) {
  for (const inset of INSETS) {
    const figure = make("figure", "inset");
    const plate = make("canvas");
    plate.setAttribute("role", "img");
    figure.append(plate, make("figcaption"));
    host.append(figure);
    Object.assign(inset, { figure, plate, caption: figure.lastChild });
  }
  listen("lang score theme layers", drawInsets);
  if (!LIVE.length) return;
  listen("shown gapsShown strict focus pair hover", drawInsets);
  map.on("moveend", drawInsets);
}

function sizeInset(box) {
  const width = INSET_WIDTHS[narrow.matches ? "narrow" : map.getSize().x < SMALL_STAGE ? "small" : "wide"];
  const k = Math.min(width / (box[2] - box[0]), (width * TALLEST) / (box[3] - box[1]));
  return { k, width: Math.round((box[2] - box[0]) * k), height: Math.round((box[3] - box[1]) * k) };
}

function drawInsets() {
  if (!canvas) return;   // before the first view their size is unknown
  for (const inset of INSETS) {
    const { plate, caption, title, box } = inset;
    const sharp = Math.max(1, window.devicePixelRatio || 1);
    const { k, width, height } = sizeInset(box);
    plate.width = width * sharp;
    plate.height = height * sharp;
    plate.style.width = width + "px";
    plate.style.height = height + "px";
    plate.setAttribute("aria-label", pick(title));
    caption.textContent = pick(title);
  }
  placeInsets();
  INSETS.forEach(paintInset);
}

// Where each window is over the map, in pixels from its corner.
function placeInsets() {
  const corner = map.getContainer().getBoundingClientRect();
  for (const inset of INSETS) {
    const frame = inset.figure.getBoundingClientRect(), plate = inset.plate.getBoundingClientRect();
    inset.at = plate.width ? {
      left: plate.left - corner.left, top: plate.top - corner.top, right: frame.right - corner.left, bottom: frame.bottom - corner.top,
      k: plate.width / (inset.box[2] - inset.box[0]),
    } : null;
  }
}

function paintInset(inset) {
  const { plate, box } = inset;
  const sharp = Math.max(1, window.devicePixelRatio || 1);
  const ctx = plate.getContext("2d");
  const k = plate.width / (box[2] - box[0]);
  const own = { k, x: -box[0] * k, y: box[3] * k };
  ctx.fillStyle = palette().sea;
  ctx.fillRect(0, 0, plate.width, plate.height);
  ctx.save();
  drawGround(ctx, own, null, 0.8 * sharp);
  ctx.restore();
  if (!LIVE.includes(inset) || !inset.at) return;
  ctx.save();
  drawOutlines(ctx, own, (region) => region.farPath);
  ctx.restore();
  // The rest lies on the canvas of the map and goes on in here.
  const corner = map.containerPointToLayerPoint([inset.at.left, inset.at.top]);
  const frame = currentFrame();
  const touches = (item) => item.a.window === inset || item.b.window === inset;
  const links = visibleLinks();
  ctx.save();
  ctx.transform(sharp, 0, 0, sharp, -corner.x * sharp, -corner.y * sharp);
  drawLinks(ctx, frame, links.filter(touches), leastOf(links));
  drawGaps(ctx, frame, visibleGaps().filter(touches));
  ctx.globalAlpha = 1;
  for (const region of UNITS) if (state.layers.nodes && region.window === inset) drawNode(ctx, region, spotOf(region, frame));
  ctx.restore();
}

function spotInWindow(inset, point) {
  if (!inset.at) return null;
  const { left, top, k } = inset.at;
  const spot = map.containerPointToLayerPoint([left + (point[0] - inset.box[0]) * k, top + (inset.box[3] - point[1]) * k]);
  return [spot.x, spot.y];
}

// The reverse: from the canvas to the grid.
function placeInWindow(inset, point) {
  const { x, y } = map.layerPointToContainerPoint(point);
  return [inset.box[0] + (x - inset.at.left) / inset.at.k, inset.box[3] - (y - inset.at.top) / inset.at.k];
}

function insetAt(point) {
  const { x, y } = map.layerPointToContainerPoint(point);
  return INSETS.find(({ at }) => at && x >= at.left && x <= at.right && y >= at.top && y <= at.bottom) || null;
}
