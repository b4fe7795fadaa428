export { RunbookIndexPage } from "./runbook-index.tsx";
export { RunbookOnWall } from "./runbook-on-wall.tsx";
export { RunbookPage } from "./runbook-page.tsx";
