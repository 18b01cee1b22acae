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
 * The colour at a share of the way along a ramp.
 * @param {string[]} ramp
 * @param {number} share
 */
function mixIn(ramp, share) {
  const at = share * (ramp.length - 1);
  const first = Math.min(Math.floor(at), ramp.length - 2);
  const part = (/** @type {string} */ colour, /** @type {number} */ place) =>
    parseInt(colour.slice(1 + 2 * place, 3 + 2 * place), 16);
  const mixed = [0, 1, 2].map((place) => {
    const [from, to] = [part(ramp[first], place), part(ramp[first + 1], place)];
    return Math.round(from + (to - from) * (at - first))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}

/**
 * So many colours out of a ramp, as far apart as it allows.
 * @param {number} count
 * @param {string[]} ramp
 */
function spreadOver(count, ramp) {
  if (count === 1) return [ramp[Math.floor(ramp.length / 2)]];
  if (count > ramp.length) return Array.from({ length: count }, (_, i) => mixIn(ramp, i / (count - 1)));
  return Array.from({ length: count }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (count - 1))]);
}

/**
 * The colour of each class. Classes of values with a sign never reach across zero: those below it have a hue of their own.
 * @param {number[]} breaks
 * @param {{ ramp: string[], diverging: string[] }} palette
 */
export function coloursOf(breaks, { ramp, diverging }) {
  const below = breaks.filter((limit) => limit < 0).length;
  if (!below) return spreadOver(breaks.length, ramp);
  const half = diverging.length / 2;
  return [...spreadOver(below, diverging.slice(0, half)), ...spreadOver(breaks.length - below, diverging.slice(half))];
}

/**
 * The colour of a value; undefined where there is none. Among values with a sign, exactly zero has its own.
 * @param {{ breaks: number[] }} score
 * @param {Value} value
 * @param {{ fills: string[], zero: string }} colours the fills as of coloursOf
 */
export function colourOf({ breaks }, value, { fills, zero }) {
  if (value === 0 && breaks[0] < 0) return zero;
  return fills[classOf(breaks, value)];
}

/**
 * What each class holds: its own least and largest value, and how many. Classes do not touch and do not repeat.
 * Where the classes were made of a pool of more values, they reach over those.
 * @param {{ breaks: number[], values: Value[], pool?: Value[] }} score
 * @returns {{ low: number, high: number, count: number }[]}
 */
export function describeClasses({ breaks, values, pool = values }) {
  const signed = breaks[0] < 0;
  const isKnown = (/** @type {Value} */ value) => value !== null && !(signed && value === 0);
  const isIn = (/** @type {number} */ place) => (/** @type {Value} */ value) =>
    isKnown(value) && classOf(breaks, value) === place;
  return breaks.map((_, place) => {
    const inside = pool.filter(isIn(place)).map(Number);
    const count = values.filter(isIn(place)).length;
    if (!inside.length) return { low: breaks[place], high: breaks[place + 1] ?? breaks[place], count };
    return { low: Math.min(...inside), high: Math.max(...inside), count };
  });
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
