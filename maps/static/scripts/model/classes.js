// Classes of a choropleth and ranks.

/**
 * The place of a value among the classes that begin at `breaks`; -1 without a value.
 * @param {number[]} breaks
 * @param {Value} value
 */
export function classOf(breaks, value) {
  let found = -1;
  for (const limit of breaks) if (value !== null && value >= limit) found += 1;
  return found;
}

/**
 * The colour of a class; fewer classes than colours are spread over the ramp.
 * @param {number} position
 * @param {number} classes
 * @param {string[]} ramp
 */
export function colourOfClass(position, classes, ramp) {
  if (classes < 2) return ramp[Math.floor(ramp.length / 2)];
  return ramp[Math.round((position * (ramp.length - 1)) / (classes - 1))];
}

/**
 * Ranks as people count them: ties share the better rank, no value has none.
 * @param {Value[]} values
 * @returns {{ of: number, ranks: Value[] }}
 */
export function rankValues(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => b - a);
  /** @type {Map<number, number>} */
  const ranks = new Map();
  known.forEach((value, i) => {
    if (!ranks.has(value)) ranks.set(value, i + 1);
  });
  return { of: known.length, ranks: values.map((value) => (value === null ? null : (ranks.get(value) ?? null))) };
}

/**
 * For sorting: no value comes last either way.
 * @param {Value} a
 * @param {Value} b
 * @param {boolean} down
 */
export function compareValues(a, b, down) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return down ? b - a : a - b;
}
