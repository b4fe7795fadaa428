export { RunbookIndexPage } from "./runbook-index.tsx";
export { RunbookPage } from "./runbook-page.tsx";
