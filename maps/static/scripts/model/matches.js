// How well a name fits what somebody typed.

/**
 * Without case, accents and blanks: "Xi an", "xi'an" and "Xī'ān" are one word.
 * @param {string} words
 */
export function foldWords(words) {
  return words
    .normalize("NFD")
    .replace(/[\u0300-\u036f\s'’·-]/g, "")
    .toLowerCase();
}

/**
 * 0 when a name begins with the words, 1 when it holds them, Infinity when no name does.
 * @param {string} folded what was typed, folded
 * @param {string[]} names
 */
export function rankMatch(folded, names) {
  let best = Infinity;
  for (const name of names) {
    const at = foldWords(name).indexOf(folded);
    if (at >= 0) best = Math.min(best, at === 0 ? 0 : 1);
  }
  return best;
}

/**
 * The best matches first; among equals the ones with more links.
 * @template {{ names: string[], code: string, strength: Value }} One
 * @param {string} words
 * @param {One[]} all
 * @param {number} most
 * @returns {One[]}
 */
export function findMatches(words, all, most) {
  const folded = foldWords(words);
  if (!folded) return [];
  return all
    .map((one) => ({ one, rank: rankMatch(folded, [...one.names, one.code]) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || (b.one.strength || 0) - (a.one.strength || 0))
    .slice(0, most)
    .map(({ one }) => one);
}
