// Numbers in words, steps of a slider, ticks of an axis.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decimalsFor,
  isWhole,
  largestSize,
  logTicks,
  roundDown,
  stepsTo,
  writeNumber,
} from "../../maps/static/scripts/model/numbers.js";

test("numbers have the decimals asked for, and thousands a comma", () => {
  assert.equal(writeNumber(1234.5, 1, "en"), "1,234.5");
  assert.equal(writeNumber(1234.5, 0, "zh-CN"), "1,235");
  assert.equal(writeNumber(0.256, 1, "en", "percent"), "25.6%");
  assert.equal(writeNumber(0.256, 2, "en"), "0.26");
});

test("below zero there is a minus, not a hyphen", () => {
  assert.equal(writeNumber(-1234.5, 1, "en"), "−1,234.5");
  assert.equal(writeNumber(-0.5, 0, "zh-CN", "percent"), "−50%");
});

test("no number is a dash, zero is not", () => {
  assert.equal(writeNumber(null, 2, "en"), "–");
  assert.equal(writeNumber(undefined, 2, "en"), "–");
  assert.equal(writeNumber(0, 1, "en"), "0.0");
});

test("three digits at the largest value", () => {
  assert.deepEqual([250, 100, 99, 9.9, 0.5, 0.0123, 1e-9, 0].map(decimalsFor), [0, 0, 1, 2, 3, 4, 6, 0]);
});

test("whole is what has no fraction; the absent does not count", () => {
  assert.equal(isWhole([1, null, -3]), true);
  assert.equal(isWhole([1, 0.5]), false);
  assert.equal(isWhole([]), true);
});

test("the largest size regards no sign", () => {
  assert.equal(largestSize([1, -7, null, undefined, 3]), 7);
  assert.equal(largestSize([]), 0);
});

test("a slider goes in growing steps and has the chosen number and both ends", () => {
  assert.deepEqual(stepsTo(30, 12, 5), [0, 5, 10, 12, 15, 20, 30]);
  assert.deepEqual(stepsTo(3, 3, 1), [0, 1, 2, 3]);
  assert.deepEqual(stepsTo(0, 0, 5), [0]);
  const many = stepsTo(5000, 80, 5);
  assert.ok(many.length < 60);
  assert.ok(many.includes(80) && many.at(-1) === 5000);
});

test("ticks are powers of ten, with 2 and 5 when there are few", () => {
  assert.deepEqual(logTicks(0.9, 60), [1, 2, 5, 10, 20, 50]);
  assert.deepEqual(logTicks(0.5, 5000).map(Math.log10), [0, 1, 2, 3]);
});

test("a scale is a round number that fits", () => {
  assert.deepEqual([1, 1.9, 2, 7, 340, 0.3].map(roundDown), [1, 1, 2, 5, 200, 0.2]);
});
