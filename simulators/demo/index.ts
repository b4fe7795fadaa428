export { type DemoSettings, demoHistory, runDemo } from "./demo.ts";
