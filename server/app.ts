/** Puts the rooms together: hands each what it needs, starts them in order, stops them in reverse. */

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type BayInput, type SessionView, sessionView } from "@vigil/shared/bay";
import type { CourseFact } from "@vigil/shared/course";
import { type BayId, type BoardId, bayIdSchema, boardIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import type { Board, CommandReply, CommandRequest } from "@vigil/shared/wire";
import express from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { type Socket, Server as SocketServer } from "socket.io";
import { AdminDesk, adminRoutes, adminView, Backups, openedUnder } from "./admin/index.ts";
import { AlarmLogDesk, AlarmLogFailed, timeIn } from "./alarm-log/index.ts";
import { alertRoutes } from "./alerts/index.ts";
import { apiRoutes, type BoardRefusal, isSameOrigin, problem, problemHandler, requireSameOrigin } from "./api/index.ts";
import {
  addressText,
  askerOf,
  auditRoutes,
  entryOf,
  Refusals,
  type Told,
  Verifier,
  watchRefusals,
} from "./audit/index.ts";
import { SessionCharts } from "./chart/index.ts";
import type { Clock } from "./clock.ts";
import { isLoopback, type ServerConfig } from "./config.ts";
import { CourseDesk, courseRoutes } from "./course/index.ts";
import { Gate, readingRoutes, serveIngest } from "./ingest/index.ts";
import {
  auditSteps,
  backupInWorker,
  claimDirectory,
  DataDirectoryError,
  directoryCaution,
  type Journal,
  JournalFailed,
  type KeptInput,
  openSqliteJournal,
  type PastEntry,
  readManifest,
} from "./journal/index.ts";
import { Hub, isKeyBoard, KeyBoards, sendFrame, serveLive, serveSounds } from "./live/index.ts";
import { screenTarget, serveLadder } from "./notify/index.ts";
import {
  type Asked,
  baysOf,
  bringsOwnRules,
  clientAddress,
  type Device,
  type Doors,
  guardNamespace,
  identifyRequests,
  isOwnBay,
  type Lasting,
  newDoors,
  People,
  type Principal,
  peopleRoutes,
  Register,
  type Routes,
  rightsOf,
  serverSecret,
  type Trusts,
  watchConnections,
} from "./people/index.ts";
import { Recordings, recordingRoutes } from "./recording/index.ts";
import { Thinner, thinnedChart } from "./retention/index.ts";
import { LastSessions, sessionRecord, Ward } from "./ward/index.ts";
import { WhatIfDesk, whatIfRoutes } from "./what-if/index.ts";

export interface ServerOptions {
  /** `origin` left out: reached from this machine only; `demo` left out: no demonstration. */
  readonly config: Pick<ServerConfig, "port" | "host" | "dataDir" | "bays" | "zone"> &
    Partial<Pick<ServerConfig, "origin" | "demo" | "backupsDir">>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Identifies this start of the server to displays. */
  readonly epoch: string;
  /** The built client; `null`: only the API. */
  readonly clientDir: string | null;
  /** Done before anybody can connect: whoever comes back after a restart is known by then. */
  readonly prepare?: (people: PeoplePort) => Promise<void>;
}

export interface RunningServer {
  readonly url: string;
  readonly people: PeoplePort;
  /** Every way in, for the test that holds them against the written matrix. */
  readonly doors: { readonly app: express.Express; readonly io: SocketServer; readonly isGuard: Doors["isGuard"] };
  /** A ward in which nothing ever happened: the moment to give the demonstration its history. */
  readonly isNew: boolean;
  backfill(histories: readonly { bay: BayId; inputs: readonly BayInput[] }[], courses?: readonly CourseFact[]): void;
  /** Sets room aside for so many inputs of a past that is told while the ward runs: to be asked before anything happened. */
  openPast(inputs: number): Past;
  /** Keeps everything pending, says goodbye to displays, frees the port and the data directory. */
  close(): Promise<void>;
}

/** For the program that runs the server: nothing of it can be reached from outside. */
export interface PeoplePort {
  /**
   * Where the first administrator is made, once, or one has a way back (`isReopened`); `null`: there is somebody, or it is a
   * demonstration.
   */
  readonly firstStart: { readonly path: string; readonly isReopened: boolean } | null;
  /** Signs somebody in, made if need be. @returns what a browser then sends as `cookie` */
  openSession(actor: Actor, lasting?: Lasting): Promise<string>;
  /** A key for as long as the server runs. `bays: null`: every one. */
  openKey(device: {
    readonly kind: Device["kind"];
    readonly name: string;
    readonly bays: readonly BayId[] | null;
    /** Chosen by the caller, at least 32 letters; left out: made. */
    readonly key?: string;
  }): string;
}

/** Whole sessions that were over before the first input of the ward. */
export interface Past {
  /** Durable when it returns. @returns false when there is no more room, or the server is closing */
  keep(bay: BayId, steps: readonly (Pick<PastEntry, "events" | "marks"> & { readonly input: KeptInput })[]): boolean;
}

/** The port or address cannot be listened on: said in a sentence for whoever starts the server. */
export class ListenError extends Error {}

/** Bays are shown live 15 times a second at most; a person sees no difference to more. */
const FRAME_EVERY_MS = 66;
/** By as much as this somebody is the slower of two who act on one session; later it is another story. */
const SLOWER_BY_MS = 5 * 60_000;
/** Of one message over a socket. */
const MOST_MESSAGE_BYTES = 1_000_000;
/** What a crash may cost: values of this long, never a decision or a command. */
const COMMIT_EVERY_MS = 250;
const ALL_IS_ALL: BoardRefusal = { code: "not-yours", reason: 'The board "all" is every bay; choose another name.' };
const NO_SUCH_BAY: BoardRefusal = { code: "unknown-bay", reason: "A bay of this board does not exist." };
const DEFAULT_BOARD = boardIdSchema.parse("all");

/** @throws DataDirectoryError @throws ListenError */
export async function startServer({
  config,
  clock: given,
  log,
  epoch,
  clientDir,
  prepare = async () => undefined,
}: ServerOptions): Promise<RunningServer> {
  const { origin = null, demo = false } = config;
  const journal = await openSqliteJournal(config.dataDir);
  const caution = directoryCaution(config.dataDir);
  if (caution !== null) log.warn(caution);
  const isNew = journal.lastAt() === null;
  const demonstration = demo && isLoopback(config.host);
  await claimDirectory(journal.people, { directory: config.dataDir, demonstration, isNew }).catch((error: unknown) => {
    journal.close();
    throw error;
  });
  if (journal.bays().length === 0) journal.addBays(firstBays(config.bays));
  const onProblem = (sentence: string, error: unknown = null) =>
    log.error(error === null ? {} : { err: error }, sentence);

  const ward = new Ward({
    ...{ clock: given, journal, commitEveryMs: COMMIT_EVERY_MS, onProblem },
    protocolNow: () => adminDesk.standardProtocol,
  });
  const { clock } = ward;
  const app = express();
  // The application first: what socket.io does not take for itself it leaves to whoever listened before it.
  const http = createServer(app);
  const io = new SocketServer(http, {
    serveClient: false,
    maxHttpBufferSize: MOST_MESSAGE_BYTES,
    allowRequest: (request, decide) => {
      const isSame = isSameOrigin(request, origin);
      if (!isSame) {
        refusals.note({
          ...{ actor: null, from: addressText(request.socket.remoteAddress), action: "socket connect" },
          subject: `from ${String(request.headers.origin).slice(0, 120)}`,
          ...{ code: "cross-site", why: "The page that asked is of another site." },
        });
      }
      decide(null, isSame);
    },
  });
  const people = await People.open({
    db: journal.people,
    now: clock.now,
    secret: serverSecret(config.dataDir),
    secure: origin !== null,
    demonstration,
    sessionAt: (bay) => ward.bay(bay)?.session?.id ?? null,
    onAudit: ({ outcome, subject, detail, ...note }) => {
      if (outcome === "refused") refusals.note({ ...note, subject, code: detail, why: "" });
      else ward.audit(entryOf(clock.now(), note, { ...note, subject, outcome, detail: { how: detail } }));
    },
    onOver: (over) => connections.end(over),
  });
  // Only a proxy on this machine is believed when it says for whom it asks.
  app.set("trust proxy", origin === null ? false : "loopback");
  const trusts: Trusts = app.get("trust proxy fn");
  const addressOf = (socket: Socket) => clientAddress(socket.request, trusts);
  const identity = identifyRequests(people, problem, addressOf);
  const reach = {
    baysOfBoard: (id: string) => findBoard(boardIdSchema.parse(id))?.bays.map((bay) => bay.id) ?? [],
    baysOfSession: (id: string) => {
      const session = sessionIdSchema.safeParse(id);
      return session.success ? journal.staysOf(session.data).map(({ bay }) => bay) : [];
    },
  };
  const doors = newDoors({ now: clock.now, problem, principalOf: identity.principalOf, ward: reach });
  const guard = {
    now: clock.now,
    identify: identity.ofSocket,
    addressOf,
    onHeard: (principal: Principal) => people.heard(principal),
    onRefused: (principal: Principal, door: string, address: string, code: string) =>
      refusals.note({ ...whoOf(principal, addressText(address)), action: door, subject: null, code, why: "" }),
  };
  const liveDoors = guardNamespace(io.of("/"), "/ connect", guard);
  const ingestDoors = guardNamespace(io.of("/ingest"), "/ingest connect", guard);
  const connections = watchConnections(clock, [liveDoors, ingestDoors, doors]);
  const keyBoards = new KeyBoards(DEFAULT_BOARD, boardFinder(journal));
  const findBoard = keyBoards.find;
  const allBoards = (): readonly BoardId[] => [DEFAULT_BOARD, ...journal.boards().map(({ id }) => id)];
  const live = io.of("/");
  const hub = new Hub({
    clock,
    epoch,
    zone: config.zone,
    findBoard,
    bayOf: (id) => ward.bay(id),
    send: sendFrame(live),
    frameEveryMs: FRAME_EVERY_MS,
  });
  const diverged = startWard();
  ward.changes.subscribe((change) => hub.take(change));
  ward.audit({
    at: clock.now(),
    ...{ actor: null, from: "server", action: "server-start", subject: null, outcome: "done" },
    detail: { inputs: journal.lastSeq, diverged },
  });

  const refusals = new Refusals({ clock, append: (entry) => ward.audit(entry) });
  const principalOf = (request: object) => identity.principalOf(request);
  const actorOf = (request: object) => whoOf(principalOf(request), "").actor;
  const askerOfRequest = (request: Asked) => whoOf(principalOf(request), askerOf(request, null).from);
  const tell = (request: Asked, told: Told) => ward.audit(entryOf(clock.now(), askerOfRequest(request), told));
  const command = (request: CommandRequest, by: Actor, principal: Principal, from: string): CommandReply => {
    const { id, bay } = request;
    const opened = openedUnder(request, adminDesk.protocolsInUse, bringsOwnRules(principal));
    if ("refused" in opened) {
      const { code, reason } = opened.refused;
      refusals.note({ actor: by, from, action: request.command.type, subject: `bay ${bay}`, code, why: reason });
      return { ok: false, refused: code, reason };
    }
    const { command } = opened;
    const answer = ward.command(bay, id, by, command, from);
    if (answer === null) {
      const why = `There is no bay "${bay}".`;
      refusals.note({ actor: by, from, action: command.type, subject: `bay ${bay}`, code: "unknown-bay", why });
      return { ok: false, refused: "unknown-bay", reason: why };
    }
    return answer.ok ? answer : { ok: false, ...refusalOf(answer.refused, bay) };
  };
  const lastSessions = new LastSessions(journal, clock.now);
  /** Who was slower than whoever ended the session is told of them: the engine knows no session there any more. */
  function refusalOf<Code extends string>({ code, reason }: { code: Code; reason: string }, id: BayId) {
    const running = code === "no-session" ? ward.bay(id) : null;
    if (running?.session !== null) return { refused: code, reason };
    const { departed, ended } = lastSessions.with(running);
    if (departed !== null) {
      const { name, to } = departed;
      return { refused: code, reason: `${name} has already moved the patient to bay ${to}. ${reason}` };
    }
    if (ended?.ending == null) return { refused: code, reason };
    // Whoever presses hours later was not slower than anybody.
    if (clock.now() - ended.ending.at > SLOWER_BY_MS) return { refused: code, reason };
    const what = ended.phase === "discharged" ? "discharged the patient" : "abandoned the session";
    return { refused: code, reason: `${ended.ending.name} has already ${what}. ${reason}` };
  }
  const gate = new Gate({
    clock,
    receive: (bay, reading) => ward.receive(bay, reading),
    onRefused: (source, refused, count) => log.warn({ source: source.name, count, ...refused }, "readings refused"),
    onForeign: ({ from }, bay, why) =>
      refusals.note({ actor: null, from, action: "readings", subject: `bay ${bay}`, code: "forbidden", why }),
  });
  serveIngest(io.of("/ingest"), {
    doors: ingestDoors,
    gate,
    mostBytes: MOST_MESSAGE_BYTES,
    http,
    senderOf: (socket) => senderOf(ingestDoors.principalOf(socket)),
    fromOf: (socket) => whoOf(ingestDoors.principalOf(socket), addressText(addressOf(socket))).from,
  });
  const askerOfSocket = (socket: Socket) => whoOf(liveDoors.principalOf(socket), addressText(addressOf(socket)));
  const stopLive = serveLive(live, {
    ...{ clock, hub, onProblem, doors: liveDoors },
    actorFor: (socket, body) => people.actorFor(liveDoors.principalOf(socket), body),
    boardFor: (socket, wanted = DEFAULT_BOARD) => {
      const board = keyBoards.boardFor(senderOf(liveDoors.principalOf(socket)), wanted);
      if (board === null) {
        const why = "This screen or key is for other bays.";
        refusals.note({
          ...askerOfSocket(socket),
          action: "watch",
          subject: `board ${wanted}`,
          code: "forbidden",
          why,
        });
      }
      return board;
    },
    command: (request, by, socket) => command(request, by, liveDoors.principalOf(socket), askerOfSocket(socket).from),
    onRefused: (socket, code, why) => {
      refusals.note({ ...askerOfSocket(socket), action: "command", subject: null, code, why });
    },
  });

  const sounds = serveSounds(live, {
    doors: liveDoors,
    onBlocked: (socket, isBlocked) => {
      const screen = askerOfSocket(socket).from;
      if (isBlocked) log.warn({ screen }, "the alarm sound of a screen is blocked: alarms are not heard there");
      else log.info({ screen }, "the alarm sound of a screen is not blocked any more");
    },
  });

  const adminDesk = new AdminDesk({
    ...{ journal, now: clock.now, newId: randomUUID, onProblem },
    isOccupied: (id) => ward.bay(id)?.session != null,
    onKept: ({ act }, { backup }) => {
      if (act.type === "add-bay" || act.type === "return-bay") ward.addBay(act.bay);
      if (act.type === "retire-bay") ward.retireBay(act.bay);
      if ("bay" in act) for (const id of [...allBoards(), ...keyBoards.ids]) hub.changed(id);
      if (act.type === "set-backup") backups.set(backup);
      if (act.type === "set-retention") thinner.wake();
    },
  });
  const backups = new Backups({
    ...{ clock, zone: config.zone, onProblem },
    directory: config.backupsDir ?? join(config.dataDir, "backups"),
    take: (file, at) => backupInWorker(config.dataDir, file, at),
    manifestOf: readManifest,
    audit: (entry) => ward.audit(entry),
  });
  backups.set(adminDesk.state.backup);

  const stopLadder = serveLadder({
    clock,
    changes: ward.changes,
    bays: ward.bays,
    bayOf: (id) => ward.bay(id),
    target: screenTarget(live, liveDoors, clock),
    tell: (bay, outcome) => ward.delivered(bay, outcome),
  });

  function startWard(): number {
    try {
      return ward.start((change) => hub.take(change, true));
    } catch (error) {
      journal.close();
      throw new DataDirectoryError(
        `The journal in ${config.dataDir} holds what this program cannot read: ${error instanceof Error ? error.message : String(error)}. Restore a copy, or choose another directory with VIGIL_DATA.`,
      );
    }
  }

  const desk = new CourseDesk({ journal, now: clock.now, zone: config.zone, onProblem });

  const charts = new SessionCharts(journal, clock.now);
  const recordings = new Recordings({ journal, clock, zone: config.zone });
  const alarmLog = new AlarmLogDesk({
    file: journal.file,
    zone: config.zone,
    follow: () => journal.followAlarmLog(),
    onProblem,
  });
  const stopWork = new AbortController();
  const whatIfs = new WhatIfDesk({
    journal,
    isThinned: (parts) => recordings.isThinned({ parts }),
    dataDir: config.dataDir,
    crew: { program: new URL("./what-if.child.ts", import.meta.url), size: availableParallelism() },
    now: clock.now,
    zone: config.zone,
  });
  // Its own, so that the sessions that people look at stay remembered.
  const oldCharts = new SessionCharts(journal, clock.now);
  const thinner = new Thinner({
    ...{ clock, journal, thinning: journal.thinning, onProblem },
    days: () => adminDesk.state.readingsDays,
    chartOf: (id, buckets) => oldCharts.read(id, { buckets }),
    audit: (entry) => ward.audit(entry),
  });
  const startedAt = clock.now();
  app.disable("x-powered-by");
  app.use(watchRefusals({ refusals, askerOf: askerOfRequest }));
  // The headers first: who is turned away gets them too.
  app.use(helmet(securityHeaders(origin)));
  // What is asked of patients and people stays in no browser's memory, unless a route says otherwise.
  app.use("/api", (_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });
  app.use(requireSameOrigin(origin));
  if (clientDir !== null) app.use(express.static(clientDir, { index: false, immutable: true, maxAge: "1y" }));
  app.use(identity.middleware, doors.router);
  const { routes } = doors;
  readingRoutes({
    routes,
    ...{ gate, problem },
    senderOf: (request) => senderOf(principalOf(request)),
    fromOf: (request) => askerOfRequest(request).from,
  });
  peopleRoutes({
    routes,
    people,
    register: new Register(journal.people, people, clock.now),
    identity,
    problem,
    soundOf: sounds.of,
    hasBay: (id) => ward.bay(id) !== null,
    hasBoard: (id) => findBoard(id) !== null,
  });
  courseRoutes({ routes, actorOf, desk, fromOf: (request) => askerOfRequest(request).from, problem });
  auditRoutes({
    routes,
    ...{ audit: journal.audit, now: clock.now, zone: config.zone, problem, tell },
    verifier: new Verifier({ now: clock.now, steps: () => auditSteps(journal.audit) }),
    time: timeIn(config.zone),
  });
  adminRoutes({
    routes,
    actorOf,
    ...{ desk: adminDesk, backups, problem, tell, now: clock.now, zone: config.zone },
    fromOf: (request) => askerOfRequest(request).from,
    view: () =>
      adminView(adminDesk.state, {
        ...{ at: clock.now(), zone: config.zone, bays: baysByName(journal, ward).map(({ bay }) => bay) },
        droppedOf: (bay) => gate.droppedOf(bay),
        thinnedSessions: journal.thinning.sessions,
      }),
  });
  recordingRoutes({ routes, recordings, hasBay: (id) => ward.bay(id) !== null, now: clock.now, problem, tell });
  whatIfRoutes({ routes, desk: whatIfs, closing: stopWork.signal, problem });
  alertRoutes({
    routes,
    actorOf,
    log: alarmLog,
    now: clock.now,
    zone: config.zone,
    bays: () => journal.everyBay(),
    problem,
    isLogFailure: (error) => error instanceof AlarmLogFailed,
    tell,
    keepMark: (mark, request) => {
      try {
        journal.keepMark(mark, askerOfRequest(request).from);
        return true;
      } catch (error) {
        if (!(error instanceof JournalFailed)) throw error;
        onProblem("a mark could not be kept", error);
        return false;
      }
    },
  });
  apiRoutes({
    routes,
    actorFor: (request, body) => people.actorFor(principalOf(request), body),
    maySeePatients: (request) => {
      const who = rightsOf(principalOf(request), clock.now());
      return who === "nurse" || who === "supervisor" || who === "engineer" || who === "bench";
    },
    zone: config.zone,
    now: clock.now,
    bays: () => baysByName(journal, ward),
    withLastSession: (bay) => lastSessions.with(bay),
    protocols: () => adminDesk.protocolsInUse,
    sessions: (query) => journal.sessions(query),
    sessionView: (id) => {
      const thinned = journal.thinning.session(id);
      if (thinned !== null) {
        // This program's own word.
        const view = JSON.parse(thinned.view) as SessionView;
        return { ...view, now: { ...view.now, at: clock.now() } };
      }
      const bay = sessionRecord(journal, id, clock.now());
      return bay === null ? null : sessionView(bay, clock.now());
    },
    boards: (request) => {
      const own = senderOf(principalOf(request))?.board ?? null;
      return allBoards().flatMap((id) => (own === null || own === id ? (findBoard(id) ?? []) : []));
    },
    seesBay: (request, bay) => isOwnBay(baysOf(principalOf(request), reach), bay),
    saveBoard: (board, request) => {
      if (board.id === DEFAULT_BOARD || isKeyBoard(board.id)) return ALL_IS_ALL;
      if (!board.bays.every((bay) => ward.bay(bay) !== null)) return NO_SUCH_BAY;
      try {
        const told = { action: "save-board", subject: `board ${board.id}`, detail: { ...board } };
        journal.saveBoard(board, entryOf(clock.now(), askerOfRequest(request), told));
      } catch (error) {
        if (!(error instanceof JournalFailed)) throw error;
        onProblem("a board could not be kept", error);
        return {
          code: "journal-failed",
          reason: "The server could not keep the board. Tell who looks after the server.",
        };
      }
      hub.changed(board.id);
      return null;
    },
    command: (wanted, by, request) => command(wanted, by, principalOf(request), askerOfRequest(request).from),
    sessionReadings: async (id, { from, to, points }) => {
      const thinned = journal.thinning.session(id);
      const window = { from, to, buckets: points };
      const chart = thinned === null ? await charts.read(id, window) : thinnedChart(thinned.chart, window, clock.now());
      const names = journal.everyBay();
      const bays = (chart?.stays ?? []).map(({ bay }) => ({
        id: bay,
        name: names.find((each) => each.id === bay)?.name ?? bay,
      }));
      const bay = bays.at(-1);
      return chart === null || bay === undefined
        ? null
        : { bay, bays, zone: config.zone, thinnedAt: thinned?.at ?? null, chart };
    },
    health: () => ({
      status: ward.journalFailing ? "failing" : "ok",
      startedAt,
      bays: ward.bays.length,
      openSessions: ward.bays.filter((bay) => bay.session !== null).length,
      displays: live.sockets.size,
      unheard: sounds.unheard,
      journal: { lastSeq: journal.lastSeq, pending: journal.pending, failing: ward.journalFailing },
      readings: gate.counts,
      diverged,
    }),
  });
  if (clientDir !== null) clientRoutes(routes, clientDir);
  app.use(problemHandler(onProblem));

  let closing: Promise<void> | null = null;
  const close = async () => {
    stopLive();
    connections.close();
    stopLadder();
    stopWork.abort();
    const closed = io.close();
    // Every act is answered in the turn in which it was read: what is still open is half sent, or only asks.
    http.closeAllConnections();
    await closed;
    hub.close();
    refusals.close();
    thinner.close();
    await backups.close();
    ward.close();
    await alarmLog.close();
    journal.close();
  };
  const { firstStart } = people;
  const port: PeoplePort = {
    firstStart:
      firstStart.secret === null
        ? null
        : { path: `/first-start#${firstStart.secret}`, isReopened: firstStart.isReopened },
    openSession: (actor, lasting) => people.openSession(actor, lasting),
    openKey: ({ key, ...device }) => people.devices.openForNow({ ...device, board: null }, key),
  };
  try {
    await prepare(port);
    if (!isLoopback(config.host) && firstStart.secret !== null && !firstStart.isReopened) {
      throw new ListenError(
        "There is nobody yet who could be kept out or let in, so only this machine may reach the server. Start it once with HOST=127.0.0.1, open the link it prints, and make the administrator.",
      );
    }
    await listen(http, config);
    await firstStart.announced();
  } catch (error) {
    await close();
    throw error;
  }
  const address = http.address();
  const listensAt = typeof address === "object" && address !== null ? address.port : config.port;
  const host = config.host === "::1" ? "[::1]" : config.host;
  return {
    url: `http://${host}:${listensAt}`,
    isNew,
    people: port,
    doors: { app, io, isGuard: (handler) => doors.isGuard(handler) },
    backfill: (histories, courses = []) => {
      ward.backfill(histories);
      journal.keepCourseFacts(courses, "server");
    },
    openPast: (inputs) => {
      let next = journal.reserve(inputs);
      const end = next + inputs;
      return {
        keep: (bay, steps) => {
          if (closing !== null || next + steps.length > end) return false;
          journal.keepPast(steps.map((step, i) => ({ bay, seq: next + i, ...step })));
          next += steps.length;
          return true;
        },
      };
    },
    close: () => (closing ??= close()),
  };
}

const firstBays = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: bayIdSchema.parse(String(i + 1)), name: `${i + 1}` }));

const baysByName = (journal: Journal, ward: Ward) =>
  journal.bays().flatMap(({ id, name }) => {
    const bay = ward.bay(id);
    return bay === null ? [] : [{ name, bay }];
  });

/** The default board is every bay in its order; the others are what people saved. */
function boardFinder(journal: Journal): (id: BoardId | undefined) => Board | null {
  return (id = DEFAULT_BOARD) => {
    const bays = journal.bays();
    if (id === DEFAULT_BOARD) return { id, name: "All bays", bays };
    const board = journal.boards().find((each) => each.id === id);
    if (board === undefined) return null;
    return { id, name: board.name, bays: board.bays.flatMap((bay) => bays.find((each) => each.id === bay) ?? []) };
  };
}

/** Whoever asks, for the audit: a person by name, a device beside its address. */
function whoOf(principal: Principal, address: string): { readonly actor: Actor | null; readonly from: string } {
  switch (principal.kind) {
    case "nobody":
      return { actor: null, from: address };
    case "person":
      return { actor: principal.session.actor, from: address };
    case "device":
      return { actor: null, from: `${address} (${principal.device.kind} ${principal.device.name})` };
  }
}

/** Who sends readings; `null`: a person, or nobody. */
const senderOf = (principal: Principal): Device | null => (principal.kind === "device" ? principal.device : null);

/** Nothing but this server's own files runs, is shown or is asked; nobody frames a page. */
const securityHeaders = (origin: string | null) =>
  ({
    contentSecurityPolicy: {
      directives: {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'", origin === null ? "ws:" : `wss://${new URL(origin).host}`],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "upgrade-insecure-requests": null,
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: origin !== null,
  }) as const;

/** The built pages; every address that is not a file is the application's to route. */
function clientRoutes(routes: Routes, clientDir: string): void {
  const index = join(clientDir, "index.html");
  if (!existsSync(index)) throw new Error(`the client is not built: ${index} is missing`);
  routes.get("/{*path}", (_request, response) => response.set("cache-control", "no-cache").sendFile(index));
}

async function listen(
  http: ReturnType<typeof createServer>,
  { port, host }: { port: number; host: string },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === "EADDRINUSE"
          ? `Port ${port} is taken: another program, or another Vigil, listens there. Stop it, or choose another with PORT.`
          : `The server cannot listen on ${host}:${port}: ${error.message}.`;
      reject(new ListenError(sentence));
    });
    http.listen(port, host, resolve);
  });
}
