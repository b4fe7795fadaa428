/**
 * Runbooks of the limit alarms. Figures are those of the project's clinical facts (clinical.md, named in each source); the
 * rest is ordinary nursing practice. Nothing here is a rule for treatment: that is the clinic's.
 */
import type { LimitAlarmId } from "@vigil/shared/alarms";
import type { Runbook } from "./runbook.ts";

const PATIENT_FIRST = "Go to the patient. Look, speak, touch: awake, breathing, what colour?";
const CALL =
  "Anything wrong with the patient, or you are not sure: call for help and follow the clinic’s emergency plan.";
const REPEAT_CUFF = "Repeat the measurement: arm at heart height, still, right cuff size.";
const PRACTICE = "Common clinical practice.";
const PRESSURES =
  "Notify and act figures: common clinical practice. Course of the pressure: 2,252 treatments (mean rise 12.6 / 8.5 mmHg) and Yale (peak +16 / +11 mmHg).";

const limit = (runbook: Omit<Runbook, "kind">): Runbook => ({ kind: "physiological", ...runbook });

export const PHYSIOLOGICAL: { readonly [I in LimitAlarmId]: Runbook } = {
  "spo2.low": limit({
    title: "SpO₂ low",
    means: "The oxygen saturation is below its limit and has stayed there. 97–99 % is usual at rest.",
    first: [
      PATIENT_FIRST,
      "Sleepy or shallow breathing: rouse, ask for deep breaths, head up, open the airway.",
      "Check probe and finger: warm, still, no nail varnish, not on the arm with the cuff.",
      "Still low: oxygen and pausing the infusion by the clinic’s orders.",
      CALL,
    ],
    causes: [
      "Sedation with shallow breathing, or a blocked airway",
      "Probe loose, cold finger, movement",
      "Cuff on the same arm: blanks the value for up to 60 s",
    ],
    source: `${PRACTICE} Sedation and respiratory depression are watched for in the nasal esketamine programme.`,
  }),
  "spo2.high": limit({
    title: "SpO₂ high",
    means: "The oxygen saturation is above a limit that someone set for this session. The built-in protocol has none.",
    first: [
      "Look at the patient and at the oxygen, if any is given.",
      "Ask who set the limit, and for what.",
      "Adjust the oxygen by the clinic’s orders.",
    ],
    causes: ["More oxygen than is wanted for this patient", "A limit left from an earlier purpose"],
    source: PRACTICE,
  }),
  "hr.low": limit({
    title: "Heart rate low",
    means: "The heart beats more slowly than its limit, and has for several seconds.",
    first: [
      PATIENT_FIRST,
      "Feel the pulse and compare it with the monitor.",
      "Take a blood pressure now.",
      "Pale, faint, dizzy or low pressure: lay flat, pause the infusion, call the physician.",
      CALL,
    ],
    causes: [
      "Faint (vagal): needle, nausea, pain",
      "Usual for this patient: athlete, beta blocker (see the baseline)",
      "Probe or electrodes count wrongly",
    ],
    source: `Below 50 /min: notify (practice). ${PRACTICE}`,
  }),
  "hr.high": limit({
    title: "Heart rate high",
    means:
      "The heart beats faster than its limit, and has for several seconds. Ketamine raises it a little: +4 /min on average.",
    first: [
      PATIENT_FIRST,
      "Feel the pulse: regular? Compare it with the monitor.",
      "Ask about chest pain, breathlessness, fear. Calm voice, calm room.",
      "Take a blood pressure now.",
      CALL,
    ],
    causes: [
      "Fear or a distressing experience",
      "Pain, nausea, a full bladder",
      "Movement read as beats",
      "An abnormal rhythm",
    ],
    source: `Above 120 /min: notify (practice). Mean rise 4.1 (0.6–7.6) /min in 2,252 treatments.`,
  }),
  "rr.low": limit({
    title: "Respiratory rate low",
    means: "The monitor counts fewer breaths than the limit.",
    first: [
      "Go to the patient now and watch the chest for a full half minute.",
      "Rouse and speak: does the patient answer and breathe deeper?",
      "Open the airway; look at SpO₂.",
      "Really slow or not breathing: stop the infusion, call for help, support breathing by the clinic’s emergency plan.",
    ],
    causes: ["Sedation, other sedating drugs", "Blocked airway, snoring", "Sensor does not see shallow breaths"],
    source: `${PRACTICE} Sedation and respiratory depression are watched for in the nasal esketamine programme.`,
  }),
  "rr.high": limit({
    title: "Respiratory rate high",
    means: "The monitor counts more breaths than the limit.",
    first: [
      "Go to the patient. Count the breaths yourself.",
      "Look at SpO₂ and at the colour; ask about breathlessness and chest pain.",
      "Frightened: stay, calm voice, slow breathing together.",
      CALL,
    ],
    causes: [
      "Fear, hyperventilation",
      "Pain or nausea",
      "Talking or movement counted as breaths",
      "Trouble with lungs or heart",
    ],
    source: PRACTICE,
  }),
  "sbp.high": limit({
    title: "Systolic pressure high",
    means:
      "One cuff measurement is above the limit, or more than the allowed rise over this session’s baseline (built-in: 30 %). A rise is expected: strongest at about 40 min, back by about 90 min after the infusion.",
    first: [
      "Look at the patient. Ask about headache, chest pain, breathlessness, sight.",
      REPEAT_CUFF,
      "No symptoms: pause and recheck in 5 min before stopping.",
      "Symptoms, or still critical: stop the infusion and call the physician.",
    ],
    causes: [
      "The drug’s expected effect",
      "Fear, pain, full bladder",
      "Arm moved or bent, cuff too small",
      "Blood pressure drugs not taken",
    ],
    source: `${PRESSURES} “Pause and recheck in 5 min” before “stop”: practice.`,
  }),
  "sbp.low": limit({
    title: "Systolic pressure low",
    means: "One cuff measurement is below the limit.",
    first: [
      PATIENT_FIRST,
      "Lay the patient flat; feel the pulse.",
      REPEAT_CUFF,
      "Still low or unwell: pause the infusion and call the physician.",
    ],
    causes: [
      "Faint (vagal), standing up",
      "Blood pressure drugs, too little to drink",
      "Cuff loose, too large, or arm above the heart",
    ],
    source: PRACTICE,
  }),
  "dbp.high": limit({
    title: "Diastolic pressure high",
    means:
      "One cuff measurement is above the limit, or more than the allowed rise over this session’s baseline (built-in: 30 %). A rise is expected: strongest at about 40 min, back by about 90 min after the infusion.",
    first: [
      "Look at the patient. Ask about headache, chest pain, breathlessness, sight.",
      REPEAT_CUFF,
      "No symptoms: pause and recheck in 5 min before stopping.",
      "Symptoms, or still critical: stop the infusion and call the physician.",
    ],
    causes: [
      "The drug’s expected effect",
      "Fear, pain, full bladder",
      "Arm moved or bent, cuff too small",
      "Blood pressure drugs not taken",
    ],
    source: `${PRESSURES} “Pause and recheck in 5 min” before “stop”: practice.`,
  }),
  "dbp.low": limit({
    title: "Diastolic pressure low",
    means: "One cuff measurement is below the limit.",
    first: [
      PATIENT_FIRST,
      "Lay the patient flat; feel the pulse.",
      REPEAT_CUFF,
      "Still low or unwell: pause the infusion and call the physician.",
    ],
    causes: ["Faint (vagal), standing up", "Blood pressure drugs, too little to drink", "Cuff loose or too large"],
    source: PRACTICE,
  }),
  "map.high": limit({
    title: "Mean pressure high",
    means: "One cuff measurement has a mean above a limit that someone set. The built-in protocol has none.",
    first: [
      "Look at the patient. Ask about headache, chest pain, breathlessness, sight.",
      REPEAT_CUFF,
      "Judge it with systolic and diastolic; go on as for those.",
    ],
    causes: ["The drug’s expected effect", "Fear, pain, full bladder", "Arm moved or bent, cuff too small"],
    source: PRESSURES,
  }),
  "map.low": limit({
    title: "Mean pressure low",
    means: "One cuff measurement has a mean below a limit that someone set. The built-in protocol has none.",
    first: [
      PATIENT_FIRST,
      "Lay the patient flat; feel the pulse.",
      REPEAT_CUFF,
      "Still low or unwell: call the physician.",
    ],
    causes: ["Faint (vagal), standing up", "Blood pressure drugs, too little to drink", "Cuff loose or too large"],
    source: PRACTICE,
  }),
};
