/** What the pages of people and devices ask of the server, and what they send. */
import { queryOptions } from "@tanstack/react-query";
import type { ListedDevice, ListedPerson } from "@vigil/shared/wire";
import { useState } from "react";
import { ask } from "../people/people-client.ts";

async function read<T>(path: string): Promise<T> {
  const answer = await ask(path, "GET");
  if (!(answer instanceof Response)) throw new Error(answer.reason);
  const told: T = await answer.json();
  return told;
}

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => read<readonly ListedPerson[]>("/api/people"),
});

export const devicesQuery = queryOptions({
  queryKey: ["devices"],
  queryFn: () => read<readonly ListedDevice[]>("/api/devices"),
  refetchInterval: 10_000,
});

export const boardsQuery = queryOptions({
  queryKey: ["boards"],
  queryFn: () => read<readonly { readonly id: string; readonly name: string }[]>("/api/boards"),
});

/** One form's way to the server; `done` is told what the server answered. */
export function useSending(kept: () => Promise<unknown>) {
  const [refused, setRefused] = useState<string | null>(null);
  return {
    refused,
    send(method: "POST" | "PATCH" | "DELETE", path: string, body: unknown, done?: (answer: unknown) => void): void {
      void ask(path, method, body).then(async (answer) => {
        if (!(answer instanceof Response)) return setRefused(answer.reason);
        setRefused(null);
        const text = await answer.text();
        done?.(text === "" ? null : JSON.parse(text));
        await kept();
      });
    },
  };
}
