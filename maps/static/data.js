// The data block, turned into regions, links and gaps that know each other.

const D = JSON.parse(document.getElementById("regionet-data").textContent);
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = new Map([...DIGITS].map((letter, value) => [letter, value]));

// The reverse of maps.shapes.pack_rings: a list of rings, each [x, y, x, y, ...] in grid steps.
function unpackRings(text) {
  const rings = [];
  let at = 0, x = 0, y = 0;
  const next = () => {
    let number = 0, shift = 1, digit;
    do {
      digit = DIGIT.get(text[at++]);
      number += (digit & 31) * shift;
      shift *= 32;
    } while (digit & 32);
    return number % 2 ? -(number + 1) / 2 : number / 2;
  };
  while (at < text.length) {
    const ring = new Array(2 * next());
    for (let i = 0; i < ring.length; i += 2) {
      ring[i] = x += next();
      ring[i + 1] = y += next();
    }
    rings.push(ring);
  }
  return rings;
}

function boundRings(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]);
      box[1] = Math.min(box[1], ring[i + 1]);
      box[2] = Math.max(box[2], ring[i]);
      box[3] = Math.max(box[3], ring[i + 1]);
    }
  }
  return box;
}

function tracePath(rings, close) {
  const path = new Path2D();
  for (const ring of rings) {
    path.moveTo(ring[0], ring[1]);
    for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i], ring[i + 1]);
    if (close) path.closePath();
  }
  return path;
}

function largestRing(rings) {
  return rings.reduce((best, ring) => (ring.length > best.length ? ring : best), rings[0]);
}

// A window of far places; one that lies apart has its places to itself, the map does not draw them.
const INSETS = D.ground.insets.map((inset) => ({ ...inset, at: null }));

function findWindow(point) {
  const holds = ({ apart, box }) => apart && point[0] >= box[0] && point[0] <= box[2] && point[1] >= box[1] && point[1] <= box[3];
  return (point && INSETS.find(holds)) || null;
}

// The first characters of a name, counted as Python counts them.
function cutName(name, length) {
  return [...name].slice(0, length).join("");
}

function readRegion(code, i) {
  const of = D.regions;
  const rings = of.shape[i] ? unpackRings(of.shape[i]) : [];
  const far = D.ground.far[code] ? unpackRings(D.ground.far[code]) : [];
  let point = of.point[i];
  if (!point && rings.length + far.length) {
    const [west, south, east, north] = boundRings([largestRing(rings.length ? rings : far)]);
    point = [(west + east) / 2, (south + north) / 2];
  }
  const home = findWindow(point);
  return {
    i, code, point, rings, far,
    window: home,   // its point and its links end there
    isUnit: i < D.units,
    names: [of.en[i] || code, of.zh[i] || code],
    short: [cutName(of.en[i], of.short[i][0]) || code, cutName(of.zh[i], of.short[i][1]) || code],
    parent: D.parents[of.parent[i]] || null,
    group: of.group[i],
    path: rings.length ? tracePath(rings, true) : null,
    farPath: far.length ? tracePath(far, true) : null,
    box: rings.length ? boundRings(rings) : point && !home ? [point[0], point[1], point[0], point[1]] : null,
    strength: of.strength[i], internal: of.internal[i], external: of.external[i],
    links: [], gaps: [], outside: [],
  };
}

const REGIONS = D.regions.code.map(readRegion);
const UNITS = REGIONS.slice(0, D.units);
const LINES = tracePath(unpackRings(D.ground.lines), false);

const LINKS = D.links.source.map((source, i) => ({
  i, a: REGIONS[source], b: REGIONS[D.links.target[i]], weight: D.links.weight[i],
  significant: Boolean(D.links.significant && D.links.significant[i]),
}));
for (const link of LINKS) {
  link.a.links.push(link);
  link.b.links.push(link);
}
const SIGNIFICANT = LINKS.filter((link) => link.significant);

// Links to regions outside the study: a unit, and a place that may be far beyond the map.
const OUTSIDE = D.outside ? D.outside.weight.map((weight, i) => {
  const [code, en, zh, enShort, zhShort, point] = D.outside.regions[D.outside.outside[i]];
  return { a: REGIONS[D.outside.unit[i]], b: { code, names: [en, zh], short: [enShort, zhShort], point, window: null }, weight, outside: true };
}) : [];
for (const link of OUTSIDE) link.a.outside.push(link);
const PLACED = OUTSIDE.filter((link) => link.b.point);

const MAX_WEIGHT = LINKS.length ? LINKS[0].weight : 1;
const MAX_STRENGTH = Math.max(1e-9, ...UNITS.map((region) => region.strength || 0));

function readGap(source, i) {
  const rows = D.gaps.rows;
  const gap = { i, partners: D.gaps.partners[i] || [], a: REGIONS[source], b: REGIONS[rows.target[i]], grade: rows.grade[i] || "" };
  for (const key of Object.keys(rows)) if (!(key in gap) && key !== "source" && key !== "target") gap[key] = rows[key][i];
  return gap;
}

const GAPS = D.gaps ? D.gaps.rows.source.map(readGap) : [];
for (const gap of GAPS) {
  gap.a.gaps.push(gap);
  gap.b.gaps.push(gap);
}

// Ranks as people count them: ties share the better rank.
function rankValues(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => b - a);
  return { of: known.length, ranks: values.map((value) => (value === null ? null : known.indexOf(value) + 1)) };
}

const SCORES = D.scores.map((score) => ({ ...score, ...rankValues(score.values), max: Math.max(0, ...score.values.map((v) => Math.abs(v || 0))) }));

function classOf(score, value) {
  let found = -1;
  for (const limit of score.breaks) if (value !== null && value >= limit) found += 1;
  return found;
}

// Fewer classes than colours: spread them over the ramp.
function rampIndex(position, classes, colours) {
  return classes < 2 ? Math.floor(colours / 2) : Math.round((position * (colours - 1)) / (classes - 1));
}
