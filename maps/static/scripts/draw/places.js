// Where things are on the canvas. What lies in an inset stays in it, wherever the map looks.

import { bendCurve, toCanvas } from "../model/curves.js";
import { DATA, INSETS } from "../model/data.js";
import { map } from "./canvas.js";

const [WEST, SOUTH, EAST, NORTH] = DATA.basemap.view;
const LONGEST = Math.hypot(EAST - WEST, NORTH - SOUTH);

/** @param {Inset} inset @param {Point} point @returns {Point | null} */
function pointInInset(inset, point) {
  if (!inset.at) return null;
  const { left, top, k } = inset.at;
  const spot = map.containerPointToLayerPoint([
    left + (point[0] - inset.box[0]) * k,
    top + (inset.box[3] - point[1]) * k,
  ]);
  return [spot.x, spot.y];
}

/** @param {Place} place @param {Transform} transform @returns {Point | null} null when it is nowhere */
export function canvasPoint(place, transform) {
  if (!place.point) return null;
  return place.inset ? pointInInset(place.inset, place.point) : toCanvas(place.point, transform);
}

/** The reverse: from the canvas to the grid. @param {L.Point} point @param {Transform} transform @returns {Point} */
export function gridPoint(point, transform) {
  const inset = insetAt(point);
  if (!inset?.at) return [(point.x - transform.x) / transform.k, (transform.y - point.y) / transform.k];
  const { x, y } = map.layerPointToContainerPoint(point);
  return [inset.box[0] + (x - inset.at.left) / inset.at.k, inset.box[3] - (y - inset.at.top) / inset.at.k];
}

/** @param {L.Point} point of the canvas */
export function insetAt(point) {
  const { x, y } = map.layerPointToContainerPoint(point);
  return INSETS.find(({ at }) => at && x >= at.left && x <= at.right && y >= at.top && y <= at.bottom) || null;
}

/** @param {Joint} joint @param {Inset} inset */
export function endsIn(joint, inset) {
  return joint.a.inset === inset || joint.b.inset === inset;
}

/**
 * The curve between the two ends on the canvas; null when an end is nowhere.
 * @param {Joint} joint
 * @param {Transform} transform
 * @param {number} side
 * @param {boolean} ordered
 * @returns {Curve | null}
 */
function curveOf(joint, transform, side, ordered) {
  const { a, b } = joint;
  if (!a.point || !b.point) return null;
  if (!a.inset && !b.inset) {
    joint.curve ||= bendCurve(a.point, b.point, { side, ordered, longest: LONGEST });
    return toCanvas(joint.curve, transform);
  }
  const from = canvasPoint(a, transform);
  const to = canvasPoint(b, transform);
  if (!from || !to) return null;
  // On the canvas north is up: the curve is bent as on the grid.
  const options = { side, ordered, longest: LONGEST * transform.k };
  return toCanvas(bendCurve([from[0], -from[1]], [to[0], -to[1]], options), { k: 1, x: 0, y: 0 });
}

/** @param {Link} link @param {Transform} transform */
export function linkCurve(link, transform) {
  return curveOf(link, transform, 1, DATA.directed);
}

/** There and back are two curves, whatever the links are. @param {Flow} flow @param {Transform} transform */
export function flowCurve(flow, transform) {
  return curveOf(flow, transform, 1, true);
}

/** @param {OutsideLink} link @param {Transform} transform */
export function outsideCurve(link, transform) {
  return curveOf(link, transform, 1, false);
}

/** To the other side than a link. @param {Gap} gap @param {Transform} transform */
export function gapCurve(gap, transform) {
  return curveOf(gap, transform, -1, false);
}
