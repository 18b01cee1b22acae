// The layers of the map and what a click on each does.

import { isNearCurve } from "../model/curves.js";
import { shownKey, UNITS } from "../model/data.js";
import {
  change,
  isBrief,
  numberedGaps,
  selectGap,
  selectPair,
  state,
  visibleGaps,
  visibleLinks,
  visibleOutside,
} from "../model/state.js";
import { drawBasemap, drawMinuses, drawNode, drawOutlines } from "./basemap.js";
import { drawn } from "./canvas.js";
import { make } from "./dom.js";
import { extraLayer } from "./extra.js";
import { geoLayer } from "./geo.js";
import { drawGaps, drawLinks, drawOutside, leastWeight } from "./lines.js";
import { canvasPoint, endsIn, gapCurve, gridPoint, insetAt, linkCurve, outsideCurve } from "./places.js";
import { outsideWidthOf, radiusOf, widthOf } from "./sizes.js";
import { openRegion } from "./view.js";

const probe = /** @type {CanvasRenderingContext2D} */ (make("canvas").getContext("2d"));

// The base map changes less often than what lies on it: it is painted once for a view and then copied.
const MANY_LINKS = 2000;
const paintedLinks = { key: "", image: make("canvas"), count: 0 };
const painted = { key: "", image: make("canvas"), count: 0 };

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {L.Bounds} bounds */
function paintBasemap(ctx, transform, bounds) {
  const { width, height } = ctx.canvas;
  const place = [transform.k, transform.x, transform.y, bounds.min?.x, bounds.min?.y, width, height];
  const key = [...place, state.theme, shownKey, state.score, state.layers.score, state.extra, isBrief()].join();
  if (key === painted.key) return;
  painted.key = key;
  painted.image.width = width;
  painted.image.height = height;
  const own = /** @type {CanvasRenderingContext2D} */ (painted.image.getContext("2d"));
  own.setTransform(ctx.getTransform());
  painted.count = drawBasemap(own, transform, bounds, 1);
}

/** @type {DrawnLayer<Region>} */
const regionLayer = {
  kind: "region",
  draw(ctx, transform, bounds) {
    paintBasemap(ctx, transform, bounds);
    ctx.setTransform(1, 0, 0, 1, 0, 0); // the canvas layer restores it
    ctx.drawImage(painted.image, 0, 0);
    drawn.regions = painted.count;
  },
  hit(point, transform) {
    const [x, y] = gridPoint(point, transform);
    const isOn = (/** @type {Path2D | null} */ path) => path !== null && probe.isPointInPath(path, x, y, "evenodd");
    const inset = insetAt(point);
    return UNITS.find((region) => isOn(region.path) || (inset && isOn(region.farPath))) || null;
  },
  click: openRegion,
};

/** @type {DrawnLayer} */
const outlineLayer = {
  draw(ctx, transform) {
    drawOutlines(ctx, transform, "path");
  },
};

/**
 * The first curve under a point: over an inset only what ends in it, beside it what it does not cover.
 * @template {Joint} Kind
 * @param {Kind[]} joints
 * @param {L.Point} point
 * @param {(joint: Kind) => Curve | null} curveOf
 * @param {(joint: Kind) => number} reachOf
 */
function findCurve(joints, point, curveOf, reachOf) {
  const inset = insetAt(point);
  const isHit = (/** @type {Kind} */ joint) => {
    if (inset && !endsIn(joint, inset)) return false;
    const curve = curveOf(joint);
    return curve !== null && isNearCurve(curve, point, reachOf(joint));
  };
  return joints.find(isHit) || null;
}

/** @type {DrawnLayer<OutsideLink>} */
const outsideLayer = {
  kind: "link",
  draw(ctx, transform) {
    drawn.outside = drawOutside(ctx, transform);
  },
  hit(point, transform) {
    const reachOf = (/** @type {OutsideLink} */ link) => 2 + outsideWidthOf(link.weight) / 2;
    return findCurve(visibleOutside(), point, (link) => outsideCurve(link, transform), reachOf);
  },
  click: (link) => openRegion(link.a),
};

/** @param {Region} a @param {Region} b */
function isPair(a, b) {
  const pair = state.pair;
  return (pair?.a === a && pair.b === b) || (pair?.a === b && pair.b === a);
}

/** @param {CanvasRenderingContext2D} ctx @param {Transform} transform @param {L.Bounds} bounds @param {Link[]} links */
function paintLinks(ctx, transform, bounds, links) {
  const { width, height } = ctx.canvas;
  const place = [transform.k, transform.x, transform.y, bounds.min?.x, bounds.min?.y, width, height];
  const key = [
    ...place,
    state.theme,
    shownKey,
    state.shown,
    state.strict,
    state.focus?.code,
    Boolean(state.pair),
  ].join();
  if (key === paintedLinks.key) return;
  Object.assign(paintedLinks, { key });
  paintedLinks.image.width = width;
  paintedLinks.image.height = height;
  const own = /** @type {CanvasRenderingContext2D} */ (paintedLinks.image.getContext("2d"));
  own.setTransform(ctx.getTransform());
  paintedLinks.count = drawLinks(own, transform, links, leastWeight(links), true);
}

/** @type {DrawnLayer<Link>} */
const linkLayer = {
  kind: "link",
  draw(ctx, transform, bounds) {
    const links = visibleLinks();
    const least = leastWeight(links);
    // Thousands of links are painted once for a view and then copied; a picture in SVG has no pixels to copy.
    if (links.length < MANY_LINKS || !(ctx instanceof CanvasRenderingContext2D)) {
      drawn.links = drawLinks(ctx, transform, links, least);
      return;
    }
    paintLinks(ctx, transform, bounds, links);
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(paintedLinks.image, 0, 0);
    ctx.restore();
    drawn.links = paintedLinks.count;
    const hovered = state.hover?.kind === "link" && links.includes(state.hover.item) ? [state.hover.item] : [];
    const picked = state.pair ? links.filter(({ a, b }) => isPair(a, b)) : [];
    if (hovered.length || picked.length) drawLinks(ctx, transform, [...hovered, ...picked], least);
  },
  hit(point, transform) {
    const reachOf = (/** @type {Link} */ link) => 2 + widthOf(link.weight) / 2;
    return findCurve(visibleLinks(), point, (link) => linkCurve(link, transform), reachOf);
  },
  click: (link) => selectPair(link.a, link.b),
};

/** @type {DrawnLayer<Gap>} */
const gapLayer = {
  kind: "gap",
  draw(ctx, transform) {
    drawn.gaps = drawGaps(ctx, transform, visibleGaps());
  },
  hit(point, transform) {
    return findCurve(
      visibleGaps(),
      point,
      (gap) => gapCurve(gap, transform),
      () => 4,
    );
  },
  click: (gap) => (state.focus && numberedGaps().includes(gap) ? change({ open: gap }) : selectGap(gap)),
};

/** @type {DrawnLayer<Region>} */
const nodeLayer = {
  kind: "region",
  draw(ctx, transform) {
    drawn.nodes = 0;
    if (!state.layers.nodes) return;
    const concerned = isBrief() ? numberedGaps().flatMap(({ a, b }) => [a, b]) : null;
    for (const region of UNITS) {
      if (concerned && !concerned.includes(region)) continue;
      const point = canvasPoint(region, transform);
      if (!point) continue;
      if (!region.inset) drawNode(ctx, region, point); // an inset draws its own
      drawn.nodes += 1;
    }
  },
  hit(point, transform) {
    if (!state.layers.nodes) return null;
    const inset = insetAt(point);
    let best = null;
    let nearest = Infinity;
    for (const region of UNITS) {
      if (region.inset !== inset || !(region.strength || !region.path)) continue;
      const spot = canvasPoint(region, transform);
      if (!spot) continue;
      const distance = Math.hypot(point.x - spot[0], point.y - spot[1]);
      if (distance <= radiusOf(region) + 2 && distance < nearest) [best, nearest] = [region, distance];
    }
    return best;
  },
  click: openRegion,
};

/** @type {DrawnLayer} */
const minusLayer = { draw: drawMinuses };

/** From the ground up; names of regions come on top of all. */
export const LAYERS = [
  regionLayer,
  outlineLayer,
  geoLayer,
  outsideLayer,
  linkLayer,
  extraLayer,
  gapLayer,
  nodeLayer,
  minusLayer,
];
