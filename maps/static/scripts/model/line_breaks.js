// Breaking a text into lines.

/** A word of letters, a Chinese character with the signs that may not begin a line, or blanks. */
const PIECE = /[A-Za-z0-9À-ɏ.,;:()'’/%–-]+|\s+|.[，。；：、）》”]*/gu;

/**
 * @param {string} words
 * @param {(line: string) => boolean} fits
 * @returns {string[]}
 */
export function breakWords(words, fits) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const [piece] of words.matchAll(PIECE)) {
    if (!line || fits((line + piece).trimEnd())) {
      line += line || piece.trim() ? piece : "";
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}
