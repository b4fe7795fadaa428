import { once } from "node:events";
import { createServer } from "node:http";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { problem, problemHandler } from "./problem.ts";

async function served(app: express.Express): Promise<string> {
  const server = createServer(app).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}

it("says what happened in the form of RFC 9457", async () => {
  const app = express();
  app.get("/", (_request, response) => problem(response, 429, "too-fast", "Send less often.", { accepted: 3 }));
  const response = await fetch(await served(app));
  expect(response.status).toBe(429);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(await response.json()).toEqual({
    type: "about:blank",
    title: "Too Many Requests",
    status: 429,
    code: "too-fast",
    detail: "Send less often.",
    accepted: 3,
  });
});

it.each([
  ["a fault of ours", new Error("secret: the password is swordfish"), 500, "internal"],
  ["something thrown that is no error", "secret", 500, "internal"],
  ["an error with a strange status", Object.assign(new Error("secret"), { status: 200 }), 500, "internal"],
  ["a request that cannot be read", Object.assign(new Error("secret"), { status: 400 }), 400, "malformed"],
])("tells the sender nothing of the inside: %s", async (_what, thrown, status, code) => {
  const log: unknown[] = [];
  const app = express();
  app.get("/", () => {
    throw thrown;
  });
  app.use(problemHandler((sentence, error) => log.push([sentence, error])));
  const response = await fetch(await served(app));
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toMatchObject({ code, status });
  expect(text).not.toContain("secret");
  expect(log).toEqual(status === 500 ? [["a request failed", thrown]] : []);
});

it("says how large a body may be at that very door", async () => {
  const app = express();
  const take: express.RequestHandler = (_request, response) => void response.end();
  app.post("/small", express.json({ limit: "64kb" }), take);
  app.post("/large", express.json({ limit: "1mb" }), take);
  app.use(problemHandler(() => undefined));
  const url = await served(app);
  const detailOf = async (path: string) => {
    const body = JSON.stringify("x".repeat(2_000_000));
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method: "POST", headers, body });
    return [response.status, await response.json()];
  };
  const detail = (size: string) => [
    413,
    expect.objectContaining({ detail: `The body is larger than ${size}. Send less at once.` }),
  ];
  expect(await detailOf("/small")).toEqual(detail("64 kB"));
  expect(await detailOf("/large")).toEqual(detail("1 MB"));
});
