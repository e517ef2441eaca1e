import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { resolved } from "../charting/values";

use([
  BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, ScatterChart,
  AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer,
]);

/**
 * Draws the option in the JSON inside the element. Python writes it (web/charts.py) with two kinds of marked strings:
 * "token:grade-a" is a colour of the theme, "format:money" is a number format. An item with `url` is a link.
 */
export function mount(element: HTMLElement): void {
  const source = element.querySelector('script[type="application/json"]')?.textContent ?? "{}";
  const canvas = document.createElement("div");
  canvas.className = element.dataset.chartClass ?? "plot";
  element.append(canvas);
  const chart = init(canvas, undefined, { renderer: "canvas" });
  const draw = (): void => {
    chart.setOption(resolved(JSON.parse(source)), true);
  };
  draw();
  chart.on("click", (params) => {
    const url = (params.data as { url?: string } | undefined)?.url;
    if (url) window.location.assign(url);
  });
  new ResizeObserver(() => chart.resize()).observe(canvas);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  disposeWithElement(element, chart);
  element.removeAttribute("aria-busy");
  // htmx writes the attributes of the answer once more when a swap has settled: the drawn chart would be busy for ever.
  new MutationObserver(() => element.removeAttribute("aria-busy")).observe(element, { attributes: true, attributeFilter: ["aria-busy"] });
}

function disposeWithElement(element: HTMLElement, chart: EChartsType): void {
  const watcher = new MutationObserver(() => {
    if (element.isConnected) return;
    watcher.disconnect();
    chart.dispose();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
}
