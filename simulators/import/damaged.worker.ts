/** A worker for tests: imports what it is given, so that one that never ends can be told and ended. */
import { parentPort } from "node:worker_threads";
import { ImportError, type Imported, importCsv, importPcd01, importWfdb } from "./index.ts";
import { anyBed, bay } from "./test-files.ts";

export type Kind = "csv" | "header" | "samples" | "pcd01";

export interface Asked {
  readonly kind: Kind;
  readonly bytes: Uint8Array;
  /** Of WFDB: the other of header and samples, whole. */
  readonly other: Uint8Array;
}

export type Answered =
  | { readonly lines: Imported["lines"]; readonly startedAt: string | undefined }
  | { readonly isClear: boolean; readonly message: string };

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

function imported({ kind, bytes, other }: Asked): Imported {
  switch (kind) {
    case "csv":
      return importCsv("a.csv", text(bytes), bay, { time: null, columns: [] });
    case "header":
      return importWfdb("rec.hea", text(bytes), bay, () => other);
    case "samples":
      return importWfdb("rec.hea", text(other), bay, () => bytes);
    case "pcd01":
      return importPcd01("a.hl7", text(bytes), anyBed);
  }
}

function answer(asked: Asked): Answered {
  try {
    const { lines, header } = imported(asked);
    return { lines, startedAt: header.startedAt };
  } catch (error) {
    return { isClear: error instanceof ImportError, message: String(error) };
  }
}

parentPort?.on("message", (asked: Asked) => parentPort?.postMessage(answer(asked)));
