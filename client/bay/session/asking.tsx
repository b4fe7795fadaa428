import { createContext, type ReactNode, useContext, useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { AbandonDialog } from "./abandon-dialog.tsx";
import type { Asked } from "./act-form.ts";
import { ActFormDialog } from "./act-form-dialog.tsx";
import { CorrectTimeDialog } from "./correct-time-dialog.tsx";

const AskContext = createContext<(asked: Asked) => void>(() => {});

/** Puts the form of an act in front of the page, once it is known who acts. */
export const useAsk = () => useContext(AskContext);

/**
 * Where the forms of acts live: above the sections, so that a form stays, with what was typed and why it is refused, when
 * somebody else has taken the session on meanwhile.
 */
export function AskHost({ children, ...props }: SessionSectionProps & { readonly children: ReactNode }) {
  const { who } = useActing();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [ask] = useState(() => async (next: Asked) => {
    // The question who acts would lie behind the form.
    if ((await who.ask()) !== null) setAsked(next);
  });
  return (
    <AskContext value={ask}>
      {children}
      {asked === "correct-time" && <CorrectTimeDialog {...props} onClose={() => setAsked(null)} />}
      {asked === "abandon" && <AbandonDialog {...props} onClose={() => setAsked(null)} />}
      {asked !== null && typeof asked === "object" && (
        <ActFormDialog {...props} asked={asked} onClose={() => setAsked(null)} />
      )}
    </AskContext>
  );
}
