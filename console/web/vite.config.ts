import { defineConfig, type Plugin } from "vite";

/**
 * The editor of a table's cells brings its style by a module that puts a `<style>` element into the page, which the Content-Security-Policy refuses. The module has
 * another way, by a constructed style sheet, which it takes in shadow trees alone: here it takes that one always.
 */
const constructedStyles: Plugin = {
  name: "constructed-styles",
  transform(code, id) {
    if (!/\/style-mod\/.*\.js$/.test(id)) {
      return null;
    }
    const asked = "!root.head && root.adoptedStyleSheets";
    if (!code.includes(asked)) {
      throw new Error("style-mod has changed: it must not make <style> elements, see vite.config.ts");
    }
    return { code: code.replace(asked, "root.adoptedStyleSheets"), map: null };
  },
};

// Everything is a file of our own origin, so that the Content-Security-Policy can say 'self' and nothing else.
export default defineConfig({
  base: "./",
  plugins: [constructedStyles],
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2500 },
  worker: { format: "es" },
});
