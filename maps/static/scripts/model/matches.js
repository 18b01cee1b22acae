// How well a name fits what somebody typed.

/** A syllable of pinyin (with the double a of Shaanxi); the vowel that may follow belongs to the next one, with the consonant before it. */
const SYLLABLE =
  /(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|[aeio]ng|[iu]an|iao|uai|aa?[ino]?|e[inr]?|i[aenu]?|ou?|u[aeino]?)(?![aeiou])/y;
/** What kind of region a Chinese name says it is. */
const KIND = /(?:特别行政区|自治[区州县旗]|地区|[省市县区盟])$/;
const SHORTEST_INITIALS = 2;

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
 * First letters, of syllables where a name is pinyin ("Shaanxi": sx), else of words.
 * @param {string} name
 */
export function initialsOf(name) {
  return name
    .split(/[\s'’·-]+/)
    .flatMap((word) => splitSyllables(foldWords(word)).map((part) => part[0] || ""))
    .join("");
}

/** @param {string} word @returns {string[]} the whole word where it is no pinyin */
function splitSyllables(word) {
  const parts = [];
  let at = 0;
  while (at < word.length) {
    SYLLABLE.lastIndex = at;
    const found = SYLLABLE.exec(word);
    if (!found) return [word];
    parts.push(found[0]);
    at += found[0].length;
  }
  return parts;
}

/**
 * 0 when a name begins with the words, 1 when it holds them, 2 when its initials begin so, Infinity when none does.
 * @param {string} folded what was typed, folded
 * @param {string[]} names
 */
export function rankMatch(folded, names) {
  const ranks = names.map((name) => {
    const at = foldWords(name).indexOf(folded);
    if (at >= 0) return Math.min(at, 1);
    return folded.length >= SHORTEST_INITIALS && initialsOf(name).startsWith(folded) ? 2 : Infinity;
  });
  return Math.min(...ranks);
}

/**
 * The best matches first; among equals the ones with more links. A wrong kind of region (新疆省) is looked past.
 * @template {{ names: string[], code: string, strength: Value }} One
 * @param {string} words
 * @param {One[]} all
 * @param {number} most
 * @returns {One[]}
 */
export function findMatches(words, all, most) {
  const folded = foldWords(words);
  if (!folded) return [];
  const found = all
    .map((one) => ({ one, rank: rankMatch(folded, [...one.names, one.code]) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || (b.one.strength || 0) - (a.one.strength || 0))
    .slice(0, most)
    .map(({ one }) => one);
  const bare = folded.replace(KIND, "");
  return found.length || bare === folded ? found : findMatches(bare, all, most);
}
