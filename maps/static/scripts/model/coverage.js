// The largest view of a study at which no box over the map covers any land.

const SHRINK = 0.97;
const SMALLEST = 0.43; // of the scale at which the study fills the map
const OFFSETS = [0, -0.33, 0.33, -0.66, 0.66, -1, 1]; // of the room to spare
const PAD = 6; // pixels around a box

/**
 * A table that counts the marks in any rectangle of a square grid at once: every entry is the number of marks above
 * and left of it.
 * @param {number} size
 * @param {(x: number, y: number) => boolean} isMarked
 * @returns {(left: number, top: number, right: number, bottom: number) => number} ends are rounded outwards
 */
export function countMarks(size, isMarked) {
  const width = size + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < size; y += 1) {
    let row = 0;
    for (let x = 0; x < size; x += 1) {
      row += Number(isMarked(x, y));
      sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
    }
  }
  const clip = (/** @type {number} */ value) => Math.max(0, Math.min(size, value));
  return (left, top, right, bottom) => {
    const [a, b] = [clip(Math.floor(left)), clip(Math.ceil(right))];
    const [c, d] = [clip(Math.floor(top)) * width, clip(Math.ceil(bottom)) * width];
    return sums[d + b] - sums[c + b] - sums[d + a] + sums[c + a];
  };
}

/** @typedef {(west: number, north: number, east: number, south: number) => number} CountLand */
/** @typedef {{ scale: number, left: number, top: number, covered: number }} View */

/**
 * Find the largest scale, and the place at it, at which no box covers any land; else the one that covers least.
 * @param {Box} extent of the study on the grid
 * @param {{ width: number, height: number, margin: number }} size of the map in pixels
 * @param {Box[]} boxes over the map, in pixels
 * @param {CountLand} countLand
 * @returns {View} pixels per grid step, the grid place of the upper left corner, and the land covered
 */
export function fitView([west, south, east, north], { width, height, margin }, boxes, countLand) {
  const across = Math.max(1, east - west);
  const down = Math.max(1, north - south);
  const full = Math.min(Math.max(1, width - 3 * margin) / across, Math.max(1, height - 3 * margin) / down);
  let best = { scale: full, left: west, top: north, covered: Infinity };
  for (let scale = full; scale > full * SMALLEST && best.covered; scale *= SHRINK) {
    const spare = [(width - across * scale) / 2 - margin, (height - down * scale) / 2 - margin];
    for (const dy of OFFSETS) {
      for (const dx of OFFSETS) {
        const left = (west + east) / 2 - (width / 2 + dx * spare[0]) / scale;
        const top = (south + north) / 2 + (height / 2 + dy * spare[1]) / scale;
        const covered = boxes.reduce((sum, box) => sum + countBelow(box, { scale, left, top }, countLand), 0);
        if (covered < best.covered) best = { scale, left, top, covered };
      }
    }
  }
  return best;
}

/** @param {Box} box @param {{ scale: number, left: number, top: number }} view @param {CountLand} countLand */
function countBelow([x0, y0, x1, y1], { scale, left, top }, countLand) {
  const [west, east] = [left + (x0 - PAD) / scale, left + (x1 + PAD) / scale];
  return countLand(west, top - (y0 - PAD) / scale, east, top - (y1 + PAD) / scale);
}
