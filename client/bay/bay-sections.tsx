import type { Phase } from "@vigil/shared/session";
import type { ComponentType } from "react";
import type { SessionSectionProps } from "./bay-session.ts";
import { DischargeSection } from "./discharge/discharge-section.tsx";
import { ElsewhereSection } from "./discharge/elsewhere-section.tsx";
import { InfuseSection } from "./infuse/infuse-section.tsx";
import { ObserveSection } from "./observe/observe-section.tsx";
import { PrepareSection } from "./prepare/prepare-section.tsx";
import { ActsSection } from "./session/acts-section.tsx";
import { RecordSection } from "./session/record-section.tsx";

type Section = ComponentType<SessionSectionProps>;

interface Sections {
  /** What is to be done in this phase, most urgent first; wide. */
  readonly main: readonly Section[];
  /** What accompanies it; narrow, below the other on a small screen. */
  readonly side: readonly Section[];
}

const CLOSED: Sections = { main: [], side: [] };

/** What stands on the page in each phase, under how the bay is now. */
export const SECTIONS: { readonly [P in Phase]: Sections } = {
  preparation: { main: [PrepareSection], side: [ElsewhereSection, ActsSection] },
  infusing: { main: [InfuseSection, ObserveSection], side: [RecordSection, ElsewhereSection, ActsSection] },
  paused: { main: [InfuseSection, ObserveSection], side: [RecordSection, ElsewhereSection, ActsSection] },
  recovery: { main: [DischargeSection, ObserveSection], side: [RecordSection, ElsewhereSection, ActsSection] },
  ready: { main: [DischargeSection, ObserveSection], side: [RecordSection, ElsewhereSection, ActsSection] },
  discharged: CLOSED,
  abandoned: CLOSED,
};
