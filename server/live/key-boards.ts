/** Boards for keys: a display is shown its own, and a key for some bays one of just these. */
import { type BayId, type BoardId, boardIdSchema } from "@vigil/shared/ids";
import type { Board } from "@vigil/shared/wire";

/** What is needed of a device that wants to watch. */
interface Key {
  readonly id: string;
  readonly board: BoardId | null;
  readonly bays: ReadonlySet<BayId> | null;
}
type FindBoard = (id: BoardId | undefined) => Board | null;

const PREFIX = "key:";
/** Nobody saves a board of such a name. */
export const isKeyBoard = (id: BoardId): boolean => id.startsWith(PREFIX);

export class KeyBoards {
  readonly #all: BoardId;
  readonly #find: FindBoard;
  readonly #bays = new Map<BoardId, ReadonlySet<BayId>>();

  constructor(all: BoardId, find: FindBoard) {
    this.#all = all;
    this.#find = find;
  }

  get ids(): readonly BoardId[] {
    return [...this.#bays.keys()];
  }

  /** Every board, those for keys too. */
  readonly find: FindBoard = (id) => {
    const own = id === undefined ? undefined : this.#bays.get(id);
    if (id === undefined || own === undefined) return this.#find(id);
    const bays = this.#find(this.#all)?.bays.filter((bay) => own.has(bay.id)) ?? [];
    return { id, name: "Bays of this key", bays };
  };

  /** @param key `null`: a person. @returns `null`: that is not for this one */
  boardFor(key: Key | null, wanted: BoardId): BoardId | null {
    if (key === null) return isKeyBoard(wanted) ? null : wanted;
    if (key.board !== null) return key.board === wanted ? wanted : null;
    if (key.bays === null) return isKeyBoard(wanted) ? null : wanted;
    const own = boardIdSchema.parse(`${PREFIX}${key.id}`);
    if (wanted !== this.#all && wanted !== own) return null;
    this.#bays.set(own, key.bays);
    return own;
  }
}
