// Rings as the data block packs them, and the boxes around them.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT_VALUES = new Map([...DIGITS].map((letter, value) => [letter, value]));

/**
 * The reverse of maps.page.shapes.pack_rings: differences of grid steps as variable-length numbers.
 * @param {string} packed
 * @returns {Ring[]}
 */
export function unpackRings(packed) {
  /** @type {Ring[]} */
  const rings = [];
  let at = 0;
  let x = 0;
  let y = 0;
  const next = () => {
    let number = 0;
    let shift = 1;
    let digit = 32;
    while (digit & 32) {
      digit = DIGIT_VALUES.get(packed[at++]) || 0;
      number += (digit & 31) * shift;
      shift *= 32;
    }
    return number % 2 ? -(number + 1) / 2 : number / 2;
  };
  while (at < packed.length) {
    const ring = new Array(2 * next());
    for (let i = 0; i < ring.length; i += 2) {
      x += next();
      y += next();
      ring[i] = x;
      ring[i + 1] = y;
    }
    rings.push(ring);
  }
  return rings;
}

/** @param {Ring[]} rings @returns {Box} */
export function boundRings(rings) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]);
      box[1] = Math.min(box[1], ring[i + 1]);
      box[2] = Math.max(box[2], ring[i]);
      box[3] = Math.max(box[3], ring[i + 1]);
    }
  }
  return box;
}

/** @param {Ring[]} rings */
export function longestRing(rings) {
  return rings.reduce((best, ring) => (ring.length > best.length ? ring : best), rings[0]);
}

/** @param {Box} a @param {Box} b @returns {Box} */
export function joinBoxes(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** @param {Box} a @param {Box} b @param {number} [apart] the distance that boxes must keep */
export function boxesMeet(a, b, apart = 0) {
  return a[0] < b[2] + apart && b[0] < a[2] + apart && a[1] < b[3] + apart && b[1] < a[3] + apart;
}

/** @param {Box} box @param {number} x @param {number} y */
export function isInBox(box, x, y) {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}
