/** A protocol as a file of the command line. */
import { readFile } from "node:fs/promises";
import { limitCautions, type Protocol, protocolSchema } from "@vigil/shared/protocol";
import { fileReason, type Terminal, WorkFailed } from "../terminal/index.ts";

/** Advises of limits that are legal and odd. @throws WorkFailed with file, place and reason */
export async function readProtocol(path: string, terminal: Terminal): Promise<Protocol> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new WorkFailed(`${path}: ${fileReason(error, "read")}`);
  });
  const document = parseJson(path, text);
  const protocol = protocolSchema.safeParse(document);
  if (protocol.success) {
    for (const { sentence } of limitCautions(protocol.data.limits)) terminal.advise(`${path}: ${sentence}`);
    return protocol.data;
  }
  const places = protocol.error.issues.map(
    (issue) => `${path}: ${issue.path.join(".") || "document"}: ${issue.message}`,
  );
  throw new WorkFailed(places.join("\n"));
}

function parseJson(path: string, text: string): unknown {
  try {
    // Without a byte order mark, which editors put in front of a file.
    return JSON.parse(text.trim());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = /\(line (\d+)/.exec(reason)?.[1];
    throw new WorkFailed(`${path}${line === undefined ? "" : `:${line}`}: not JSON: ${reason}`);
  }
}
