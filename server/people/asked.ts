/** What this room needs of HTTP, whoever answers. */
import type { Response } from "express";

/** What is needed of a request. */
export interface Asked {
  readonly ip?: string | undefined;
}

/** Answers with problem details (RFC 9457). */
export type Refuse = (response: Response, status: number, code: string, detail: string) => void;
