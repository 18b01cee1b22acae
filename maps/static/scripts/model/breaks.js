// Lower limits of the classes of a choropleth, as maps.look.palette finds them for the values that come with the page.

const CLASSES = 5;
const MANY_ZEROS = 0.2;

/** @param {Value[]} values @param {number} [classes] @returns {number[]} ascending; each is one of the values */
export function findBreaks(values, classes = CLASSES) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const distinct = [...new Set(known)];
  if (distinct.length <= classes) return distinct;
  const zeros = known.filter((value) => value === 0).length;
  if (classes > 1 && distinct[0] === 0 && zeros > MANY_ZEROS * known.length) {
    return [0, ...quantilesOf(known.slice(zeros), classes - 1)];
  }
  return quantilesOf(known, classes);
}

/** No class holds values of both signs; exactly zero is in none. @param {Value[]} values @returns {number[]} */
export function findSignedBreaks(values) {
  const known = values.filter((value) => value !== null);
  const half = (CLASSES + 1) / 2;
  const sides = [known.filter((value) => value < 0), known.filter((value) => value > 0)];
  return sides.flatMap((side) => findBreaks(side, half));
}

/** @param {number[]} known in order @param {number} classes */
function quantilesOf(known, classes) {
  const places = Array.from({ length: classes }, (_, i) => Math.ceil((i / classes) * (known.length - 1)));
  return [...new Set(places.map((place) => known[place]))];
}
