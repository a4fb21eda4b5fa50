import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { build } from "esbuild";

const folder = "lib/explore";

/** A source of a content security policy that allows exactly `content`. */
function hash(content) {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/**
 * Bundles the page for the browser into one file that loads nothing.
 *
 * @returns the page, and esbuild's description of its content
 */
export async function explorePage() {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${folder}/main.ts`, `${folder}/style.css`],
    bundle: true,
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
    write: false,
    metafile: true,
    outdir: "dist",
    logLevel: "warning",
  });
  const content = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  const [script, style] = [content(".js"), content(".css")];
  const parts = {
    script,
    style,
    policy: [
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
  };
  const html = fs
    .readFileSync(`${folder}/page.html`, "utf8")
    .replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]);
  return { html, metafile };
}
