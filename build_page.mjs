// Bundle the scripts and styles of the page and of the overlays into maps/static/built: `npm run build`.
// The wheel carries what stands there, so that nobody needs node to draw a page; a test tells when it is out of date.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const STATIC = "maps/static";
const STYLES = ["leaflet.css", "page.css"];
const BUNDLES = ["scripts/start.js", "scripts/overlay.js", ...STYLES];

/** Return the checksum of every source, by which a test knows whether the bundles are of these. */
function sumSources() {
  const scripts = readdirSync(`${STATIC}/scripts`, { recursive: true })
    .map((name) => `scripts/${String(name).replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".js"));
  const sum = createHash("sha256");
  for (const name of [...scripts, ...STYLES].sort()) {
    sum.update(`${name}\n`);
    sum.update(readFileSync(`${STATIC}/${name}`, "utf8").replaceAll("\r\n", "\n"));
  }
  return sum.digest("hex");
}

mkdirSync(`${STATIC}/built`, { recursive: true });
for (const name of BUNDLES) {
  const file = `${STATIC}/built/${name.split("/").at(-1)}`;
  await build({
    entryPoints: [`${STATIC}/${name}`],
    outfile: file,
    bundle: name.endsWith(".js"),
    minify: true,
    format: name.endsWith(".js") ? "iife" : undefined,
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
}
writeFileSync(`${STATIC}/built/sources.sha256`, `${sumSources()}\n`);
