/** The child's end: a process of the benchmark answers calls of the one that forked it, and ends with it. */

/** What a child can be asked. Each takes at most one argument, which crosses as structured data. */
export type Calls = { readonly [name: string]: (argument: never) => unknown };

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };

/** Answers until the parent lets go; `end` frees what was taken, then the process is gone. */
export function answer(calls: Calls, end: () => unknown = () => undefined): void {
  const answerTo = async ({ id, name, argument }: Call): Promise<Answer> => {
    try {
      const call = calls[name];
      if (call === undefined) throw new Error(`there is no call ${name}`);
      // Only the typed end in workshop.ts asks, with what the function takes.
      return { id, value: await call(argument as never) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on("message", (call: Call) => {
    void answerTo(call).then((given) => process.send?.(given));
  });
  process.once("disconnect", () => {
    void Promise.resolve(end()).finally(() => process.exit());
  });
  // Ctrl-C reaches the whole group: the parent decides the order in which processes end.
  process.on("SIGINT", () => undefined);
}
