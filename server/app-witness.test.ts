/** The second person of a double-check signs for one command, and for nothing else. */
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import { clinic, FIRST_PASSWORD, inJournal, nurse, PASSWORD, supervisor } from "./testing/index.ts";

const CHECK = { type: "confirm-check", check: "dose double-checked" };

/** Nora at a screen, a session in preparation at bays 1 and 2, and others who may be asked. */
async function doubleCheck() {
  const place = await clinic(startServer);
  const { server, post } = place;
  const nora = await server.people.openSession(nurse);
  let sent = 0;
  const command = async (cookie: string, bay: string, document: object, witness?: string, id = `c${++sent}`) => {
    const response = await post(`/api/bays/${bay}/commands`, { id, command: document, witness }, { cookie });
    const body: { code?: string } = JSON.parse(await response.text());
    return response.ok ? "done" : `${response.status} ${body.code}`;
  };
  for (const bay of ["1", "2"]) {
    const opening = { type: "open-session", sessionId: `at-${bay}`, patient: { initials: "AB" } };
    expect(await command(nora, bay, opening)).toBe("done");
  }
  const ask = (username: string, secret: string, signed: object = { bay: "1", command: CHECK }, cookie = nora) =>
    post("/api/witness", { username, secret, ...signed }, { cookie });
  const sign = async (username: string, signed?: object, cookie?: string) => {
    const response = await ask(username, PASSWORD, signed, cookie);
    const body: { witness?: string; code?: string } = JSON.parse(await response.text());
    return body.witness ?? `${response.status} ${body.code}`;
  };
  return { ...place, server, nora, command, ask, sign };
}

it("does this one command, as the second person, once and however often it is sent", async () => {
  const { nora, hire, command, sign, dataDir } = await doubleCheck();
  await hire("bo");
  const witness = await sign("bo");
  expect(await command(nora, "1", CHECK, witness, "the-press")).toBe("done");
  expect(await command(nora, "1", CHECK, witness, "the-press")).toBe("done");
  expect(await command(nora, "1", CHECK, witness, "another")).toBe("403 forbidden");
  const kept = inJournal(dataDir, "select command from input where command_id = 'the-press'");
  expect(kept.map(({ command: text }) => JSON.parse(String(text)).by.name)).toEqual(["Nurse bo"]);
});

it("does nothing else: at no other bay, no other check, no other act, for no earlier time", async () => {
  const { nora, hire, command, sign } = await doubleCheck();
  await hire("sue", "supervisor");
  const witness = await sign("sue");
  for (const [bay, document] of [
    ["2", CHECK],
    ["1", { ...CHECK, check: "identity" }],
    ["1", { type: "abandon-session", reason: "because" }],
    ["1", { ...CHECK, effectiveAt: 1 }],
  ] as const) {
    expect(await command(nora, bay, document, witness)).toBe("403 forbidden");
  }
  // What was signed for still holds.
  expect(await command(nora, "1", CHECK, witness)).toBe("done");
});

it("is good at no other screen, for no later patient, and for no longer than a minute", async () => {
  const { server, nora, hire, clock, command, sign } = await doubleCheck();
  const bo = await server.people.openSession(supervisor);
  await hire("sue");
  const witness = await sign("sue");
  expect(await command(bo, "1", CHECK, witness)).toBe("403 forbidden");
  expect(await command(nora, "1", { type: "abandon-session", reason: "left" })).toBe("done");
  const next = { type: "open-session", sessionId: "next", patient: { initials: "CD" } };
  expect(await command(nora, "1", next)).toBe("done");
  expect(await command(nora, "1", CHECK, witness)).toBe("403 forbidden");
  const late = await sign("sue");
  clock.advance(60_000);
  expect(await command(nora, "1", CHECK, late)).toBe("403 forbidden");
});

it("is given by a nurse or a supervisor only, with a password of their own, who is not shut out", async () => {
  const { hire, list, sign, asAdmin, idOf, ask } = await doubleCheck();
  await hire("eve", "engineer");
  expect(await sign("eve")).toBe("403 forbidden");
  await list("new");
  const first = await ask("new", FIRST_PASSWORD);
  expect([first.status, await first.json()]).toMatchObject([409, { code: "change-password" }]);
  await hire("gone");
  expect((await asAdmin("PATCH", `/api/people/${await idOf("gone")}`, { disabled: true })).status).toBe(204);
  expect(await sign("gone")).toBe("401 wrong");
  expect(await sign("nobody-here")).toBe("401 wrong");
}, 30_000);

it("stands in the audit with both people, and so does who tried in vain", async () => {
  const { hire, sign, ask, dataDir, clock } = await doubleCheck();
  await hire("bo");
  await sign("bo");
  await ask("bo", "guess");
  clock.advance(1_000);
  const rows = inJournal(dataDir, "select actor_name, subject, outcome, detail from audit where action = 'witness'");
  expect(rows).toEqual([
    {
      actor_name: "Nurse bo",
      subject: nurse.id,
      outcome: "done",
      detail: '{"how":"confirm-check \\"dose double-checked\\" at bay 1, at the screen of Nora Nurse"}',
    },
    expect.objectContaining({ actor_name: nurse.name, subject: "bo", outcome: "refused" }),
  ]);
});

it("is guessed no more often than a password", async () => {
  const { hire, ask, signIn } = await doubleCheck();
  await hire("bo");
  const answers = [];
  for (let i = 0; i < 6; i += 1) answers.push((await ask("bo", `guess ${i}`)).status);
  expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await signIn("bo", PASSWORD)).status).toBe(429);
}, 30_000);
