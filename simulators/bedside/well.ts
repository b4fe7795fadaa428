import type { Protocol } from "@vigil/shared/protocol";
import type { DischargeScore } from "@vigil/shared/session";

const ALDRETE_WELL: DischargeScore = {
  scale: "aldrete",
  activity: 2,
  respiration: 2,
  circulation: 2,
  consciousness: 2,
  oxygen: 2,
};
const PADSS_WELL: DischargeScore = { scale: "padss", vitalSigns: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 };

/** Ten of ten, by the protocol's scale: what a patient who is well again reaches. */
export const scoreOfWell = ({ dischargeScore }: Protocol): DischargeScore =>
  dischargeScore.scale === "aldrete" ? ALDRETE_WELL : PADSS_WELL;
