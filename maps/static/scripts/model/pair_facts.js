// What the study's tables of pairs know of two regions.

import { DATA } from "./data.js";

/** Place in the table of facts of every pair that has any. @type {Map<string, number>} */
const FACT_PLACES = new Map(DATA.pairFacts?.source.map((a, i) => [`${a} ${DATA.pairFacts?.target[i]}`, i]) || []);

/**
 * What the study brings of a pair of regions, such as minutes by rail; what is not known of it is not there.
 * @param {Place} a
 * @param {Place} b
 * @returns {{ label: Bilingual, unit: Bilingual, value: number }[]}
 */
export function pairFacts(a, b) {
  const [first, second] = [a, b].map((region) => ("i" in region ? Number(region.i) : -1)).sort((x, y) => x - y);
  const at = FACT_PLACES.get(`${first} ${second}`);
  if (at === undefined || !DATA.pairFacts) return [];
  const { columns, values } = DATA.pairFacts;
  return columns.flatMap(([en, zh, unit, unitZh], i) => {
    const value = values[i][at];
    return value == null ? [] : [{ label: [en, zh], unit: [unit, unitZh], value }];
  });
}
