// Numbers as they are written, and series of numbers to choose from.

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map(); // making one takes longer than writing a hundred numbers with it

/**
 * @param {Value | undefined} value
 * @param {number} decimals
 * @param {string} locale
 * @param {"decimal" | "percent"} [style]
 */
export function writeNumber(value, decimals, locale, style = "decimal") {
  if (value === null || value === undefined) return "–";
  const key = `${locale} ${decimals} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, style });
    formats.set(key, format);
  }
  return format.format(value).replace("-", "−"); // the sign, not the hyphen
}

/**
 * Three significant digits at the largest value of a column, the same decimals for all.
 * @param {number} max
 */
export function decimalsFor(max) {
  return max > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(max)))) : 0;
}

/** @param {Value[]} values */
export function isWhole(values) {
  return values.every((value) => value === null || Number.isInteger(value));
}

/** @param {(Value | undefined)[]} values */
export function largestSize(values) {
  return values.reduce((/** @type {number} */ most, value) => Math.max(most, Math.abs(value || 0)), 0);
}

/**
 * Steps of a slider that grow with the number: a few at a time at first, then hundreds.
 * @param {number} all
 * @param {number} chosen
 * @param {number} first
 */
export function stepsTo(all, chosen, first) {
  const steps = new Set([0, chosen, all]);
  for (let n = first; n < all; n += n < 20 ? first : n < 200 ? 10 : n < 1000 ? 50 : 250) steps.add(n);
  return [...steps].sort((a, b) => a - b);
}

/**
 * Powers of ten; with 2 and 5 between them when there are few.
 * @param {number} low
 * @param {number} high
 */
export function logTicks(low, high) {
  const between = high / low > 1000 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const factor of between) ticks.push(factor * 10 ** power);
  }
  return ticks.filter((value) => value >= low && value <= high);
}

/**
 * The largest of 1, 2, 5, 10, 20, ... that is not above a number.
 * @param {number} most
 */
export function roundDown(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((factor) => factor * power).find((value) => value <= most) || power;
}
