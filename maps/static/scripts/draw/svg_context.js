// A canvas context that writes SVG: what draws the map draws the picture of it, too. Only what the map uses is there.

import { pathText } from "../model/data.js";

/** @typedef {{ m: DOMMatrix, fillStyle: any, strokeStyle: any, lineWidth: number, globalAlpha: number, font: string, textAlign: string, textBaseline: string, lineCap: string, lineJoin: string, dash: number[] }} Pen */

const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

export class SvgContext {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.canvas = { width, height };
    /** @type {string[]} */
    this.parts = [];
    /** @type {Pen} */
    this.pen = {
      m: new DOMMatrix(),
      ...{ fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", dash: [] },
      ...{ textAlign: "left", textBaseline: "alphabetic", lineCap: "butt", lineJoin: "miter" },
    };
    /** @type {Pen[]} */
    this.kept = [];
    this.d = "";
    for (const key of /** @type {(keyof Pen)[]} */ (Object.keys(this.pen))) {
      if (key === "m" || key === "dash") continue;
      Object.defineProperty(this, key, {
        get: () => this.pen[key],
        set: (value) => Object.assign(this.pen, { [key]: value }),
      });
    }
  }

  save() {
    this.kept.push({ ...this.pen, m: DOMMatrix.fromMatrix(this.pen.m) });
  }

  restore() {
    this.pen = this.kept.pop() || this.pen;
  }

  /** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} e @param {number} f */
  transform(a, b, c, d, e, f) {
    this.pen.m = this.pen.m.multiply(new DOMMatrix([a, b, c, d, e, f]));
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.pen.dash = dash;
  }

  beginPath() {
    this.d = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.d += `M${round(x)} ${round(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.d += `${this.d ? "L" : "M"}${round(x)} ${round(y)}`;
  }

  /** @param {number} u @param {number} v @param {number} x @param {number} y */
  quadraticCurveTo(u, v, x, y) {
    this.d += `Q${round(u)} ${round(v)} ${round(x)} ${round(y)}`;
  }

  closePath() {
    this.d += "Z";
  }

  /** Whole circles are all that the map draws. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    this.d += `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} r */
  roundRect(x, y, width, height, r) {
    const [w, h] = [width - 2 * r, height - 2 * r];
    this.d += `M${round(x + r)} ${round(y)}h${round(w)}a${r} ${r} 0 0 1 ${r} ${r}v${round(h)}a${r} ${r} 0 0 1 ${-r} ${r}h${round(-w)}a${r} ${r} 0 0 1 ${-r} ${-r}v${round(-h)}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    const shape = `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
    this.put(shape, this.filling());
  }

  /** @param {Path2D | string} [path] */
  fill(path) {
    this.put(path instanceof Path2D ? pathText(path) : this.d, this.filling());
  }

  /** @param {Path2D} [path] */
  stroke(path) {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash } = this.pen;
    const dashes = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    const look = `fill="none" stroke="${colourText(strokeStyle)}" stroke-width="${round(lineWidth, 4)}"`;
    this.put(
      path ? pathText(path) : this.d,
      `${look} stroke-linecap="${lineCap}" stroke-linejoin="${lineJoin}"${dashes}`,
    );
  }

  filling() {
    const { fillStyle } = this.pen;
    return `fill="${typeof fillStyle === "string" ? colourText(fillStyle) : "url(#hatch)"}" fill-rule="evenodd"`;
  }

  /** @param {string} d @param {string} look */
  put(d, look) {
    const { m, globalAlpha } = this.pen;
    const place = m.isIdentity
      ? ""
      : ` transform="matrix(${[m.a, m.b, m.c, m.d, m.e, m.f].map((v) => round(v, 6)).join(" ")})"`;
    if (d)
      this.parts.push(`<path d="${d}" ${look}${globalAlpha < 1 ? ` opacity="${round(globalAlpha)}"` : ""}${place}/>`);
  }

  /** @param {string} words */
  measureText(words) {
    measure.font = this.pen.font;
    return measure.measureText(words);
  }

  /** @param {string} words @param {number} x @param {number} y */
  fillText(words, x, y) {
    this.write(words, { x, y }, `fill="${colourText(this.pen.fillStyle)}"`);
  }

  /** @param {string} words @param {number} x @param {number} y */
  strokeText(words, x, y) {
    const look = `fill="none" stroke="${colourText(this.pen.strokeStyle)}" stroke-width="${this.pen.lineWidth}"`;
    this.write(words, { x, y }, `${look} stroke-linejoin="round"`);
  }

  /** @param {string} words @param {{ x: number, y: number }} at @param {string} look */
  write(words, { x, y }, look) {
    const { m, font, textAlign, textBaseline } = this.pen;
    const anchor = textAlign === "center" ? "middle" : "start";
    const drop = textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    const [u, v] = [m.a * x + m.e, m.d * y + m.f];
    const style = escapeText(`font: ${font}`);
    this.parts.push(
      `<text x="${round(u)}" y="${round(v)}" text-anchor="${anchor}"${drop} style="${style}" ${look}>${escapeText(words)}</text>`,
    );
  }

  /** @param {HTMLCanvasElement} image @param {number} x @param {number} y @param {number} width @param {number} height */
  drawImage(image, x, y, width, height) {
    const { m } = this.pen;
    const at = `x="${round(m.a * x + m.e)}" y="${round(m.d * y + m.f)}" width="${round(m.a * width)}" height="${round(m.d * height)}"`;
    this.parts.push(`<image ${at} href="${image.toDataURL("image/png")}"/>`);
  }

  createPattern() {
    return { setTransform() {} };
  }

  /** @param {string} title @param {string} hatch colour */
  toText(title, hatch) {
    const { width, height } = this.canvas;
    const pattern = `<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="${hatch}"/></pattern>`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
    return `${head}<title>${escapeText(title)}</title><defs>${pattern}</defs>${this.parts.join("")}</svg>`;
  }
}

/** @param {number} value @param {number} [digits] */
function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

/** @param {unknown} colour */
function colourText(colour) {
  return escapeText(String(colour));
}

/** Names from the data are text in the picture too. @param {string} words */
export function escapeText(words) {
  return words.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
