export { thinnedChart } from "./thinned-chart.ts";
export { Thinner } from "./thinner.ts";
