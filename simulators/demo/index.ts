export { demoCourses } from "./courses.ts";
export { type DemoSettings, demoHistory, runDemo } from "./demo.ts";
export { type PastSession, pastMonth } from "./past-month.ts";
