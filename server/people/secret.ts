/** Random text that nobody guesses, what it is kept as, and the server's own secret. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** 256 bits. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What a random secret of 256 bits is kept as: it needs no slow hash, for it cannot be guessed. */
export const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digestOf(a)), Buffer.from(digestOf(b)));
}

/**
 * Signs the cookies of sessions. Beside the journal and not in it: a copy of the journal opens no session. Where it is
 * missing a new one is made, and everybody signs in again.
 */
export function serverSecret(dataDir: string): string {
  const file = join(dataDir, "secret");
  try {
    writeFileSync(file, `${newSecret()}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  // One that was there before, too.
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}

/** The value of one cookie in a `cookie` header; `null`: it is not there. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

export interface CookieLook {
  readonly secure: boolean;
  readonly maxAgeS: number;
}

/** Sent back to this server alone, never to a page's script, never from another site. */
export const cookieText = (name: string, value: string, { secure, maxAgeS }: CookieLook): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeS}${secure ? "; Secure" : ""}`;

/** Over https a browser takes a cookie of this name from this very host alone: no neighbour's page plants another beside it. */
export const cookiePrefix = (secure: boolean): string => `${secure ? "__Host-" : ""}vigil`;
/** As better-auth calls it. */
export const sessionCookieName = (secure: boolean): string => `${cookiePrefix(secure)}.session_token`;
