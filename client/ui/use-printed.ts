import type { PrintedReport } from "@vigil/shared/wire";
import { useEffect, useState } from "react";

const NOT_NOTED = "The server could not note in the audit that this was printed. Tell who looks after the server.";

/**
 * Tells the server that a report goes to paper, by whatever key or button: who may print what is audited.
 * @param report `null`: there is nothing yet to be printed
 * @returns what went wrong, in a sentence
 */
export function usePrinted(report: PrintedReport | null): string | null {
  const [refused, setRefused] = useState<string | null>(null);
  const body = report === null ? null : JSON.stringify(report);
  useEffect(() => {
    if (body === null) return;
    const tell = () => {
      const headers = { "content-type": "application/json" };
      fetch("/api/reports/printed", { method: "POST", headers, body, keepalive: true }).then(
        ({ ok }) => setRefused(ok ? null : NOT_NOTED),
        () => setRefused(NOT_NOTED),
      );
    };
    addEventListener("beforeprint", tell);
    return () => removeEventListener("beforeprint", tell);
  }, [body]);
  return refused;
}
