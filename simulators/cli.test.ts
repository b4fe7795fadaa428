import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CLI = fileURLToPath(new URL("../vigil.ts", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

function start(...words: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; out: string; err: string }>();
  const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.on("error", reject);
  child.on("close", (code) => resolve({ code, out, err }));
  return { child, ended: promise };
}
const vigil = (...words: string[]) => start(...words).ended;

const HEADER = '{"feed":"vigil/1","bays":["1"]}\n';
/** 98 % for ten seconds, then 88 % for thirty. */
const DIP = HEADER + Array.from({ length: 41 }, (_, t) => `{"t":${t},"spo2":${t < 10 ? 98 : 88}}\n`).join("");

describe("vigil alarms", () => {
  it("prints one line for each change, exactly as the format says", async () => {
    const { code, out, err } = await vigil("alarms", await file("dip.ndjson", DIP), "--phase", "infusing");
    expect(err).toBe("");
    expect(out).toBe(
      '{"t":20,"bay":"1","event":"raised","alarm":"spo2.low","tier":"critical","priority":"high","value":88,"limit":90}\n',
    );
    expect(code).toBe(0);
  });

  it("takes another protocol, other kinds of alarm, and several feeds", async () => {
    const protocol = await file("p.json", '{"limits":{"spo2":{"low":{"warning":{"limit":94,"delay":15}}}}}');
    const feed = await file("dip.ndjson", DIP);
    const quiet = await file("quiet.ndjson", `${HEADER}{"t":0,"hr":70}\n{"t":9}\n`);
    const technical = { tier: null, priority: "medium", value: null, limit: null };
    const words = ["--phase", "infusing", "--protocol", protocol, "--kind", "all"];
    const { code, out } = await vigil("alarms", feed, quiet, ...words);
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        feed: "dip.ndjson",
        t: 25,
        bay: "1",
        event: "raised",
        alarm: "spo2.low",
        tier: "warning",
        priority: "medium",
        value: 88,
        limit: 94,
      },
      { feed: "quiet.ndjson", t: 9, bay: "1", event: "raised", alarm: "signal-lost.hr", ...technical },
    ]);
  });

  it("names the file, the place and the reason, and exits 1", async () => {
    const wrongFeed = await vigil("alarms", await file("bad.ndjson", `${HEADER}{"t":1}\n{"t":0}\n`));
    expect(wrongFeed).toMatchObject({ code: 1, out: "" });
    expect(wrongFeed.err).toBe("bad.ndjson:3: t 0 is before the line above (1); lines must be in order\n");

    const feed = await file("dip.ndjson", DIP);
    const wrongLimit = await file("wrong.json", '{"limits":{"spo2":{"low":{"warning":{"limit":"94"}}}}}');
    const wrongProtocol = await vigil("alarms", feed, "--protocol", wrongLimit);
    expect(wrongProtocol.code).toBe(1);
    expect(wrongProtocol.err).toMatch(/^wrong\.json: limits\.spo2\.low\.warning\.limit: Invalid input/);
    const notJson = await vigil("alarms", feed, "--protocol", await file("text.json", '{\n"limits": nope }'));
    expect(notJson).toMatchObject({ code: 1, out: "" });
    expect(notJson.err).toMatch(/^text\.json(:2)?: not JSON/);
    for (const { err } of [wrongFeed, wrongProtocol, notJson]) expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("several feeds of which some are not whole", () => {
  it("count as far as they are good, and the others wholly", async () => {
    const cut = await file("cut-off.ndjson", `${DIP}{"t":41,"spo`);
    const nothing = await file("nothing-good.ndjson", "hello\n");
    const whole = await file("whole.ndjson", DIP);
    const words = [cut, nothing, whole, "--phase", "infusing"];
    const raised = '"t":20,"bay":"1","event":"raised"';
    const alarms = await vigil("alarms", ...words);
    expect(alarms.out).toMatch(new RegExp(`^.*cut-off.*${raised}.*\\n.*whole.*${raised}.*\\n$`));
    const sum = "2 of 3 feeds are not whole: they count as far as they are good.\n";
    expect(alarms.err).toMatch(/^cut-off\.ndjson:43: not JSON, or cut off\nnothing-good\.ndjson:1: /);
    expect([alarms.code, alarms.err.endsWith(sum)]).toEqual([1, true]);

    const against = await file("quiet.json", '{"limits":{}}');
    const whatIf = await vigil("what-if", ...words, "--against", against);
    expect(whatIf.err).toMatch(
      /^cut-off\.ndjson:43: not JSON, or cut off; what comes before it was compared\nnothing-good/,
    );
    expect([whatIf.code, whatIf.err.endsWith(sum)]).toEqual([1, true]);
    expect(whatIf.out).toMatch(/^SpO₂ +high +2 +0 .* 2 +0\nall, 3 feeds /m);
  });
});

describe("vigil", () => {
  it.each([
    [["dance"], /unknown command 'dance'/],
    [["alarms", "x.ndjson", "--interval", "5"], /--interval needs --phase/],
    [["simulate", "--transport", "file"], /--transport file needs --out/],
    [["simulate", "--speed", "0"], /It must be a number from 0\.1 to 100/],
    [["play", "x.ndjson", "--bay", "1,,2"], /It must be a bay/],
  ])("%j is wrong: exit code 2", async (words, message) => {
    const { code, out, err } = await vigil(...words);
    expect(err).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it.each([[[]], [["simulate"]], [["play"]], [["alarms"]], [["record"]], [["what-if"]]])(
    "%j --help shows an example",
    async (words) => {
      const { code, out } = await vigil(...words, "--help");
      expect(code).toBe(0);
      expect(out).toMatch(/Example:\n {2}vigil /);
    },
  );

  it("says so when no server answers", async () => {
    const { code, err } = await vigil("play", await file("dip.ndjson", DIP), "--url", "http://127.0.0.1:9");
    expect(err).toMatch(/^http:\/\/127\.0\.0\.1:9: no server answers: /);
    expect(code).toBe(1);
    // Whoever hurries a server is warned when it is run, not in the help alone.
    const hurried = await vigil("simulate", "--speed", "4", "--url", "http://127.0.0.1:9");
    expect(hurried.err).toMatch(
      /^At speed 4 .* That is for isolated test servers only\.\nhttp:\/\/127\.0\.0\.1:9: no server/,
    );
  });

  it("says what the server wants, when there is one that wants something", async () => {
    const statuses = [401, 500, 200];
    const server = createServer((_request, response) => response.writeHead(statuses.shift() ?? 200).end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const feed = await file("dip.ndjson", DIP);
    for (const sentence of ["the server wants a key: name it in VIGIL_KEY", "the server answers 500", "is no Vigil"]) {
      const { code, err } = await vigil("play", feed, "--url", url);
      expect(err).toContain(sentence);
      expect(err).not.toContain("no server answers");
      expect(code).toBe(1);
    }
    statuses.push(401);
    const recorded = await vigil("record", "--bay", "1", "--url", url);
    expect(recorded).toMatchObject({ code: 1, err: expect.stringContaining(`${url}: the server wants a key`) });
    const key = await file("empty.key", "\n");
    const keyless = await vigil("play", feed, "--url", url, "--key-file", key);
    expect(keyless).toMatchObject({
      code: 2,
      err: expect.stringContaining("empty.key: is empty, and must hold a key"),
    });
    server.close();
  });

  it("says that a key is wanted where a demonstration takes who has none for a display", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(403, { "content-type": "application/problem+json" });
      response.end(JSON.stringify({ code: "forbidden", detail: "A display shows and does not act." }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const protocol = await file("quieter.json", "{}");
    for (const words of [
      ["what-if", "--server", url, "--against", protocol],
      ["record", "--bay", "1", "--url", url, "--out", `${protocol}.ndjson`],
    ]) {
      const { code, err } = await vigil(...words);
      expect(err).toContain("the server wants a key: name it in VIGIL_KEY");
      expect(code).toBe(1);
    }
    server.close();
  });

  it("refuses to play a feed of which nothing is good, and says of another how much is, before it looks for a server", async () => {
    const nothing = await vigil("play", await file("nothing.ndjson", `${HEADER}{"t":41,"spo2":`));
    expect(nothing).toEqual({ code: 1, out: "", err: "nothing.ndjson:2: not JSON, or cut off\n" });
    const cut = await file("late.ndjson", `${DIP}{"t":41,"spo2":`);
    const { code, err } = await vigil("play", cut, "--url", "http://127.0.0.1:9");
    expect(err).toMatch(
      /^late\.ndjson:43: not JSON, or cut off; what comes before it is played\nhttp:\S+ no server answers/,
    );
    expect(code).toBe(1);
  });
});

describe("vigil simulate", () => {
  it("writes the same feed for the same words, which alarms reads", async () => {
    const words = ["simulate", "--transport", "file", "--bays", "2", "--scenario", "desaturation", "--minutes", "20"];
    expect(await vigil(...words, "--out", "a.ndjson")).toEqual({ code: 0, out: "", err: "" });
    await vigil(...words, "--out", "b.ndjson");
    const text = await readFile(join(folder, "a.ndjson"), "utf8");
    expect(await readFile(join(folder, "b.ndjson"), "utf8")).toBe(text);
    expect(text.split("\n").length).toBeGreaterThan(2000);
    const { code, out, err } = await vigil("alarms", "a.ndjson");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/"alarm":"spo2.low"/);
  });

  it("plays a scenario of a file, and names what is wrong with one", async () => {
    const good = await file("own.yaml", "says: mine\npatient: { age: 30 }\n");
    const words = ["simulate", "--transport", "file", "--bays", "1", "--minutes", "4", "--out", "own.ndjson"];
    expect(await vigil(...words, "--scenario", good)).toEqual({ code: 0, out: "", err: "" });
    expect(await readFile(join(folder, "own.ndjson"), "utf8")).toMatch(/"scenario":"own"/);
    const bad = await file("bad.yaml", "says: mine\npatient: { age: 300 }\n");
    const { code, err } = await vigil(...words, "--scenario", bad);
    expect(err).toBe("bad.yaml:2: patient.age: must be a number from 18 to 85, or two of them as [lowest, highest]\n");
    expect(code).toBe(1);
  });

  it("adds faults to a scenario, and says in the feed which", async () => {
    const words = ["simulate", "--transport", "file", "--bays", "1", "--minutes", "40", "--out", "faulty.ndjson"];
    expect(await vigil(...words, "--faults", "drop-out,late")).toEqual({ code: 0, out: "", err: "" });
    expect(await readFile(join(folder, "faulty.ndjson"), "utf8")).toMatch(/^[^\n]*"faults":\["drop-out","late"\]/);
    const { out } = await vigil("alarms", "faulty.ndjson", "--kind", "technical");
    expect(out).toMatch(/monitor-silent/);
    expect(out).toMatch(/clock-skew/);
    const wrong = await vigil(...words, "--faults", "gremlins");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringMatching(/"gremlins" is no fault\. There are probe-off, /),
    ]);
  });

  it("knows the nearest names of a scenario that is not there", async () => {
    const { code, err } = await vigil("simulate", "--scenario", "desturation");
    expect(err).toMatch(
      /^desturation: there is no such scenario, and no such file\. The nearest names: desaturation, /,
    );
    expect(code).toBe(2);
  });

  it("says where it cannot write", async () => {
    const { code, err } = await vigil("simulate", "--transport", "file", "--out", "no/where.ndjson");
    expect(err).toBe("no/where.ndjson: cannot be written: there is no such folder\n");
    expect(code).toBe(1);
  });

  it("closes its file when it is interrupted, and says how far it came; who only reads ends at once", async () => {
    const words = ["--minutes", "1440", "--bays", "50", "--transport", "file", "--out", "long.ndjson.gz"];
    const writing = start("simulate", ...words);
    while (!existsSync(join(folder, "long.ndjson.gz"))) await setImmediate();
    writing.child.kill("SIGINT");
    const { code, err } = await writing.ended;
    expect([code, err]).toEqual([0, expect.stringMatching(/^Stopped: long\.ndjson\.gz ends at minute \d/)]);
    expect(await vigil("alarms", "long.ndjson.gz")).toMatchObject({ code: 0, err: "" });

    const trying = start("scenarios", "calm", "--seeds", "100");
    await once(trying.child.stdout, "data");
    trying.child.kill("SIGINT");
    expect((await trying.ended).err).toBe("");
    expect(trying.child.signalCode).toBe("SIGINT");
  });
});

describe("vigil scenarios", () => {
  it("lists them with a line each", async () => {
    const { code, out } = await vigil("scenarios");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}calm {20}an ordinary session: /m);
    expect(out.trim().split("\n").length).toBeGreaterThanOrEqual(20);
  });

  it("tries one, and says what was not as expected", async () => {
    expect(await vigil("scenarios", "leaves-early", "--seeds", "1")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^leaves-early seed 1: as expected: /),
    });
    const own = await file(
      "deaf.yaml",
      'says: "nobody expects"\nepisodes: [{ fromMin: 3, holdS: 60, fault: drop-out }]\n' +
        'acts: [{ atMin: 6, command: { type: abandon-session, reason: "Enough seen." } }]\n',
    );
    const { code, out, err } = await vigil("scenarios", own, "--seeds", "1");
    expect(out).toMatch(/deaf seed 1: NOT as expected: .*\n {2}monitor-silent \(high\) was raised and not expected/);
    expect(err).toBe("1 of 1 sessions were not as expected\n");
    expect(code).toBe(1);
  });
});

describe("vigil import", () => {
  it("makes a feed of a CSV that was cut off, and says what it kept", async () => {
    const chart = await file("chart.csv", "Time,Pulse,Sat\n0,72,0.98\n1,73,0.97\n2,7");
    const words = ["import", chart, "--out", "chart.ndjson", "--columns", "hr=Pulse,spo2=Sat:fraction"];
    expect(await vigil(...words)).toEqual({
      code: 0,
      out: "chart.ndjson: 2 lines\n",
      err: "chart.csv: the file is cut off in line 4; what is before it was kept\n",
    });
    expect(await readFile(join(folder, "chart.ndjson"), "utf8")).toMatch(/\{"t":1,"bay":"1","hr":73,"spo2":97\}/);
    const { code, err } = await vigil("import", await file("bad.csv", "t,hr\n0,fast\n"), "--out", "bad.ndjson");
    expect(err).toBe('bad.csv:2: hr must be a number; it is "fast"\n');
    expect(code).toBe(1);
    const empty = await vigil("import", await file("empty.csv", "t,hr\n"), "--out", "empty.ndjson");
    expect(empty).toEqual({ code: 1, out: "", err: "empty.csv: there is no reading in it; no feed was written\n" });
    expect(existsSync(join(folder, "empty.ndjson"))).toBe(false);
    const itself = await vigil("import", chart, "--out", `./${chart}`);
    expect(itself).toEqual({ code: 2, out: "", err: "--out ./chart.csv: is the file to read; it would be lost\n" });
    expect(await readFile(join(folder, chart), "utf8")).toMatch(/^Time,Pulse/);
  });
});
