import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Response } from "playwright-core";
import { openPage, WALL_PATH } from "./browser.ts";
import { atMost, type Figure } from "./figure.ts";
import type { Pages } from "./pages.ts";
import { sleep } from "./ward-under-load.ts";

const CHART_LIBRARIES =
  /node_modules\/(recharts|victory-vendor|victory[^/]*|d3|d3-[^/]+|@mantine\/charts|chart\.js|uplot|echarts|plotly[^/]*|highcharts|@visx|@nivo)\//;
/** What a page still fetches by itself after its numbers are there. */
const AFTERWARDS_S = 0.5;

/** Everything of JavaScript that a browser fetches to show the wall. */
export async function benchFirstLoad(browser: Browser, url: string, { modules }: Pages): Promise<Figure[]> {
  const responses: Response[] = [];
  const page = await openPage(browser, url + WALL_PATH, (opening) => {
    opening.on("response", (response) => {
      if (/javascript/.test(response.headers()["content-type"] ?? "")) responses.push(response);
    });
  });
  await sleep(AFTERWARDS_S);
  const scripts = await Promise.all(
    responses.map(async (response) => ({
      file: new URL(response.url()).pathname.slice(1),
      kilobytes: gzipSync(await response.body()).length / 1000,
    })),
  );
  await page.close();
  const charts = scripts.flatMap(({ file }) => (modules.get(file) ?? []).filter((id) => CHART_LIBRARIES.test(id)));
  const total = scripts.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  const parts = scripts.map(({ file, kilobytes }) => `${basename(file)} ${kilobytes.toFixed(1)}`).join(", ");
  return [
    atMost("wall's first-load JavaScript", total, 150, "kB gzip", parts),
    atMost(
      "chart modules in it",
      charts.length,
      0,
      "modules",
      charts.slice(0, 3).join(", ") || "none of any chart library",
    ),
  ];
}
