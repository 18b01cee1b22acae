// Shapes of what the page knows; declared for everyone, so that no script has to import them.

/** English, Chinese. */
type Bilingual = [string, string];
/** x, y in steps of the grid; y grows to the north. */
type Point = [number, number];
/** West, south, east, north; on the screen left, top, right, bottom. */
type Box = [number, number, number, number];
/** A quadratic curve: start, control point, end, as x, y each. */
type Curve = number[];
/** Flat list of x, y, x, y, ... */
type Ring = number[];
type Value = number | null;
/** The values of all units; or the one that most have, steps from one of the others to the next, and these. */
type YearValues = Value[] | [Value, number[], Value[]];

/** From the grid to the canvas: X = x + k * east, Y = y - k * north. */
interface Transform {
  k: number;
  x: number;
  y: number;
}

interface Inset {
  title: Bilingual;
  box: Box;
  /** It alone shows what lies in it: the map does not. */
  apart: boolean;
  /** Where it is over the map, in pixels, and its scale. */
  at: { left: number; top: number; right: number; bottom: number; k: number } | null;
}

/** An end of a link. */
interface Place {
  code: string;
  names: Bilingual;
  short: Bilingual;
  point: Point | null;
  inset: Inset | null;
}

interface Region extends Place {
  i: number;
  rings: Ring[];
  far: Ring[];
  isUnit: boolean;
  parent: Bilingual | null;
  group: string;
  path: Path2D | null;
  farPath: Path2D | null;
  box: Box | null;
  strength: Value;
  internal: Value;
  external: Value;
  /** What can be said of its gaps, see maps.page.own_gaps. */
  verdict: string;
  links: Link[];
  gaps: Gap[];
  outside: OutsideLink[];
}

/** What is drawn as a curve between two places. */
interface Joint {
  a: Region;
  b: Place;
  curve?: Curve;
}

interface Link extends Joint {
  b: Region;
  weight: number;
  significant: boolean;
}

interface OutsideLink extends Joint {
  weight: number;
}

interface Gap extends Joint {
  i: number;
  b: Region;
  grade: string;
  /** Place in the register, from 1. */
  rank: number;
  fields: string[];
  /** Their Chinese names. */
  fieldsZh?: string[];
  /** Of the pairs of actors that could start: science, industry, science-industry. */
  paths: string[];
  partners: [Bilingual, Bilingual, Bilingual][];
  observed: Value;
  expected: Value;
  gap: Value;
  reason?: Bilingual | null;
  /** Of the sum of some years: so many have evidence, of so many judged. */
  backed?: number;
  judged?: number;
  ratio?: Value;
  low?: Value;
  high?: Value;
  p?: Value;
  q?: Value;
  shrunken_ratio?: Value;
  shortfall_probability?: Value;
  stability?: Value;
  distance_km?: Value;
  field_overlap?: Value;
  factor_source?: Value;
  factor_target?: Value;
  gain_received_source?: Value;
  gain_received_target?: Value;
  gain_received_all?: Value;
  gain_closeness_source?: Value;
  gain_closeness_target?: Value;
  [column: string]: unknown;
}

/** An institution that could start, see model/actors.js. */
interface Actor {
  names: Bilingual;
  region: Region;
  gaps: Gap[];
  /** For the search, which ranks by both. */
  code: string;
  strength: Value;
}

/** All that changes with the years. */
interface Shown {
  key: string;
  links: Link[];
  placed: OutsideLink[];
  gaps: Gap[];
  listed: Gap[];
  scores: Score[];
  moves: Move[];
  maxWeight: number;
  maxStrength: number;
  strength: Value[];
  verdicts: string[];
}

/** Which years are shown: one, the sum from one to another, or two against each other. */
interface Period {
  kind: "year" | "range" | "two";
  from: number;
  to: number;
}

/** Parts of the links, see maps.page.link_data. */
interface LinkParts {
  source: number[];
  target: number[];
  links: { at: number[]; weight: number[] }[];
  /** Sort, key, title in both languages. */
  list: [string, string, string, string][];
}

/** See maps.page.year_data. */
interface YearData {
  list: number[];
  counted: [number, number];
  directed: boolean;
  source: number[];
  target: number[];
  links: { at: number[]; weight: number[] }[];
  scores: Record<string, YearValues[]>;
  gaps: {
    pairs: number[];
    all: number;
    judged: number[];
    expected: Value[][];
    grade: string[];
    detail: Record<string, Value[]>;
  } | null;
  event: number;
  /** What crossing each border does to expected links, in percent with its interval, a number per year. */
  borders: { names: Bilingual; percent: Value[]; low: Value[]; high: Value[] }[];
  /** Communities of each year. */
  communities: Value[];
}

/** What became of the linked pairs of the year before. */
interface Turnover {
  year: number;
  stayed: number;
  entered: number;
  left: number;
  /** Share of the pairs of the year before; null where there were none. */
  survival: Value;
}

/** A gap of a year, or of the sum of some. */
interface YearGap {
  /** Place among the pairs that have gaps. */
  k: number;
  /** Place among all pairs. */
  pair: number;
  observed: number;
  expected: number;
  gap: number;
  grade: string;
  /** So many of the years have evidence, of so many judged; of a sum only. */
  backed?: number;
  judged?: number;
  low?: Value;
  high?: Value;
  p?: Value;
  shrunken_ratio?: Value;
  shortfall_probability?: Value;
}

interface YearState {
  observed: number;
  expected: Value;
  /** Letter, see maps.page.year_data.GRADE_LETTERS. */
  grade: string;
}

interface YearMove {
  k: number;
  pair: number;
  before: YearState;
  after: YearState;
  move: string;
}

/** A gap that was, is, or both. */
interface Move extends Joint {
  i: number;
  b: Region;
  move: string;
  before: YearState;
  after: YearState;
}

interface ScoreData {
  key: string;
  label: Bilingual;
  meaning: Bilingual;
  form: string;
  /** Unit, what is measured, year and source. */
  unit: Bilingual | null;
  values: Value[];
  breaks: number[];
  /** Values of all years, where classes are those of all years. */
  pool?: Value[];
}

interface Score extends ScoreData {
  ranks: Value[];
  /** So many regions have a value. */
  of: number;
  /** Largest size of a value. */
  max: number;
  decimals: number;
}

interface Palette {
  [name: string]: string | string[];
  ramp: string[];
  diverging: string[];
  hues: string[];
  clusters: string[];
  sea: string;
  land: string;
  zero: string;
  hatch: string;
  border: string;
  outline: string;
  link: string;
  gap: string;
  closed: string;
  node: string;
  halo: string;
  quiet: string;
  ends: string;
  rest: string;
  focus: string;
  ink: string;
  soft: string;
}

interface Fit {
  auc: Value;
  pseudo_r2: Value;
  dispersion: Value;
  deviance: Value;
  /** Pairs, mean expected, mean observed, and where the observed mean should lie. */
  calibration: [number, number, number, Value, Value][];
}

/** The map maker's own features, see maps.page.geo_data. */
interface GeoLayer {
  key: string;
  title: Bilingual;
  colour: string;
  width: number;
  shown: boolean;
  areas: [string, string][];
  lines: [string, string][];
  points: [number, number, string][];
}

/** The data block, as maps.page.data_block writes it. */
interface PageData {
  name: string;
  title: Bilingual;
  lang: string;
  theme: string;
  view: string;
  level: string;
  directed: boolean;
  modelled: boolean;
  counting: string;
  records: Value[];
  units: number;
  regions: {
    code: string[];
    en: string[];
    zh: string[];
    short: [number, number][];
    parent: string[];
    group: string[];
    shape: (string | null)[];
    point: (Point | null)[];
    strength: Value[];
    internal: Value[];
    external: Value[];
  };
  parents: Record<string, Bilingual>;
  links: { source: number[]; target: number[]; weight: number[]; significant?: number[]; method?: string };
  /** What the study brings of pairs: label and unit of each measure in both languages, places, values by measure. */
  pairFacts: {
    columns: [string, string, string, string][];
    source: number[];
    target: number[];
    values: Value[][];
  } | null;
  outside: {
    regions: [string, string, string, string, string, Point | null][];
    unit: number[];
    outside: number[];
    weight: number[];
  } | null;
  scores: ScoreData[];
  gaps: {
    all: number;
    listed: number;
    significant: number | null;
    model: Bilingual | null;
    fit: Fit | null;
    typical: Value;
    /** Name, and its border in both languages. */
    covariates: [string, string, string][];
    rows: {
      source: number[];
      target: number[];
      grade: string[];
      fields?: string[][];
      [column: string]: unknown[] | undefined;
    };
    partners: Record<string, [number, number, number[], string?][]>;
    /** Field -> its Chinese name, where it has one. */
    fieldNames: Record<string, string>;
    /** Both texts, or the place of a form and what fills it: numbers, and places of names among these. */
    phrases: (Bilingual | [number, ...(number | string)[]])[];
    /** Sentences with # for each of their numbers and @ for each name. */
    forms: Bilingual[];
  } | null;
  verdicts: string;
  geo: GeoLayer[];
  tiles: { url: string; attribution: string; subdomains: string; deepest: number; host: string } | null;
  /** Pixels of the weakest and of the strongest link. */
  widths: [number, number];
  labelsShown: number;
  labels: Record<string, Bilingual>;
  layers: ExtraLayer[];
  /** Key of the one shown at first. */
  layer: string;
  spillover: SpilloverStory | null;
  chains: ChainSheet[] | null;
  scorecard: Scorecard | null;
  years: YearData | null;
  /** Places of the limits that are about the records. */
  recordLimits: number[];
  /** Words of what the page counts by itself, where years or parts are shown. */
  counts: ScoreData[];
  parts: LinkParts | null;
  /** Places of the units of each group. */
  groups: Record<string, number[]>;
  indicator: { names: Bilingual; unit: Bilingual } | null;
  basemap: {
    /** Metres of one step of the grid. */
    step: number;
    /** Metres of its corner. */
    origin: [number, number];
    view: Box;
    lines: string;
    insets: { title: Bilingual; box: Box; apart: boolean }[];
    far: Record<string, string>;
  };
  limits: Bilingual[];
  sources: Bilingual[];
  citations: Bilingual[];
  notes: Bilingual[];
  warnings: Bilingual[];
  linksShown: number;
  gapsShown: number;
  review: string;
  palettes: Record<string, Palette>;
  text: Record<string, Bilingual>;
}

/** What the address of the page tells; regions by code, empty where none is selected. */
interface Address {
  lang: string;
  view: string;
  tab: string;
  score: string;
  layer: string;
  region: string;
  pair: string;
  with: string;
  year: string;
  compare: string;
  /** Sort and key of the only links shown. */
  part: string;
  path: string;
  /** How many links and gaps are drawn. */
  links: string;
  gaps: string;
  /** Layers that are off. */
  hide: string;
  /** Only links that stand out. */
  only: string;
  words: string;
  mine: string;
  group: string;
  grade: string;
  field: string;
  /** Column by which the table of gaps is sorted, with a minus where the smallest comes first. */
  sort: string;
}

interface Table {
  name: string;
  head: string[];
  rows: unknown[][];
}

/** Of a workbook; `head` rows stay in sight. */
interface Sheet {
  name: string;
  rows: unknown[][];
  head?: number;
}

interface Column<Row> {
  head: string;
  className: string;
  cell(row: Row): string | Node;
  /** Name of the column for sorting; without it the column cannot be sorted. */
  key?: string;
  meaning?: string;
}

interface ClassLayer {
  kind: "classes";
  key: string;
  title: Bilingual;
  note: Bilingual | null;
  names: Bilingual[];
  /** Place among the names of each unit; null where it was not judged. */
  of: Value[];
  outlined: boolean;
  meaning: string;
}

interface FlowLayer {
  kind: "flows";
  key: string;
  title: Bilingual;
  note: Bilingual | null;
  source: number[];
  target: number[];
  /** The largest by size first; below 0 the receiver loses. */
  value: number[];
  low: Value[];
  high: Value[];
  unit: Bilingual;
  most: number;
  /** Of all flows, also those that the page does not carry. */
  count: number;
  sum: number;
  under: ClassLayer | null;
}

/** State (not covered, absent, present), actors, whether it clogs, what is said of it. */
type ChainCell = [number, number, number, Bilingual | null];

/** One chain on the tab on chains, see maps.page.stories.chain_story. */
interface ChainSheet {
  name: Bilingual;
  /** Key of the layer that goes with it, or "". */
  layer: string;
  stages: Bilingual[];
  /** Place of the unit (null: all together), name, a cell for each stage. */
  rows: [number | null, Bilingual, ChainCell[]][];
  sentences: Bilingual[];
  /** Places of region, stage and candidate, probability and its interval, whether tied, whom to bring together. */
  fill: [number, number, number, number, number, number, number, Bilingual | null][];
}

/**
 * Place of the unit, rank, its interval, score, pillars, share of each choice, paragraph, facts, places of its peers.
 */
type CardRow = [number, Value, Value, Value, Value, Value[], Value[], Bilingual, [Bilingual, Bilingual][], number[]];

/** Section, name, how it is told of a group, a value and a weight per unit. */
type CardFigure = [Bilingual, Bilingual, number, Value[], Value[] | null];

/** What the tab on the scorecard says, see maps.page.stories.scorecard_story. */
interface Scorecard {
  headline: Bilingual;
  title: Bilingual;
  note: Bilingual;
  pillars: [Bilingual, Bilingual | null][];
  choices: Bilingual[];
  rows: CardRow[];
  figures: CardFigure[];
  groups: [Bilingual, number[]][];
  sentences: Bilingual[];
  /** What stands side by side at first: places of units, or of groups behind the units. */
  beside: number[];
}

/** What the tab on spillover says, see maps.page.stories.spillover_story. */
interface SpilloverStory {
  headline: Bilingual;
  verdict: Bilingual;
  notes: Bilingual[];
  unit: Bilingual;
  groups: {
    names: Bilingual[];
    sizes: Value[];
    /** By giver and receiver: estimate, low, high, share, chance and the range of 95 % of it. */
    cells: Value[][][];
    asked: [number, number] | null;
  } | null;
  models: {
    weights: Bilingual[];
    models: string[];
    /** Places of W and model, estimate, low, high. */
    rows: [number, number, number, number, number][];
  };
}

/** What one region gives another. */
interface Flow extends Joint {
  value: number;
  size: number;
  low: Value;
  high: Value;
  /** Whether its interval leaves 0 out, or it has none. */
  told: boolean;
  unit: Bilingual;
}

/** What an analysis handed over, see maps.page.layers. */
type ExtraLayer = ClassLayer | FlowLayer;

/** Empty texts filter nothing. */
interface Filters {
  words: string;
  region: string;
  group: string;
  grade: string;
  field: string;
  path: string;
}

interface Order {
  key: string;
  down: boolean;
}

interface TableOptions<Row> {
  className: string;
  rowClass?(row: Row): string;
  select?(row: Row): void;
  isSelected?(row: Row): boolean;
  sortBy?(key: string): void;
  order?: Order;
}

/** One kind of thing on the canvas of the map. */
interface DrawnLayer<Item = never> {
  draw(ctx: CanvasRenderingContext2D, transform: Transform, bounds: L.Bounds): void;
  kind?: "region" | "link" | "gap" | "geo" | "flow" | "move" | "actor";
  /** What lies under a point of the canvas. */
  hit?(point: L.Point, transform: Transform): Item | null;
  click?(item: Item): void;
}
