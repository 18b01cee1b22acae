// Boxes that float over the map, painted into a picture: grounds, borders, samples, words, as the browser laid them out.

/** @typedef {CanvasRenderingContext2D | any} Ctx */

/** @param {Ctx} ctx @param {Element} box @param {{ left: number, top: number }} corner */
export function paintBox(ctx, box, corner) {
  const rect = box.getBoundingClientRect();
  const style = getComputedStyle(box);
  if (!rect.width || style.visibility === "hidden" || box.matches(".limit")) return; // a button; the limits stand below
  const at = { x: rect.left - corner.left, y: rect.top - corner.top, width: rect.width, height: rect.height };
  paintGround(ctx, style, at);
  if (box instanceof HTMLCanvasElement) ctx.drawImage(box, at.x, at.y, at.width, at.height);
  if (box instanceof SVGSVGElement) paintSample(ctx, box, at);
  else for (const node of box.childNodes) paintNode(ctx, node, { style, corner });
}

/** @param {Ctx} ctx @param {Node} node @param {{ style: CSSStyleDeclaration, corner: { left: number, top: number } }} within */
function paintNode(ctx, node, { style, corner }) {
  if (node instanceof Element) paintBox(ctx, node, corner);
  else if (node instanceof Text && node.data.trim()) {
    ctx.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    ctx.fillStyle = style.color;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    for (const { words, x, y } of splitLines(node)) ctx.fillText(words, x - corner.left, y - corner.top);
  }
}

/** A text as the lines into which it was broken. @param {Text} node */
function splitLines(node) {
  const range = document.createRange();
  /** @type {{ words: string, x: number, y: number }[]} */
  const lines = [];
  for (let i = 0; i < node.data.length; i += 1) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const { left, top, height, width } = range.getBoundingClientRect();
    if (!width) continue;
    const y = top + height / 2;
    const last = lines[lines.length - 1];
    if (last && Math.abs(last.y - y) < height / 2) last.words += node.data[i];
    else lines.push({ words: node.data[i], x: left, y });
  }
  return lines;
}

/** @param {Ctx} ctx @param {CSSStyleDeclaration} style @param {{ x: number, y: number, width: number, height: number }} at */
function paintGround(ctx, style, { x, y, width, height }) {
  if (!/^rgba\(.*, 0\)$/.test(style.backgroundColor)) {
    ctx.fillStyle = style.backgroundColor;
    ctx.fillRect(x, y, width, height);
  }
  const [border, below] = [parseFloat(style.borderTopWidth), parseFloat(style.borderBottomWidth)];
  if (!border && below && parseFloat(style.borderLeftWidth)) {
    ctx.beginPath(); // the bar of the scale is open above
    for (const [u, v] of [
      [x, y],
      [x, y + height],
      [x + width, y + height],
      [x + width, y],
    ])
      ctx.lineTo(u, v);
    ctx.lineWidth = below;
    ctx.strokeStyle = style.borderBottomColor;
    ctx.stroke();
  }
  if (!border || style.borderLeftStyle === "none") return;
  ctx.beginPath();
  for (const [u, v] of [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ])
    ctx.lineTo(u, v);
  ctx.closePath();
  ctx.lineWidth = border;
  ctx.strokeStyle = style.borderTopColor;
  ctx.stroke();
}

/** @param {Ctx} ctx @param {SVGSVGElement} box @param {{ x: number, y: number }} at */
function paintSample(ctx, box, at) {
  for (const shape of box.children) {
    const get = (/** @type {string} */ name, fallback = "") => shape.getAttribute(name) ?? fallback;
    ctx.save();
    ctx.translate(at.x, at.y);
    ctx.globalAlpha = Number(get("stroke-opacity", "1"));
    ctx.lineWidth = Number(get("stroke-width", "1"));
    ctx.setLineDash(get("stroke-dasharray", "none").split(" ").map(Number).filter(Boolean));
    ctx.beginPath();
    if (shape.tagName === "circle") ctx.arc(Number(get("cx")), Number(get("cy")), Number(get("r")), 0, 2 * Math.PI);
    else tracePathText(ctx, get("d"));
    if (get("fill") && get("fill") !== "none") {
      ctx.fillStyle = get("fill");
      ctx.fill();
    }
    if (get("stroke")) {
      ctx.strokeStyle = get("stroke");
      ctx.stroke();
    }
    ctx.restore();
  }
}

/** The letters that the samples use. @param {Ctx} ctx @param {string} d */
function tracePathText(ctx, d) {
  for (const [, letter, numbers] of d.matchAll(/([MLQZ])([^MLQZ]*)/g)) {
    const at = numbers
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (letter === "M") ctx.moveTo(at[0], at[1]);
    if (letter === "L") ctx.lineTo(at[0], at[1]);
    if (letter === "Q") ctx.quadraticCurveTo(at[0], at[1], at[2], at[3]);
    if (letter === "Z") ctx.closePath();
  }
}
