/** People, devices and signing in over HTTP (shared/wire/people.ts). */
import type { BayId, BoardId } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import {
  approveDisplaySchema,
  type Carers,
  changePersonSchema,
  collectDisplaySchema,
  demonstrationSignInSchema,
  firstStartSchema,
  type ListedDevice,
  newDeviceSchema,
  newPersonSchema,
  pinSignInSchema,
  resetPasswordSchema,
  setPasswordSchema,
  setPinSchema,
  signInSchema,
  witnessSchema,
} from "@vigil/shared/wire";
import express, { type Response } from "express";
import type * as z from "zod";
import type { Refuse } from "./asked.ts";
import { ADDRESS_RULE, CODE_RULE } from "./attempts.ts";
import type { Routes } from "./doors.ts";
import type { RequestIdentity } from "./identify.ts";
import type { People, SignInOutcome } from "./people.ts";
import type { Register } from "./register.ts";

export interface PeopleRoutesOptions {
  readonly routes: Routes;
  readonly people: People;
  readonly register: Register;
  readonly identity: RequestIdentity;
  readonly problem: Refuse;
  /** What a display says of its own sound. */
  readonly soundOf: (device: string) => ListedDevice["sound"];
  readonly hasBay: (bay: BayId) => boolean;
  readonly hasBoard: (board: BoardId) => boolean;
}

const LOCKED = "Too many wrong tries. Wait a quarter of an hour, or ask the administrator to unlock it.";
const PIN_LOCKED = "Too many wrong tries. Sign in with your password.";
const WRONG = "That name with that password is not known here.";
const FIRST_TIME_ONLY = "This password was for the first time only.";
const WRONG_PIN =
  "That PIN is wrong, or was not set, or your password has not been given here today. Sign in with your password.";

export function peopleRoutes(options: PeopleRoutesOptions): void {
  const { routes, people, register, identity, problem, soundOf, ...ward } = options;
  const json = express.json({ limit: "16kb" });
  const { principalOf, credentialsOf } = identity;

  /** The body by its schema, or the answer that it is not of that form. */
  function bodyOf<S extends z.ZodType>(
    schema: S,
    request: { readonly body?: unknown },
    response: Response,
  ): z.infer<S> | null {
    const parsed = schema.safeParse(request.body);
    if (parsed.success) return parsed.data;
    problem(response, 422, "malformed", parsed.error.issues.map(({ message }) => message).join(" "));
    return null;
  }

  function answerSignIn(response: Response, outcome: SignInOutcome, wrong: string, locked: string): void {
    switch (outcome.kind) {
      case "in":
        response
          .set("cache-control", "no-store")
          .append("set-cookie", [...outcome.cookies])
          .status(204)
          .end();
        return;
      case "wrong":
        problem(response, 401, "wrong", wrong);
        return;
      case "locked":
        problem(response, 429, "locked", locked);
        return;
      case "change-password":
        problem(response, 409, "change-password", `${FIRST_TIME_ONLY} Choose your own.`);
    }
  }

  const personOf = (request: object): Actor | null => {
    const principal = principalOf(request);
    return principal.kind === "person" ? principal.session.actor : null;
  };

  routes.get("/api/me", async (request, response) => {
    const renewed = people.displayCookie(request.headers.cookie);
    if (renewed !== null) response.append("set-cookie", renewed);
    response.set("cache-control", "no-store").json(await people.me(principalOf(request), credentialsOf(request)));
  });
  routes.post("/api/sign-in", json, async (request, response) => {
    const body = bodyOf(signInSchema, request, response);
    if (body !== null) answerSignIn(response, await people.signIn(body, credentialsOf(request)), WRONG, LOCKED);
  });
  routes.post("/api/sign-in/pin", json, async (request, response) => {
    const body = bodyOf(pinSignInSchema, request, response);
    if (body === null) return;
    answerSignIn(response, await people.signInByPin(body, credentialsOf(request)), WRONG_PIN, PIN_LOCKED);
  });
  routes.post("/api/sign-in/demonstration", json, async (request, response) => {
    const body = bodyOf(demonstrationSignInSchema, request, response);
    if (body === null) return;
    const cookies = await people.signInToDemonstration(body.role, credentialsOf(request));
    if (cookies === null) return problem(response, 404, "not-found", "This is no demonstration.");
    answerSignIn(response, { kind: "in", cookies }, WRONG, LOCKED);
  });
  routes.post("/api/first-start", json, async (request, response) => {
    const body = bodyOf(firstStartSchema, request, response);
    if (body === null) return;
    const outcome = await people.beginFirst(body, credentialsOf(request));
    const wrong = "This link was used already, or is not the one that the server printed at its last start.";
    if (outcome.kind === "name-taken") {
      const taken = "Somebody who is no administrator has this sign-in name, or was shut out. Choose another.";
      return problem(response, 409, outcome.kind, taken);
    }
    answerSignIn(response, outcome, wrong, LOCKED);
  });
  routes.post("/api/sign-out", async (request, response) => {
    const gone = await people.signOut(principalOf(request), request.ip ?? "");
    response.append("set-cookie", gone).status(204).end();
  });
  routes.post("/api/me/active", async (request, response) => {
    const principal = principalOf(request);
    if (principal.kind === "person") await people.touch(principal);
    response.status(204).end();
  });
  routes.put("/api/me/pin", json, async (request, response) => {
    const body = bodyOf(setPinSchema, request, response);
    const actor = personOf(request);
    if (body === null || actor === null) return;
    const outcome = await people.setPin(actor, body.password, body.pin);
    if (outcome === "done") note(request, "pin-set", actor.id, "");
    answerChange(response, outcome);
  });
  routes.put("/api/me/password", json, async (request, response) => {
    const body = bodyOf(setPasswordSchema, request, response);
    const principal = principalOf(request);
    if (body === null || principal.kind !== "person") return;
    const outcome = await people.setPassword(principal.session, body.password, body.newPassword);
    if (outcome === "done") note(request, "password-changed", principal.session.actor.id, "");
    answerChange(response, outcome);
  });
  function answerChange(response: Response, outcome: "done" | "wrong" | "locked"): void {
    if (outcome === "done") response.status(204).end();
    else if (outcome === "locked") problem(response, 429, "locked", LOCKED);
    else problem(response, 401, "wrong", "That is not your password.");
  }
  routes.post("/api/witness", json, async (request, response) => {
    const body = bodyOf(witnessSchema, request, response);
    const principal = principalOf(request);
    if (body === null || principal.kind !== "person") return;
    const outcome = await people.witness(body, principal.session, credentialsOf(request));
    switch (outcome) {
      case "locked":
        return problem(response, 429, outcome, LOCKED);
      case "wrong":
        return problem(response, 401, outcome, "That name with that PIN or password is not known here.");
      case "change-password":
        return problem(response, 409, outcome, `${FIRST_TIME_ONLY} Sign in with it once, and choose your own.`);
      case "not-caring":
        return problem(response, 403, "forbidden", "Only a nurse or a supervisor may confirm that.");
      default:
        response.set("cache-control", "no-store").json(outcome);
    }
  });

  routes.get("/api/carers", async (_request, response) => {
    const answer: Carers = { carers: await people.carers() };
    response.set("cache-control", "no-store").json(answer);
  });
  routes.get("/api/people", async (_request, response) => void response.json(await register.list()));
  routes.post("/api/people", json, async (request, response) => {
    const body = bodyOf(newPersonSchema, request, response);
    if (body === null) return;
    if (!(await people.addPerson({ ...body, mustChange: true }))) {
      return problem(response, 409, "name-taken", "Somebody has this sign-in name. Choose another.");
    }
    note(request, "person-added", body.username, body.role);
    response.status(201).end();
  });
  routes.patch("/api/people/:person", json, async (request, response) => {
    const body = bodyOf(changePersonSchema, request, response);
    if (body === null) return;
    const { person } = request.params;
    const outcome = await register.change(person, body);
    if (outcome === "unknown") return problem(response, 404, "unknown-person", "There is no such person.");
    if (outcome === "last-administrator") {
      return problem(response, 409, outcome, "Somebody has to be administrator. Make another one first.");
    }
    note(request, "person-changed", person, JSON.stringify(body));
    response.status(204).end();
  });
  routes.post("/api/people/:person/password", json, async (request, response) => {
    const body = bodyOf(resetPasswordSchema, request, response);
    if (body === null) return;
    const { person } = request.params;
    if (!(await register.resetPassword(person, body.password))) {
      return problem(response, 404, "unknown-person", "There is no such person.");
    }
    note(request, "password-reset", person, "");
    response.status(204).end();
  });
  routes.post("/api/people/:person/unlock", async (request, response) => {
    const { person } = request.params;
    if (!(await register.unlock(person))) return problem(response, 404, "unknown-person", "There is no such person.");
    note(request, "person-unlocked", person, "");
    response.status(204).end();
  });

  routes.post("/api/displays/codes", (request, response) => {
    if (!people.attempts.begin(`code-from:${request.ip ?? ""}`, ADDRESS_RULE)) {
      return problem(response, 429, "locked", "Too many screens ask from there. Wait a quarter of an hour.");
    }
    const code = people.devices.newCode();
    if (code === null) return problem(response, 429, "locked", "Too many screens wait for approval. Try again later.");
    response.set("cache-control", "no-store").json(code);
  });
  routes.post("/api/displays/collect", json, (request, response) => {
    const body = bodyOf(collectDisplaySchema, request, response);
    if (body === null) return;
    const outcome = people.devices.collect(body.secret);
    if (outcome === "unknown") return problem(response, 404, "unknown-code", "This code has run out. Show a new one.");
    if (outcome === "waiting") return void response.status(202).end();
    people.attempts.succeeded(`code-from:${request.ip ?? ""}`);
    response
      .set("cache-control", "no-store")
      .append("set-cookie", people.displayCookieOf(outcome.key))
      .status(204)
      .end();
  });
  routes.post("/api/displays/approve", json, async (request, response) => {
    const body = bodyOf(approveDisplaySchema, request, response);
    const actor = personOf(request);
    if (body === null || actor === null) return;
    if (body.board !== undefined && !ward.hasBoard(body.board)) {
      return problem(response, 422, "unknown-board", `There is no board "${body.board}".`);
    }
    const key = `code:${actor.id}`;
    if (!people.attempts.begin(key, CODE_RULE)) return problem(response, 429, "locked", LOCKED);
    if (!(await people.devices.approve(body.code, body.name, body.board ?? null, actor.name))) {
      return problem(
        response,
        404,
        "unknown-code",
        "No screen shows this code, or it has run out. Look at the screen again.",
      );
    }
    people.attempts.succeeded(key);
    note(request, "display-approved", body.name, body.board ?? "every board");
    response.status(204).end();
  });
  routes.get("/api/devices", async (_request, response) => {
    const devices = await people.devices.list();
    response.json(devices.map((device): ListedDevice => ({ ...device, sound: soundOf(device.id) })));
  });
  routes.post("/api/devices", json, async (request, response) => {
    const body = bodyOf(newDeviceSchema, request, response);
    const actor = personOf(request);
    if (body === null || actor === null) return;
    const { kind, name, bays = null } = body;
    const unknown = bays?.find((bay) => !ward.hasBay(bay));
    if (unknown !== undefined) return problem(response, 422, "unknown-bay", `There is no bay "${unknown}".`);
    const { device, key } = await people.devices.add({ kind, name, bays, board: null }, actor.name);
    note(request, "device-added", device.id, `${kind} ${name}`);
    response.status(201).set("cache-control", "no-store").json({ id: device.id, key });
  });
  routes.delete("/api/devices/:device", async (request, response) => {
    const device = await people.devices.revoke(request.params.device);
    if (device === null)
      return problem(response, 404, "unknown-device", "There is no such device, or it is revoked already.");
    note(request, "device-revoked", device.id, `${device.kind} ${device.name}`);
    response.status(204).end();
  });

  function note(request: { readonly ip?: string | undefined }, action: string, subject: string, detail: string): void {
    people.note({ actor: personOf(request), from: request.ip ?? "", action, subject, detail });
  }
}
