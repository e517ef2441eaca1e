import { forEachFresh } from "./fresh";

type Island = { mount: (element: HTMLElement) => void };

const islands = import.meta.glob<Island>("../islands/*.ts");

/** `<div data-island="chart">` loads islands/chart.ts when it appears and calls its `mount(element)`. */
export function startIslands(): void {
  forEachFresh("[data-island]", (element) => {
    const load = islands[`../islands/${element.dataset.island}.ts`];
    if (!load) throw new Error(`no island named ${element.dataset.island}`);
    void load().then((island) => island.mount(element));
  });
}
