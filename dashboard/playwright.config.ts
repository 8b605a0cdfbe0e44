import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The packaged jar, real MCP servers, a real browser. Wants `server/target/pharos.jar` and a JDK 25. */
export default defineConfig({
  testDir: process.env.PHAROS_SCREENSHOTS ? "scripts" : "e2e",
  testMatch: process.env.PHAROS_SCREENSHOTS
    ? "screenshots.ts"
    : process.env.PHAROS_LOAD
      ? "*.load.ts"
      : process.env.PHAROS_REPLICAS
        ? "*.replicas.ts"
        : "*.spec.ts",
  outputDir: "test-results",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A file has a monitor of its own; each waits more than it works. Figures are measured alone.
  workers: process.env.PHAROS_LOAD || process.env.PHAROS_SCREENSHOTS ? 1 : 2,
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    // A trace takes a picture of the page at each step: with thousands of rows that is what one would measure.
    trace: process.env.PHAROS_LOAD ? "off" : "retain-on-failure",
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--js-flags=--expose-gc",
        "--enable-precise-memory-info",
      ],
    },
  },
});
