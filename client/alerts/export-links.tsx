import { isAllowed } from "@vigil/shared/people";
import type { AlertExport } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { useActing } from "../act/index.ts";
import { newRandomId } from "../ui/random-id.ts";
import { useValue } from "../ui/use-value.ts";
import { askExport } from "./alerts-api.ts";

const ASK_EVERY_MS = 400;
const SHOWN_AFTER_MS = 4_000;

/** The log as files, for who may take it out. The browser saves them as they come; how far it is, the server tells. */
export function ExportLinks({ query }: { readonly query: string }) {
  const person = useValue(useActing().who.person);
  const [id, setId] = useState(newRandomId);
  const [running, setRunning] = useState<string | null>(null);
  const begin = (): void => {
    setRunning(id);
    // The link keeps its address until the browser has followed it.
    setTimeout(() => setId(newRandomId()), 0);
  };
  const link = (format: "csv" | "ndjson", text: string) => (
    <a
      className="act act-quiet"
      href={`/api/alerts.${format}?${query}${query === "" ? "" : "&"}export=${id}`}
      download
      onClick={begin}
    >
      {text}
    </a>
  );
  if (person === null || !isAllowed("GET /api/alerts.csv", person.role)) return null;
  return (
    <>
      {link("csv", "Export CSV")}
      {link("ndjson", "Export NDJSON")}
      {running !== null && <Progress key={running} id={running} onOver={() => setRunning(null)} />}
    </>
  );
}

function Progress({ id, onOver }: { readonly id: string; readonly onOver: () => void }) {
  const [told, setTold] = useState<AlertExport | null>(null);
  const isOver = told !== null && told.state !== "running";
  useEffect(() => {
    if (isOver) {
      const over = setTimeout(onOver, SHOWN_AFTER_MS);
      return () => clearTimeout(over);
    }
    const ask = setInterval(() => {
      // Not known yet, or the server is away: the browser's own list of downloads tells that.
      askExport(id).then(setTold, () => undefined);
    }, ASK_EVERY_MS);
    return () => clearInterval(ask);
  }, [id, isOver, onOver]);
  const { rows = 0, total = 0 } = told ?? {};
  const text =
    told === null
      ? "Export begins"
      : told.state === "failed"
        ? "Export broke off at"
        : isOver
          ? "Exported"
          : "Exporting";
  return (
    <p className="alerts-export" role="status">
      {text} {told !== null && `${rows.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`}
      <progress value={rows} max={Math.max(1, total)} aria-label="Export" />
    </p>
  );
}
