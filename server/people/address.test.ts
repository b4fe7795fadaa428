import { expect, it } from "vitest";
import { clientAddress } from "./address.ts";

const proxy = (address: string) => address === "127.0.0.1";
const from = (remoteAddress: string, forwarded?: string) =>
  clientAddress({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }, proxy);

it.each([
  ["who connects, without a proxy", from("10.0.0.9"), "10.0.0.9"],
  ["for whom our proxy asks", from("127.0.0.1", "10.0.0.9"), "10.0.0.9"],
  ["the last that our proxy saw, not what was written before it", from("127.0.0.1", "1.2.3.4, 10.0.0.9"), "10.0.0.9"],
  ["who connects, whatever a stranger writes", from("10.0.0.9", "1.2.3.4"), "10.0.0.9"],
  ["our proxy itself, when it says nothing", from("127.0.0.1"), "127.0.0.1"],
])("a connection comes from %s", (_what, told, is) => expect(told).toBe(is));

it("believes no header where there is no proxy", () => {
  const headers = { "x-forwarded-for": "1.2.3.4" };
  expect(clientAddress({ socket: { remoteAddress: "127.0.0.1" }, headers }, () => false)).toBe("127.0.0.1");
});
