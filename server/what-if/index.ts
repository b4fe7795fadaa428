export { WhatIfDesk } from "./desk.ts";
export { decider, type Job, type Result, type Told } from "./job.ts";
export { whatIfRoutes } from "./routes.ts";
