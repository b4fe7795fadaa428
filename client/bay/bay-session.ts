import { type ProtocolInUse, protocolIdSchema, STANDARD_PROTOCOL } from "@vigil/shared/administration";
import type { Departure, SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import { drugLeftMs, PHASES } from "@vigil/shared/session";
import { useMemo } from "react";
import { type BayDetail, field, useBayDetail } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";

/** The visit at a bay as its page shows it; asked for again with each whole row of the bay. */
export interface BayVisit {
  /** The open session, or the last that ended here; `null` when there is neither. */
  readonly session: SessionView | null;
  /** Where the patient went who was here last, while the bay is free. */
  readonly departed: Departure | null;
  /** What the next session is opened under when nobody chooses. */
  readonly protocol: Protocol;
  /** Under which it can be opened, that one first. */
  readonly protocols: readonly ProtocolInUse[];
  /** Times in the clinic's own zone. */
  readonly zone: ZoneText;
  /** IANA name of that zone. */
  readonly zoneName: string;
}

/** What a section about the open session is given. */
export interface SessionSectionProps {
  readonly bay: LiveBay;
  readonly session: SessionView;
  readonly visit: BayVisit;
}

/** The visit of a bay; `null` until the server has answered. However many ask, the server is asked once. */
export function useBayVisit(bay: LiveBay): BayVisit | null {
  const detail = useBayDetail(bay, true);
  return useMemo(() => (detail === null ? null : visitOf(detail)), [detail]);
}

/** The visit in a bay's detail; `null` where it cannot be read. */
function visitOf({ body }: BayDetail): BayVisit | null {
  const session = field(body, "session") ?? null;
  const protocol = protocolSchema.safeParse(field(body, "protocol"));
  const zoneName = field(body, "zone");
  const at = field(body, "at");
  if (!protocol.success || typeof zoneName !== "string" || typeof at !== "number") return null;
  if (session !== null && !isSessionView(session)) return null;
  const zone = zoneText(zoneName, session?.openedAt ?? at, latestOf(session, at));
  const protocols = protocolsIn(field(body, "protocols")) ?? [{ id: STANDARD_PROTOCOL, protocol: protocol.data }];
  const departed = field(body, "departed");
  return {
    session,
    departed: isDeparture(departed) ? departed : null,
    protocol: protocol.data,
    protocols,
    zone,
    zoneName,
  };
}

const isDeparture = (given: unknown): given is Departure =>
  typeof field(given, "to") === "string" &&
  typeof field(given, "initials") === "string" &&
  typeof field(given, "name") === "string" &&
  typeof field(given, "at") === "number";

/** `null`: they cannot be read, as a whole. */
function protocolsIn(told: unknown): readonly ProtocolInUse[] | null {
  if (!Array.isArray(told)) return null;
  const read = told.flatMap((each): ProtocolInUse[] => {
    const id = protocolIdSchema.safeParse(field(each, "id"));
    const protocol = protocolSchema.safeParse(field(each, "protocol"));
    return id.success && protocol.success ? [{ id: id.data, protocol: protocol.data }] : [];
  });
  return read.length === 0 || read.length < told.length ? null : read;
}

/** The last instant that the page tells of: also what is still to come may lie beyond a change of summer time. */
const latestOf = (session: SessionView | null, at: AtMs): AtMs =>
  Math.max(
    at,
    session?.plannedEndAt ?? at,
    session === null ? at : at + (drugLeftMs(session, at) ?? 0),
    session?.recoveryMinimumAt ?? at,
    session?.ending?.noDrivingUntil ?? at,
  );

export const isOpen = ({ phase }: SessionView): boolean => phase !== "discharged" && phase !== "abandoned";

/**
 * Whether it is what this version of the server answers: told by a part of every kind. Server and page are built together,
 * so what has these has the rest.
 */
function isSessionView(given: unknown): given is SessionView {
  const phase = field(given, "phase");
  return (
    typeof field(given, "id") === "string" &&
    PHASES.some((one) => one === phase) &&
    typeof field(field(given, "patient"), "initials") === "string" &&
    typeof field(given, "openedAt") === "number" &&
    protocolSchema.safeParse(field(given, "protocol")).success &&
    [
      "phases",
      "timeline",
      "startChecks",
      "dischargeChecks",
      "criteria",
      "observations",
      "medications",
      "missedObservations",
    ].every((name) => Array.isArray(field(given, name)))
  );
}
