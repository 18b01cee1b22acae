// Years: sums of links, gaps of a year and of several, and what became of a gap.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readYears, writeYears } from "../../maps/static/scripts/model/address.js";
import { findBreaks, findSignedBreaks } from "../../maps/static/scripts/model/breaks.js";
import { testRatios } from "../../maps/static/scripts/model/chance.js";
import {
  compareYears,
  countEnds,
  gapsOfYears,
  judgeMove,
  middleGrade,
  sumWeights,
  tallyYears,
  totalsOf,
  turnoverOf,
} from "../../maps/static/scripts/model/year_sums.js";

// Pairs 0-1, 0-2, 1-2 over three years; 0-1 has 4, 0, 1; 0-2 has 0, 9, 2; 1-2 has nothing.
const years = {
  list: [2011, 2017, 2019],
  counted: [0, 0],
  directed: false,
  source: [0, 0, 1],
  target: [1, 2, 2],
  links: [
    { at: [0], weight: [4] },
    { at: [1], weight: [9] },
    { at: [0, 1], weight: [1, 2] },
  ],
  scores: {},
  gaps: {
    pairs: [1, 2],
    all: 2,
    judged: [3, 3, 2],
    expected: [
      [14, 8, 3],
      [5, 6, null],
    ],
    grade: ["mnw", "wm-"],
    detail: {
      low: [5, 1, 1, 2],
      high: [25, 7, 12, 14],
      p: [0.01, 0.2, 0.1, 0.02],
      shrunken_ratio: [0.4, 0.8, 0.6, 0.5],
      shortfall_probability: [0.99, 0.85, 0.9, 0.96],
    },
  },
  event: 1,
  counts: [],
};

test("links add up over years, both ends included", () => {
  assert.deepEqual([...sumWeights(years, 0, 0)], [4, 0, 0]);
  assert.deepEqual([...sumWeights(years, 1, 2)], [1, 11, 0]);
  assert.deepEqual([...sumWeights(years, 0, 2)], [5, 11, 0]);
  assert.deepEqual(totalsOf(years), [4, 9, 3]);
});

test("pairs of one year stay, end or are new in the next", () => {
  assert.deepEqual(turnoverOf(years), [
    { year: 2017, stayed: 0, entered: 1, left: 1, survival: 0 },
    { year: 2019, stayed: 1, entered: 1, left: 0, survival: 1 },
  ]);
  const empty = { ...years, links: [{ at: [], weight: [] }, years.links[2], years.links[0]] };
  assert.deepEqual(
    turnoverOf(empty).map(({ survival }) => survival),
    [null, 0.5],
  );
});

test("strength and partners are those of the years chosen; who has none has 0", () => {
  assert.deepEqual(countEnds(years, sumWeights(years, 2, 2), 4), { strength: [3, 1, 2, 0], degree: [2, 1, 1, 0] });
  assert.deepEqual(countEnds(years, sumWeights(years, 1, 1), 4).degree, [1, 0, 1, 0]);
});

test("the grade of several years is what at least half of them reach", () => {
  assert.equal(middleGrade("wnn"), "none");
  assert.equal(middleGrade("wn"), "weak");
  assert.equal(middleGrade("smn"), "moderate");
  assert.equal(middleGrade("s--"), "strong");
  assert.equal(middleGrade("---"), "none");
});

test("gaps of one year carry its figures, and only those with evidence", () => {
  const first = gapsOfYears(years, 0, 0);
  assert.deepEqual(
    first.map(({ pair, observed, expected, grade, p, low }) => [pair, observed, expected, grade, p, low]),
    [
      [1, 0, 14, "moderate", 0.01, 5],
      [2, 0, 5, "weak", 0.1, 1],
    ],
  );
  const second = gapsOfYears(years, 1, 1);
  assert.deepEqual(
    second.map(({ pair, p, high }) => [pair, p, high]),
    [[2, 0.02, 14]],
  );
  assert.equal(gapsOfYears(years, 2, 2)[0].p, 0.2); // the place among all details is found
});

test("a sum of years adds expectations and claims no test", () => {
  const [gap] = gapsOfYears(years, 0, 2);
  assert.deepEqual([gap.observed, gap.expected, gap.gap, gap.backed, gap.judged], [11, 25, 14, 2, 3]);
  assert.equal(gap.p, undefined);
  assert.equal(gap.grade, "weak");
  const other = gapsOfYears(years, 0, 2)[1];
  assert.deepEqual([other.expected, other.backed, other.judged], [11, 2, 2]); // a year without a model adds nothing
});

test("a pair that collaborates more than expected over the sum is no gap of it", () => {
  const rich = { ...years, links: [years.links[0], { at: [1], weight: [90] }, years.links[2]] };
  assert.deepEqual(
    gapsOfYears(rich, 0, 2).map(({ pair }) => pair),
    [2],
  );
});

test("the ratio of two years is tested as scipy does with the binomial", () => {
  const close = (/** @type {number} */ found, /** @type {number} */ right) =>
    assert.ok(Math.abs(found / right - 1) < 1e-9, `${found} is not ${right}`);
  close(testRatios([3, 9], [13, 8]), 0.021277840489968638);
  close(testRatios([0, 5], [8, 8]), 0.0625);
  close(testRatios([12, 41], [24, 38]), 0.02004933214880628);
  close(testRatios([40, 300], [53.5, 200]), 9.759993453132105e-6);
  assert.equal(testRatios([0, 0], [5, 6]), 1);
});

test("what became of a gap: opened, persists, closed, or nobody can tell", () => {
  const state = (
    /** @type {number} */ observed,
    /** @type {number | null} */ expected,
    /** @type {string} */ grade,
  ) => ({
    observed,
    expected,
    grade,
  });
  assert.equal(judgeMove(state(3, 13, "m"), state(9, 8, "n"), 1), "closed");
  assert.equal(judgeMove(state(9, 8, "n"), state(3, 13, "m"), 1), "opened");
  assert.equal(judgeMove(state(3, 13, "m"), state(3, 8, "n"), 1), "unclear"); // 3/13 and 3/8 may be one ratio
  assert.equal(judgeMove(state(3, 13, "m"), state(4, 14, "w"), 1), "persists");
  assert.equal(judgeMove(state(9, 8, "n"), state(9, 8, "n"), 1), null);
  assert.equal(judgeMove(state(3, 13, "m"), state(9, null, "-"), 1), "unclear");
  assert.equal(judgeMove(state(0.3, 1.3, "m"), state(0.9, 0.8, "n"), 0.1), "closed"); // in link events
  assert.equal(judgeMove(state(0.3, 1.3, "m"), state(0.9, 0.8, "n"), 1), "unclear");
});

test("two years are compared pair by pair, the largest gap first", () => {
  const moves = compareYears(years, 0, 1);
  assert.deepEqual(
    moves.map(({ pair, move }) => [pair, move]),
    [
      [1, "closed"],
      [2, "persists"],
    ],
  );
  assert.deepEqual(moves[0].before, { observed: 0, expected: 14, grade: "m" });
  assert.deepEqual(compareYears({ ...years, gaps: null }, 0, 1), []);
});

test("the table of years counts links, linked pairs and gaps of each", () => {
  assert.deepEqual(
    tallyYears(years).map(({ year, weight, pairs, gaps }) => [year, weight, pairs, gaps]),
    [
      [2011, 4, 1, 2],
      [2017, 9, 1, 1],
      [2019, 3, 2, 1],
    ],
  );
});

test("classes of a sum are found as in Python", () => {
  assert.deepEqual(findBreaks([3, 1, 2, null, 2]), [1, 2, 3]);
  assert.deepEqual(findBreaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), [1, 3, 5, 7, 9]); // np.quantile(..., method="higher")
  assert.deepEqual(findBreaks([0, 0, 0, 1, 2, 3, 4, 5, 6]), [0, 1, 3, 4, 5]);
  assert.deepEqual(findBreaks([]), []);
  assert.deepEqual(findSignedBreaks([-30, -20, -10, -1, 2, 4, 0, null]), [-30, -20, -10, 2, 4]);
});

test("years in an address are read again, and what is not there is nothing", () => {
  const list = [2011, 2017, 2019];
  for (const period of [null, { kind: "year", from: 2017, to: 2017 }, { kind: "range", from: 2011, to: 2019 }]) {
    assert.deepEqual(readYears(writeYears(period), false, list), period);
  }
  assert.deepEqual(readYears("2011-2019", true, list), { kind: "two", from: 2011, to: 2019 });
  assert.deepEqual(readYears("2019-2011", false, list), { kind: "range", from: 2011, to: 2019 });
  for (const words of ["2012", "2011-2012", "x", "2011-2017-2019", "-", "2011-2011-"]) {
    assert.equal(readYears(words, false, list), null, words);
  }
  assert.equal(readYears("2011-2011", true, list), null);
});
