/**
 * Names of things, branded so that a bay's id cannot be passed where a session's is meant.
 * The schemas are the only way to make one from text that came from outside.
 */
import * as z from "zod";

const name = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._:-]*$/u,
    "must begin with a letter or digit and hold only letters, digits, space and . _ : -",
  );

export const bayIdSchema = name.brand<"BayId">();
export type BayId = z.infer<typeof bayIdSchema>;

export const sessionIdSchema = name.brand<"SessionId">();
export type SessionId = z.infer<typeof sessionIdSchema>;

export const personIdSchema = name.brand<"PersonId">();
export type PersonId = z.infer<typeof personIdSchema>;

/** Idempotency id of a command: the same id sent twice is carried out once. */
export const commandIdSchema = name.brand<"CommandId">();
export type CommandId = z.infer<typeof commandIdSchema>;

export const boardIdSchema = name.brand<"BoardId">();
export type BoardId = z.infer<typeof boardIdSchema>;

/** Milliseconds since the Unix epoch (an instant), or from the start of a feed in offline work. */
export type AtMs = number;
/** A length of time in milliseconds. */
export type DurationMs = number;
