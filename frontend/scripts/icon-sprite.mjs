import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const icons = join(here, "../node_modules/@tabler/icons/icons");

/** One SVG sprite of the icons named in icons.txt (Tabler icons, MIT), emitted as icons.<hash>.svg. */
export function iconSprite() {
  return {
    name: "icon-sprite",
    generateBundle() {
      const names = readFileSync(join(here, "../icons.txt"), "utf8").split("\n").map((line) => line.trim()).filter(Boolean);
      const symbols = [...new Set(names)].sort().map(symbol).join("\n");
      const source = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}

function symbol(name) {
  const svg = readFileSync(join(icons, "outline", `${name}.svg`), "utf8");
  const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim().replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
}
