/** What the pages of administration ask of the server, and what they send. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { AdminActInput } from "@vigil/shared/administration";
import type { AdminView, AuditPage, AuditVerification, BackupsView } from "@vigil/shared/wire";
import { useRef } from "react";

/** What the server said no to, or that it said nothing: a sentence for whoever asked. */
class Refused extends Error {}

const NO_ANSWER = "The server does not answer. Nothing was done; try again when it is back.";
const LOOKS_EVERY_MS = 10_000;
const LOOKS_AT_BACKUP_EVERY_MS = 1_000;

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch(() => {
    throw new Refused(NO_ANSWER);
  });
  const told: unknown = await response.json().catch(() => null);
  // The same program speaks at both ends.
  if (response.ok) return told as T;
  const said = typeof told === "object" && told !== null && "detail" in told ? String(told.detail) : "";
  throw new Refused(said === "" ? `The server refused (${response.status}).` : said);
}

export const adminQuery = queryOptions({
  queryKey: ["admin"],
  queryFn: () => ask<AdminView>("/api/admin"),
  refetchInterval: LOOKS_EVERY_MS,
});

export const backupsQuery = queryOptions({
  queryKey: ["admin", "backups"],
  queryFn: () => ask<BackupsView>("/api/admin/backups"),
  refetchInterval: ({ state }) => (state.data?.runningSince == null ? LOOKS_EVERY_MS : LOOKS_AT_BACKUP_EVERY_MS),
});

/** @param query the filters as the address has them */
export const auditQuery = (query: string, page: number) =>
  queryOptions({
    queryKey: ["audit", query, page],
    queryFn: () => ask<AuditPage>(`/api/audit?${query}${query === "" ? "" : "&"}page=${page}`),
    refetchInterval: LOOKS_EVERY_MS,
  });

export const verificationQuery = queryOptions({
  queryKey: ["audit-verification"],
  queryFn: () => ask<AuditVerification>("/api/audit/verification"),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface Acting {
  readonly send: (act: AdminActInput, done?: () => void) => void;
  readonly sending: boolean;
  /** Why the last try was refused. */
  readonly refused: string | null;
}

/** One form's way to the server. */
export function useAdminAct(): Acting {
  const client = useQueryClient();
  const last = useRef<{ readonly id: string; readonly text: string } | null>(null);
  const { mutate, isPending, error } = useMutation<AdminView, Error, AdminActInput>({
    mutationFn: (act) => {
      // What is tried again unchanged is the same act: a lost answer must not make two of it.
      const text = JSON.stringify(act);
      const id = last.current?.text === text ? last.current.id : crypto.randomUUID();
      last.current = { id, text };
      return ask<AdminView>("/api/admin/acts", { id, act });
    },
    onSuccess: (view) => {
      last.current = null;
      client.setQueryData(adminQuery.queryKey, view);
    },
  });
  return {
    send: (act, done) => mutate(act, done === undefined ? {} : { onSuccess: done }),
    sending: isPending,
    refused: error?.message ?? null,
  };
}

export function useTakeBackup(): {
  readonly take: () => void;
  readonly sending: boolean;
  readonly refused: string | null;
} {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      return ask<BackupsView>("/api/admin/backups", {});
    },
    onSuccess: (view) => client.setQueryData(backupsQuery.queryKey, view),
  });
  return { take: () => mutate(), sending: isPending, refused: error?.message ?? null };
}
