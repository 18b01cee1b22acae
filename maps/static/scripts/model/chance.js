// Whether two counts have the same ratio to what was expected of them.

/** @param {number} n @returns {number} ln of n!, by Stirling's series where it is exact to twelve digits */
function lnFactorial(n) {
  let [x, less] = [n + 1, 0];
  for (; x < 10; x += 1) less += Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - less;
}

/** P(X = k) of a binomial. @param {number} k @param {number} n @param {number} share */
function binomial(k, n, share) {
  const ways = lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
  return Math.exp(ways + k * Math.log(share) + (n - k) * Math.log1p(-share));
}

/**
 * Twice the smaller tail of the second count given the sum of both: were the two ratios of actual to expected the same,
 * it would be binomial with the second expectation's share (Przyborowski and Wilenski 1940). At most 1.
 * @param {number[]} counts two, rounded to whole events
 * @param {number[]} expected two, above 0
 */
export function testRatios(counts, expected) {
  const [first, second] = counts.map(Math.round);
  const n = first + second;
  const share = expected[1] / (expected[0] + expected[1]);
  const sumTo = (/** @type {number} */ from, /** @type {number} */ to) => {
    let sum = 0;
    for (let k = from; k <= to; k += 1) sum += binomial(k, n, share);
    return sum;
  };
  return Math.min(1, 2 * Math.min(sumTo(0, second), sumTo(second, n)));
}

/** @param {number[]} counts @param {number[]} expected @param {number} level */
export function isEven(counts, expected, level) {
  return testRatios(counts, expected) >= level;
}
