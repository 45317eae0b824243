// Builds static/build/infoshare.css and infoshare.js: one file each, so a manifest of hashed names needs no
// rewriting of import paths. Not a watcher; run by `npm run build`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const source = (name) => fileURLToPath(new URL(name, import.meta.url));
const target = (name) => fileURLToPath(new URL(`../build/${name}`, import.meta.url));
// The npm package carries no licence file; its licence asks for this notice.
const notice = "/*! Contains GOV.UK Frontend, MIT licence, Crown copyright (Government Digital Service) */\n";

function write(name, text) {
  writeFileSync(target(name), notice + text);
  console.log(`${name}: ${text.length} bytes, ${gzipSync(text).length} compressed`);
}

mkdirSync(target("."), { recursive: true });

const { css } = compile(source("infoshare.scss"), {
  charset: false, // its mark would stand after our notice and spoil the first rule
  loadPaths: [source("../../node_modules")],
  quietDeps: true,
  style: "compressed",
});
if (css.includes("url(")) throw new Error("the style sheet asks for a file: crest, font or image");
write("infoshare.css", css);

const { outputFiles } = await build({
  entryPoints: [source("infoshare.js")],
  bundle: true,
  format: "esm",
  legalComments: "none",
  minify: true,
  target: "es2020",
  write: false,
});
write("infoshare.js", outputFiles[0].text);
