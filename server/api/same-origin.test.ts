import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

describe("answers", () => {
  it.each([
    ["a program on this machine", { host: "127.0.0.1:4000" }],
    ["our page", { host: "localhost:4000", origin: "http://localhost:4000" }],
    ["our page by number", { host: "127.0.0.1:4000", origin: "http://127.0.0.1:4000" }],
    ["our page by IPv6", { host: "[::1]:4000", origin: "http://[::1]:4000" }],
    ["our page on the usual port", { host: "localhost", origin: "http://localhost" }],
  ])("%s", (_who, headers) => {
    expect(isSameOrigin({ headers })).toBe(true);
  });
});

describe("does not answer", () => {
  it.each([
    ["a page of another site", { host: "localhost:4000", origin: "https://evil.example" }],
    ["a page of another program on this machine", { host: "localhost:4000", origin: "http://localhost:3000" }],
    ["a page with no origin of its own", { host: "localhost:4000", origin: "null" }],
    ["our page over another protocol", { host: "localhost:4000", origin: "https://localhost:4000" }],
    ["an empty origin", { host: "localhost:4000", origin: "" }],
    [
      "a name that was bound to this machine (DNS rebinding)",
      { host: "evil.example:4000", origin: "http://evil.example:4000" },
    ],
    ["a rebound name without origin", { host: "evil.example:4000" }],
    ["a name that only begins like ours", { host: "localhost.evil.example" }],
    ["a name that only ends like ours", { host: "evil-localhost:4000" }],
    ["a host with somebody's name in it", { host: "localhost:4000@evil.example" }],
    ["an address of the network", { host: "192.168.1.10:4000" }],
    ["whoever names no host", {}],
  ])("%s", (_who, headers) => {
    expect(isSameOrigin({ headers })).toBe(false);
  });
});
