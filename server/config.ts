/** The server's settings, from the environment, parsed once. */
import { isZone, type Zone } from "@vigil/shared/course";
import * as z from "zod";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

const wholeNumber = (name: string, min: number, max: number) => {
  const message = `${name} must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
};

const environmentSchema = z.object({
  PORT: wholeNumber("PORT", 0, 65535).default(4000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "HOST must be an address or a name of this machine")
    .default("127.0.0.1"),
  VIGIL_ORIGIN: z
    .url({ protocol: /^https$/, error: "VIGIL_ORIGIN must be the https address at which people reach Vigil" })
    .transform((url) => new URL(url).origin)
    .optional(),
  VIGIL_DATA: z.string().min(1, "VIGIL_DATA must name a directory").default("./data"),
  VIGIL_BACKUPS: z.string().min(1, "VIGIL_BACKUPS must name a directory").optional(),
  VIGIL_DEMO: z.enum(["0", "1"], "VIGIL_DEMO must be 0 (empty ward) or 1 (demonstration)").default("1"),
  VIGIL_BAYS: wholeNumber("VIGIL_BAYS", 1, 2000).default(8),
  VIGIL_ZONE: z
    .string()
    .refine(isZone, "VIGIL_ZONE must be a time zone by its IANA name, such as Europe/Berlin")
    .default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
  VIGIL_LOG: z
    .enum(["silent", "error", "warn", "info", "debug"], "VIGIL_LOG must be silent, error, warn, info or debug")
    .default("warn"),
});

export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  /** Where people reach it through a proxy that adds TLS; `null`: from this machine only. */
  readonly origin: string | null;
  readonly dataDir: string;
  /** Where backups go; `null`: to `backups` in the data directory, on the same disk. */
  readonly backupsDir: string | null;
  readonly demo: boolean;
  /** How many bays a new data directory begins with, named 1, 2, 3, … */
  readonly bays: number;
  /** The clinic's time zone: a day of a course is a day there. */
  readonly zone: Zone;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

/** What keeps this server from being reached from outside. */
function exposureOf({ HOST, VIGIL_ORIGIN, VIGIL_DEMO }: z.infer<typeof environmentSchema>): string | null {
  if (isLoopback(HOST) && VIGIL_ORIGIN === undefined) return null;
  if (VIGIL_DEMO === "1") {
    return `The demonstration lets everybody in, so only this machine may reach it: HOST must be one of ${LOOPBACK.join(", ")} and VIGIL_ORIGIN unset, or VIGIL_DEMO 0.`;
  }
  if (VIGIL_ORIGIN !== undefined) return null;
  return `HOST is ${HOST}, which others can reach: set VIGIL_ORIGIN to the https address of the proxy before it, or HOST to one of ${LOOPBACK.join(", ")}. Passwords and patients' data must not travel in the clear.`;
}

export const isLoopback = (host: string): boolean => LOOPBACK.includes(host);

/** A setting that cannot be: said in plain words, one sentence for each. */
export class ConfigError extends Error {}

/** @throws ConfigError naming every setting that is wrong */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in environmentSchema.shape && value !== undefined && value !== "",
    ),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.message}.`).join("\n"));
  const wrong = exposureOf(parsed.data);
  if (wrong !== null) throw new ConfigError(wrong);
  const {
    PORT,
    HOST,
    VIGIL_ORIGIN = null,
    VIGIL_DATA,
    VIGIL_BACKUPS,
    VIGIL_DEMO,
    VIGIL_BAYS,
    VIGIL_ZONE,
    VIGIL_LOG,
  } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    origin: VIGIL_ORIGIN,
    dataDir: VIGIL_DATA,
    backupsDir: VIGIL_BACKUPS ?? null,
    demo: VIGIL_DEMO === "1",
    bays: VIGIL_BAYS,
    zone: VIGIL_ZONE,
    logLevel: VIGIL_LOG,
  };
}
