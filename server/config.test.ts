import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

/** What whoever starts the server reads; fails when the settings are taken. */
function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("these settings were taken");
}

it("needs no settings at all", () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: "127.0.0.1",
    origin: null,
    dataDir: "./data",
    backupsDir: null,
    demo: true,
    bays: 8,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    logLevel: "warn",
  });
});

it("takes every setting, and nothing from variables of other programs", () => {
  const environment = {
    PORT: " 0 ",
    HOST: "::1",
    VIGIL_DATA: "/tmp/x",
    VIGIL_BACKUPS: "/tmp/y",
    VIGIL_DEMO: "0",
    VIGIL_BAYS: "2000",
    VIGIL_ZONE: "Europe/Berlin",
    VIGIL_LOG: "debug",
    HOME: "/root",
    VIGIL_UNKNOWN: "?",
  };
  expect(readConfig(environment)).toEqual({
    port: 0,
    host: "::1",
    origin: null,
    dataDir: "/tmp/x",
    backupsDir: "/tmp/y",
    demo: false,
    bays: 2000,
    zone: "Europe/Berlin",
    logLevel: "debug",
  });
});

it("takes an empty or undefined setting for one that was not given", () => {
  expect(readConfig({ PORT: "", HOST: undefined, VIGIL_BAYS: "" })).toEqual(readConfig({}));
});

describe("says in one sentence what is wrong and what would be right", () => {
  it.each(["x", "-1", "65536", "80.5", "1e3", "0x50", "４０００"])("PORT=%s", (PORT) => {
    expect(complaint({ PORT })).toBe("PORT must be a whole number from 0 to 65535.");
  });

  it.each(["0", "2001", "eight", "99999999999999999999"])("VIGIL_BAYS=%s", (VIGIL_BAYS) => {
    expect(complaint({ VIGIL_BAYS })).toBe("VIGIL_BAYS must be a whole number from 1 to 2000.");
  });

  it.each(["0.0.0.0", "example.org", "::", "192.168.1.4"])("HOST=%s in the demonstration", (HOST) => {
    expect(complaint({ HOST })).toMatch(
      /^The demonstration lets everybody in, .+ HOST must be one of 127\.0\.0\.1, .+$/,
    );
    expect(complaint({ HOST, VIGIL_ORIGIN: "https://vigil.example" })).toMatch(/^The demonstration lets everybody in/);
  });

  it.each(["0.0.0.0", "192.168.1.4"])("HOST=%s without an address that is reached by TLS", (HOST) => {
    expect(complaint({ HOST, VIGIL_DEMO: "0" })).toMatch(/^HOST is .+: set VIGIL_ORIGIN to the https address .+$/);
  });

  it.each(["http://vigil.example", "vigil.example", "ftp://x"])("VIGIL_ORIGIN=%s", (VIGIL_ORIGIN) => {
    expect(complaint({ VIGIL_ORIGIN, VIGIL_DEMO: "0" })).toMatch(/^VIGIL_ORIGIN must be the https address/);
  });

  it.each(["yes", "true", "2"])("VIGIL_DEMO=%s", (VIGIL_DEMO) => {
    expect(complaint({ VIGIL_DEMO })).toBe("VIGIL_DEMO must be 0 (empty ward) or 1 (demonstration).");
  });

  it.each(["Berlin", "CEST+2", "Mars/Olympus"])("VIGIL_ZONE=%s", (VIGIL_ZONE) => {
    expect(complaint({ VIGIL_ZONE })).toBe("VIGIL_ZONE must be a time zone by its IANA name, such as Europe/Berlin.");
  });

  it("VIGIL_LOG=loud", () => {
    expect(complaint({ VIGIL_LOG: "loud" })).toBe("VIGIL_LOG must be silent, error, warn, info or debug.");
  });
});

it("is reached from outside only through an https address, and only when it is no demonstration", () => {
  const environment = { HOST: "0.0.0.0", VIGIL_ORIGIN: "https://vigil.example/", VIGIL_DEMO: "0" };
  expect(readConfig(environment)).toMatchObject({ host: "0.0.0.0", origin: "https://vigil.example", demo: false });
});

it("names every setting that is wrong, one sentence a line", () => {
  const lines = complaint({ PORT: "x", HOST: "a b", VIGIL_BAYS: "0", VIGIL_DEMO: "?", VIGIL_LOG: "?" }).split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual(["PORT", "HOST", "VIGIL_DEMO", "VIGIL_BAYS", "VIGIL_LOG"]);
});
