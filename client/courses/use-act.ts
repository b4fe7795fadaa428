import type { CourseActInput } from "@vigil/shared/course";
import { createContext, useContext, useRef } from "react";
import { newActId, useCourseAct } from "./courses-api.ts";

/** Whose course it is. */
export interface Desk {
  readonly recordNumber: string;
}
export const DeskContext = createContext<Desk>({ recordNumber: "" });

export interface Acting {
  readonly send: (act: CourseActInput, done?: () => void) => void;
  readonly sending: boolean;
  /** Why the last try was refused. */
  readonly refused: string | null;
}

/** One form's way to the server. */
export function useAct(): Acting {
  const { recordNumber } = useContext(DeskContext);
  const { mutate, isPending, error } = useCourseAct(recordNumber);
  const last = useRef<{ readonly id: string; readonly text: string } | null>(null);
  return {
    send(act, done) {
      // What is tried again unchanged is the same act: a lost answer must not make two of it.
      const text = JSON.stringify(act);
      const id = last.current?.text === text ? last.current.id : newActId();
      last.current = { id, text };
      mutate(
        { id, act },
        {
          onSuccess: () => {
            last.current = null;
            done?.();
          },
        },
      );
    },
    sending: isPending,
    refused: error === null ? null : error.message,
  };
}
