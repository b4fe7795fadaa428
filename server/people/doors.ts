/**
 * The only way to register a route or to listen to a socket's event: by the name of its row in the written matrix
 * (shared/people/matrix.ts). What the row does not let in never reaches the handler.
 */
import type { AtMs } from "@vigil/shared/ids";
import { isAllowed, type RightsClass, type Route, type SocketEvent, whoMay } from "@vigil/shared/people";
import express, { type RequestHandler, type Response, type Router } from "express";
import type { Namespace, Socket } from "socket.io";
import type { Refuse } from "./asked.ts";
import { type Principal, rightsOf } from "./principal.ts";
import { reaches, type Ward } from "./scope.ts";

type Method = "get" | "post" | "put" | "patch" | "delete" | "all";
type PathOf<M extends Method> = Route extends infer R ? (R extends `${Uppercase<M>} ${infer P}` ? P : never) : never;
type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : object;

/** Routes by path; each must have its row, or it does not compile. */
export type Routes = {
  readonly [M in Method]: <P extends PathOf<M>>(path: P, ...handlers: RequestHandler<ParamsOf<P>>[]) => void;
};

export interface DoorsOptions {
  readonly now: () => AtMs;
  readonly problem: Refuse;
  readonly principalOf: (request: object) => Principal;
  readonly ward: Ward;
}

export interface Doors {
  readonly router: Router;
  readonly routes: Routes;
  /** For the test that looks whether every route has its guard. */
  isGuard(handler: object): boolean;
  /** Breaks off every answer that still goes on (a recording, an export) to whoever `isOver` is true of. */
  cut(isOver: (principal: Principal) => boolean): void;
}

export const newDoors = (options: DoorsOptions): Doors => new GuardedRouter(options);

/** A router whose every entrance is guarded. */
class GuardedRouter implements Doors {
  readonly router: Router = express.Router();
  readonly routes: Routes;
  readonly #guards = new WeakSet<object>();
  /** Answers that are not over, and to whom. */
  readonly #answering = new Map<Response, Principal>();
  readonly #options: DoorsOptions;

  constructor(options: DoorsOptions) {
    this.#options = options;
    this.routes = {
      get: (path, ...handlers) => this.#add("get", path, handlers),
      post: (path, ...handlers) => this.#add("post", path, handlers),
      put: (path, ...handlers) => this.#add("put", path, handlers),
      patch: (path, ...handlers) => this.#add("patch", path, handlers),
      delete: (path, ...handlers) => this.#add("delete", path, handlers),
      all: (path, ...handlers) => this.#add("all", path, handlers),
    };
  }

  isGuard(handler: object): boolean {
    return this.#guards.has(handler);
  }

  cut(isOver: (principal: Principal) => boolean): void {
    for (const [response, principal] of this.#answering) {
      // What has not begun may be the answer to the very act that ended the session.
      if (response.headersSent && !response.writableEnded && isOver(principal)) response.destroy();
    }
  }

  #add<P>(method: Method, path: string, handlers: readonly RequestHandler<P>[]): void {
    this.router.route(path)[method]<P>(this.#guard<P>(`${method.toUpperCase()} ${path}`), ...handlers);
  }

  #guard<P>(door: string): RequestHandler<P> {
    const guard: RequestHandler<P> = (request, response, next) => {
      const principal = this.#options.principalOf(request);
      const who = rightsOf(principal, this.#options.now());
      if (!isAllowed(door, who)) return this.#refuse(response, who);
      if (!reaches(principal, door, request, this.#options.ward)) {
        return this.#options.problem(response, 403, "forbidden", "This key is for other bays.");
      }
      if (who !== "nobody") {
        this.#answering.set(response, principal);
        response.once("close", () => this.#answering.delete(response));
      }
      next();
    };
    this.#guards.add(guard);
    return guard;
  }

  #refuse(response: Response, who: RightsClass): void {
    const { status, code, reason } = refusalOf(who);
    this.#options.problem(response, status, code, reason);
  }
}

/** Why somebody of these rights was turned away, and what to do. */
function refusalOf(who: RightsClass): {
  readonly status: number;
  readonly code: "sign-in" | "idle" | "forbidden";
  readonly reason: string;
} {
  switch (who) {
    case "nobody":
      return { status: 401, code: "sign-in", reason: "Sign in first." };
    case "idle":
      return { status: 401, code: "idle", reason: "Nobody has acted here for a while. Say who you are." };
    case "display":
      return { status: 403, code: "forbidden", reason: "A display shows and does not act." };
    case "monitor":
    case "bench":
      return { status: 403, code: "forbidden", reason: "This key is not for that." };
    default:
      return { status: 403, code: "forbidden", reason: `That is not for the role of ${who}.` };
  }
}

type EventHandler = (...args: readonly unknown[]) => void;
/** What is answered to an event whose sender may not send it. */
type Refusal = (code: "sign-in" | "idle" | "forbidden", reason: string) => unknown;

/** A gateway sends hundreds of readings a second: that it was heard need not be told with each. */
const TELL_HEARD_EVERY_MS = 1_000;

const plainRefusal: Refusal = (code, reason) => ({ ok: false, code, refused: code, reason });

/** The events of one namespace; the principal was established at the connection. */
export interface SocketDoors {
  on(socket: Socket, event: SocketEvent, handler: EventHandler, refusal?: Refusal): void;
  principalOf(socket: Socket): Principal;
  /** Cuts every connection of whoever `isOver` is true of. */
  cut(isOver: (principal: Principal) => boolean): void;
}

export interface SocketDoorsOptions {
  readonly now: () => AtMs;
  readonly identify: (socket: Socket) => Promise<Principal>;
  /** From where it is connected. */
  readonly addressOf: (socket: Socket) => string;
  /** Told of everybody who sent something that was let in, once a second for each event of a connection. */
  readonly onHeard: (principal: Principal) => void;
  /** Told of everybody who was turned away. */
  readonly onRefused: (principal: Principal, door: string, address: string, code: string) => void;
}

/** Nobody whom the row `<namespace> connect` does not name gets a connection. */
export function guardNamespace(
  namespace: Namespace,
  door: Extract<SocketEvent, `${string} connect`>,
  { now, identify, addressOf, onHeard, onRefused }: SocketDoorsOptions,
): SocketDoors {
  const principals = new WeakMap<Socket, Principal>();
  const principalOf = (socket: Socket): Principal => principals.get(socket) ?? { kind: "nobody" };
  namespace.use((socket, next) => {
    identify(socket).then(
      (principal) => {
        const who = rightsOf(principal, now());
        if (!isAllowed(door, who)) {
          const { code, reason } = refusalOf(who);
          onRefused(principal, door, addressOf(socket), code);
          // What socket.io takes to the other side beside the sentence.
          return next(Object.assign(new Error(reason), { data: { code } }));
        }
        principals.set(socket, principal);
        next();
      },
      (error: unknown) => next(error instanceof Error ? error : new Error("The server failed.")),
    );
  });
  return {
    principalOf,
    on(socket, event, handler, refusal = plainRefusal) {
      const [space, name] = event.split(" ");
      if (space !== namespace.name || name === undefined) throw new Error(`${event} is not of ${namespace.name}`);
      const row = whoMay(event);
      const principal = principalOf(socket);
      let toldAt: AtMs = Number.NEGATIVE_INFINITY;
      socket.on(name, (...args: readonly unknown[]) => {
        const at = now();
        const who = rightsOf(principal, at);
        if (row.includes(who)) {
          if (at - toldAt >= TELL_HEARD_EVERY_MS) {
            toldAt = at;
            onHeard(principal);
          }
          return handler(...args);
        }
        const { code, reason } = refusalOf(who);
        onRefused(principal, event, addressOf(socket), code);
        const ack = args.at(-1);
        if (typeof ack === "function") ack(refusal(code, reason));
        // Its credential ran out while it was connected: it must not go on being shown what comes.
        if (who === "nobody") socket.disconnect(true);
      });
    },
    cut(isOver) {
      for (const socket of namespace.sockets.values()) if (isOver(principalOf(socket))) socket.disconnect(true);
    },
  };
}
