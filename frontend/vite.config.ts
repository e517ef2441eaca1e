import { defineConfig } from "vite";
import { iconSprite } from "./scripts/icon-sprite.mjs";

/** Everything goes hashed into the Python package, so that the wheel needs no Node. */
export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [iconSprite()],
  build: {
    outDir: "../src/clientarium/interfaces/web/static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { main: "src/main.ts", theme: "src/theme.ts" },
      output: {
        hashCharacters: "hex",
        entryFileNames: "[name].[hash:12].js",
        chunkFileNames: "[name].[hash:12].js",
        assetFileNames: "[name].[hash:12][extname]",
      },
    },
  },
});
