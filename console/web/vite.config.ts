import { defineConfig } from "vite";

// Everything is a file of our own origin, so that the Content-Security-Policy can say 'self' and nothing else.
export default defineConfig({
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
  worker: { format: "es" },
});
