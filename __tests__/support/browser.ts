import * as fs from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describeWith } from "./tools";

/** The paths of the browser in Debian's package and others. */
const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const executable = [process.env.CHROMIUM ?? "", ...PATHS].find(
  (file) => file !== "" && fs.existsSync(file),
);

/** `describe` for suites that need Chromium: $CHROMIUM, or one of the usual places. */
export const describeWithChromium = (): jest.Describe =>
  describeWith(executable ?? "chromium", ["--version"]);

/** A browser that talks to nobody. */
export async function launch(): Promise<Browser> {
  return chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
