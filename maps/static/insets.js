// Windows for far places, drawn like the map itself.

const INSET_WIDTH = 112;
const insets = [];

function addInsets(host) {
  for (const { title, box } of D.ground.insets) {
    const figure = make("figure", "inset");
    const plate = make("canvas");
    figure.append(plate, make("figcaption"));
    host.append(figure);
    insets.push({ title, box, plate, caption: figure.lastChild });
  }
  listen("lang score theme layers", drawInsets);
}

function drawInsets() {
  const width = narrow.matches ? 76 : INSET_WIDTH;
  const sharp = Math.max(1, window.devicePixelRatio || 1);
  for (const { title, box, plate, caption } of insets) {
    const k = width / (box[2] - box[0]);
    const height = Math.round((box[3] - box[1]) * k);
    plate.width = width * sharp;
    plate.height = height * sharp;
    plate.style.width = width + "px";
    plate.style.height = height + "px";
    plate.setAttribute("role", "img");
    plate.setAttribute("aria-label", pick(title));
    caption.textContent = pick(title);
    const ctx = plate.getContext("2d");
    ctx.fillStyle = palette().sea;
    ctx.fillRect(0, 0, plate.width, plate.height);
    drawGround(ctx, { k: k * sharp, x: -box[0] * k * sharp, y: box[3] * k * sharp }, null, 0.8 * sharp);
  }
}
