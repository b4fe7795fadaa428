import { personIdSchema } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";

const nurse = (id: string, name: string): Actor => ({ id: personIdSchema.parse(id), name, role: "nurse" });

/** Invented people; each looks after some bays. */
const NURSES = [
  nurse("sim-nurse-1", "Amara Lind (simulated)"),
  nurse("sim-nurse-2", "Jonas Weber (simulated)"),
  nurse("sim-nurse-3", "Rosa Silva (simulated)"),
  nurse("sim-nurse-4", "Mei Tanaka (simulated)"),
] as const;

/** Who looks after the bay in this place of the ward: neighbours share a nurse. */
export const nurseOfPlace = (place: number): Actor => NURSES[Math.floor(place / 2) % NURSES.length] ?? NURSES[0];
