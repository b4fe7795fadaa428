import { createContext, type ReactNode, useContext, useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { AbandonDialog } from "./abandon-dialog.tsx";
import type { Asked } from "./act-form.ts";
import { ActFormDialog } from "./act-form-dialog.tsx";
import { CorrectPatientDialog } from "./correct-patient-dialog.tsx";
import { CorrectPlanDialog } from "./correct-plan-dialog.tsx";
import { CorrectTimeDialog } from "./correct-time-dialog.tsx";

const AskContext = createContext<(asked: Asked) => void>(() => {});

/** Puts the form of an act in front of the page, once it is known who acts. */
export const useAsk = () => useContext(AskContext);

interface AskHostProps {
  /** The open session with its bay; `null` while there is none. */
  readonly work: SessionSectionProps | null;
  readonly children: ReactNode;
}

/**
 * Where the forms of acts live: above the sections, so that a form stays, with what was typed and why it is refused, when
 * somebody else has taken the session on meanwhile, ended it or moved the patient. It is never one for the next patient.
 */
export function AskHost({ work, children }: AskHostProps) {
  const { who } = useActing();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [last, setLast] = useState(work);
  if (work !== null && work !== last) {
    setLast(work);
    if (asked !== null && work.session.id !== last?.session.id) setAsked(null);
  }
  const [ask] = useState(() => async (next: Asked) => {
    // The question who acts would lie behind the form.
    if ((await who.ask()) !== null) setAsked(next);
  });
  return (
    <AskContext value={ask}>
      {children}
      {asked !== null && last !== null && <Form {...last} asked={asked} onClose={() => setAsked(null)} />}
    </AskContext>
  );
}

function Form(props: SessionSectionProps & { readonly asked: Asked; readonly onClose: () => void }) {
  const { asked } = props;
  if (asked === "correct-time") return <CorrectTimeDialog {...props} />;
  if (asked === "correct-plan") return <CorrectPlanDialog {...props} />;
  if (asked === "correct-patient") return <CorrectPatientDialog {...props} />;
  if (asked === "abandon") return <AbandonDialog {...props} />;
  return <ActFormDialog {...props} asked={asked} />;
}
