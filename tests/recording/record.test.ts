/** What a real server keeps, taken out as a feed: the same alarms, through a crash, a late entry and an edit of limits. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { vitalEditsSchema } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../../server/testing/disk.ts";
import { asBench } from "../badges.ts";
import { startChild } from "../faults/child-server.ts";
import { BY_HAND } from "./by-hand.ts";
import { decidedAt, liveThroughItAll, THROUGH_IT_ALL } from "./through-it-all.ts";

const CLI = fileURLToPath(new URL("../../vigil.ts", import.meta.url));

function vigilWith(key: string, ...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; out: string; err: string }>();
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, VIGIL_KEY: key },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.on("error", reject);
  child.on("close", (code) => resolve({ code, out, err }));
  return promise;
}

it("the alarms of a recording are those that were raised", async () => {
  const dataDir = temporaryDirectory();
  const { server, startedAt } = await liveThroughItAll(() => startChild(dataDir));
  const vigil = (...words: string[]) => vigilWith(server.badges.key, ...words);

  const live = (bay: string) =>
    decidedAt(dataDir, bay).flatMap((event) => {
      if (event.type !== "alarm") return [];
      const { at, change, alarm, tier, priority, value, limit, latched } = event;
      return [{ at, bay, event: change, alarm, tier, priority, value, limit, ...(latched && { latched }) }];
    });
  // What was refused that day is refused again.
  const REFUSED = /^\S+:\d+: start-infusion refused: Nora Nurse has already started the infusion\.\n$/;
  const offline = async (feed: string, refused = REFUSED) => {
    const path = join(dataDir, "recorded.ndjson");
    writeFileSync(path, feed);
    const start = Date.parse(JSON.parse(feed.slice(0, feed.indexOf("\n"))).startedAt);
    const { code, out, err } = await vigil("alarms", path, "--kind", "all");
    expect(code).toBe(0);
    expect(err).toMatch(refused);
    return out
      .trim()
      .split("\n")
      .map((line) => {
        const { t, ...told } = JSON.parse(line);
        return { at: Math.round(start + t * 1000), ...told };
      });
  };
  expect(live("1").map(({ event }) => event)).toContain("raised");
  const to = new Date().toISOString();
  const recorded = await vigil(
    "record",
    "--url",
    server.url,
    "--bay",
    "1",
    "--from",
    new Date(startedAt).toISOString(),
    "--to",
    to,
  );
  expect([recorded.code, recorded.err]).toEqual([0, ""]);
  expect(await offline(recorded.out)).toEqual(live("1"));

  // From the middle of it: it begins with the session's opening, and decides the same.
  const middle = await vigil(
    "record",
    "--url",
    server.url,
    "--bay",
    "1",
    "--from",
    new Date(startedAt + 1_500).toISOString(),
    "--to",
    to,
  );
  expect(await offline(middle.out)).toEqual(live("1"));

  // Both bays into one file.
  const both = join(dataDir, "both.ndjson.gz");
  const span = ["--from", new Date(startedAt).toISOString(), "--to", to];
  const written = await vigil("record", "--url", server.url, "--bay", "2,1", ...span, "--out", both);
  expect(written).toEqual({ code: 0, out: "", err: "" });
  const byTime = [...live("1"), ...live("2")].sort((a, b) => a.at - b.at);
  expect(await offline(gunzipSync(readFileSync(both)).toString())).toEqual(byTime);

  // The session, at both its bays.
  const inputsOf = async (session: string) =>
    (await fetch(`${server.url}/api/sessions/${session}/inputs`, { headers: asBench(server.badges) })).text();
  const inputs = await inputsOf(THROUGH_IT_ALL);
  expect(await offline(inputs)).toEqual(byTime);

  // The one that lived on values by hand, calls and a corrected time: what the ladder did is in it, and decides as it did.
  const byHand = [...live("3"), ...live("4")].sort((a, b) => a.at - b.at);
  expect(await offline(await inputsOf(BY_HAND), /^$/)).toEqual(byHand);
  expect(byHand.filter(({ latched }) => latched).map(({ alarm }) => alarm)).toEqual(["hr.low", "sbp.high"]);

  const quieter = join(dataDir, "quieter.json");
  writeFileSync(quieter, JSON.stringify({ limits: { spo2: { low: { critical: { limit: 80 } } } } }));
  const whatIf = await vigil("what-if", "--server", server.url, "--against", quieter, "--list");
  expect([whatIf.code, whatIf.err]).toEqual([0, ""]);
  expect(whatIf.out).toContain('"change":"lost","bay":"1","alarm":"spo2.low"');
  // The link opens the replay with the rules that were tried, at the bay and where it was.
  const { link } = JSON.parse(whatIf.out.split("\n")[0] ?? "");
  const opened = new URL(link);
  expect(opened.origin + opened.pathname).toBe(`${server.url}/replay`);
  const { session, at, bay, edits, shown } = Object.fromEntries(opened.searchParams);
  expect([session, JSON.parse(bay ?? ""), shown]).toEqual([THROUGH_IT_ALL, "1", "recorded"]);
  expect(Number(at)).toBeGreaterThan(startedAt);
  expect(vitalEditsSchema.parse(JSON.parse(edits ?? "")).find(({ vital }) => vital === "spo2")?.limits).toMatchObject({
    low: { critical: { limit: 80 } },
  });
  expect(whatIf.out).toMatch(/^SpO₂ +medium +1 +0 /m);

  // Played to other bays: their session goes the same way, as far as the feed is good. Not much faster than it was: an alarm's
  // delay is the server's real time, and one that is acknowledged in the feed must have been raised.
  const cut = join(dataDir, "cut.ndjson");
  writeFileSync(cut, `${inputs}{"t":`);
  const played = await vigil("play", cut, "--url", server.url, "--bay", "5,6", "--speed", "2");
  const badLine = inputs.split("\n").length;
  expect(played.err).toContain(`${cut}:${badLine}: not JSON, or cut off; what comes before it is played\n`);
  expect(played.err).toMatch(
    /:\d+: start-infusion for bay 5 refused: Nora Nurse[^\n]*\n\S+: played as far as line \d+\n$/,
  );
  expect(played.err.match(/refused/g)).toHaveLength(1);
  expect([played.code, played.out]).toEqual([1, expect.stringMatching(/commands accepted 9, refused 1\n$/)]);
  const acts = (bay: string) => decidedAt(dataDir, bay).flatMap((event) => (event.type === "act" ? event.command : []));
  expect([acts("5"), acts("6")]).toEqual([acts("1"), acts("2")]);
});
