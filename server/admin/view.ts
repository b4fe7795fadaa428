/** How things stand, as the pages of administration show it. */
import {
  type Administration,
  type ProtocolLine,
  protocolsInUse,
  STANDARD_PROTOCOL,
  versionState,
} from "@vigil/shared/administration";
import { type Bay, clockSkewMs } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { limitCautions } from "@vigil/shared/protocol";
import type { AdminView, MonitorView } from "@vigil/shared/wire";

export interface ViewFacts {
  readonly at: AtMs;
  readonly zone: string;
  /** Those in use. */
  readonly bays: readonly Bay[];
  readonly droppedOf: (bay: Bay["id"]) => { readonly count: number; readonly last: string } | null;
  readonly thinnedSessions: number;
}

export function adminView(state: Administration, facts: ViewFacts): AdminView {
  const { at, zone, bays, droppedOf, thinnedSessions } = facts;
  const occupied = new Set(bays.filter(({ session }) => session !== null).map(({ id }) => id));
  const inUse = protocolsInUse(state, at);
  const lines: readonly ProtocolLine[] = [
    state.protocols.find(({ id }) => id === STANDARD_PROTOCOL) ?? { id: STANDARD_PROTOCOL, versions: [] },
    ...state.protocols.filter(({ id }) => id !== STANDARD_PROTOCOL),
  ];
  return {
    ...{ at, zone, targets: state.targets, backup: state.backup },
    bays: state.bays.map((bay) => ({ ...bay, isOccupied: occupied.has(bay.id) })),
    monitors: bays.map(({ id, monitor }): MonitorView => {
      const dropped = droppedOf(id);
      return {
        bay: id,
        lastMessageAt: monitor.lastMessageAt,
        cadenceS: monitor.cadenceS,
        skewMs: clockSkewMs(monitor.clock),
        dropped: dropped?.count ?? 0,
        lastDropped: dropped?.last ?? null,
      };
    }),
    protocols: lines.map((line) => ({
      id: line.id,
      inUse: inUse.find(({ id }) => id === line.id)?.protocol ?? null,
      versions: line.versions.map((version) => ({
        ...version,
        state: versionState(line, version, at),
        cautions: limitCautions(version.document.limits),
      })),
    })),
    retention: { readingsDays: state.readingsDays, thinnedSessions },
  };
}
