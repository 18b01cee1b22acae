// Boundaries as lines: every stretch once, though two regions share it.

const HALF = 2 ** 24; // grid steps are far below

/** @typedef {{ first: number, second: number, group: string, inner: boolean, at: number[] }} Stretch */

/**
 * Part the boundaries into lines inside a group of regions (the provinces' cities) and lines between groups or along
 * the coast.
 * @param {{ rings: Ring[], group: string }[]} shapes
 * @returns {{ inner: Ring[], outer: Ring[] }} open lines
 */
export function splitBorders(shapes) {
  const numberOf = numberPoints();
  /** @type {Map<number, { group: string, inner: boolean, done: boolean }>} */
  const stretches = new Map();
  /** @type {(shape: { rings: Ring[], group: string }, visit: (key: number, ring: Ring, i: number, j: number) => void) => void} */
  const walk = ({ rings }, visit) => {
    for (const ring of rings) {
      let from = numberOf(ring[0], ring[1]);
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length;
        const to = numberOf(ring[j], ring[j + 1]);
        visit(from < to ? from * HALF + to : to * HALF + from, ring, i, j);
        from = to;
      }
    }
  };
  for (const shape of shapes) {
    walk(shape, (key) => {
      const stretch = stretches.get(key);
      if (stretch) stretch.inner = stretch.group === shape.group;
      else stretches.set(key, { group: shape.group, inner: false, done: false });
    });
  }
  /** @type {{ inner: Ring[], outer: Ring[] }} */
  const lines = { inner: [], outer: [] };
  for (const shape of shapes) {
    /** @type {Ring[] | null} */
    let open = null;
    /** @type {Ring | null} */
    let last = null;
    walk(shape, (key, ring, i, j) => {
      const stretch = stretches.get(key);
      if (!stretch || stretch.done) {
        open = last = null;
        return;
      }
      stretch.done = true;
      const side = stretch.inner ? lines.inner : lines.outer;
      if (open !== side || i === 0 || !last) {
        open = side;
        last = [ring[i], ring[i + 1]];
        side.push(last);
      }
      last.push(ring[j], ring[j + 1]);
    });
  }
  return lines;
}

/** Numbers are quicker keys than texts: a point gets one when it is first met. */
function numberPoints() {
  /** @type {Map<number, number>} */
  const numbers = new Map();
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    const key = (x + HALF) * 2 * HALF + y + HALF;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
    }
    return number;
  };
}
