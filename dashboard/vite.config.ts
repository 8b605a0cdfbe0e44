import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The monitor that `npm run dev` talks to. */
const monitor = process.env.PHAROS_URL ?? "http://127.0.0.1:8090";

const proxy = { target: monitor, changeOrigin: true, headers: { origin: monitor } };

export default defineConfig({
  // Relative: the same build works at the root and behind any prefix.
  base: "./",
  plugins: [react(), tailwindcss()],
  build: {
    target: "es2023",
    // Nothing as data: address; the Content-Security-Policy allows files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    proxy: {
      "/api": proxy,
      "/openapi.yaml": proxy,
      "/health": proxy,
      "/metrics": proxy,
      "/ws": { ...proxy, ws: true },
    },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
  },
});
