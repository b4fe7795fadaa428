/** Runbooks of technical alarms (the measuring, not the patient) and of procedural ones (the course of the session). */
import type { ProceduralAlarmId, TechnicalAlarmId } from "@vigil/shared/alarms";
import type { DisplayAlarmId } from "../ui/display-alarms.ts";
import type { Runbook } from "./runbook.ts";

const technical = (runbook: Omit<Runbook, "kind">): Runbook => ({ kind: "technical", ...runbook });
const procedural = (runbook: Omit<Runbook, "kind">): Runbook => ({ kind: "procedural", ...runbook });

const VIGIL = "How Vigil works (its alarm rules).";
const UNWATCHED = "Until a value is back, nobody is warned by it: watch the patient yourself.";

const signalLost = (what: string, first: readonly string[], causes: readonly string[]): Runbook =>
  technical({
    title: `${what} signal lost`,
    means: `The monitor talks, but has sent no valid ${what} for several seconds. The last figure is old; an alarm that stood on it stands.`,
    first: ["Look at the patient first.", ...first, UNWATCHED],
    causes,
    source: VIGIL,
  });

export const TECHNICAL: { readonly [I in TechnicalAlarmId | DisplayAlarmId]: Runbook } = {
  "signal-lost.spo2": signalLost(
    "SpO₂",
    [
      "Is the cuff measuring on the same arm? Then the value is back within 60 s; move the probe to the other hand.",
      "Put the probe on again; warm the finger; try another.",
    ],
    ["Probe off or loose", "Cuff on the same arm", "Cold finger, movement", "Cable out"],
  ),
  "signal-lost.hr": signalLost(
    "HR",
    ["Feel the pulse.", "Check electrodes or probe, and the cable to the monitor."],
    ["Electrode or probe off", "Movement", "Cable out"],
  ),
  "signal-lost.rr": signalLost(
    "RR",
    ["Count the breaths by eye.", "Check electrodes or sensor line, and the cable to the monitor."],
    ["Sensor moved or off", "Movement or talking", "Cable out"],
  ),
  "monitor-silent": technical({
    title: "Monitor silent",
    means:
      "Nothing comes from the bedside monitor: Vigil sees this patient no more. It says so once, instead of once for each vital. High after 30 s while the drug is on board.",
    first: [
      "Go to the bay. Look at the patient, then read the vital signs off the bedside monitor.",
      "Monitor off or on standby: switch it on.",
      "Monitor runs: check its network cable or radio; tell whoever looks after the network.",
      "Stay with the patient, or watch by the bedside monitor, until the tile is live again.",
    ],
    causes: ["Monitor switched off, on standby, or empty battery", "Cable out, network down", "Gateway stopped"],
    source: VIGIL,
  }),
  "pressure-overdue": technical({
    title: "Cuff overdue",
    means:
      "No blood pressure has come for more than its interval and a minute. Usual: every 10 min during, every 15 min after the infusion.",
    first: [
      "Start a measurement at the monitor (20–45 s).",
      "Failed: arm still, cuff at heart height, tube not bent; again.",
      "Check that the monitor measures by itself at the right interval.",
    ],
    causes: ["A measurement failed: about 3 % do", "Automatic measuring is off", "Cuff off or tube loose"],
    source: "Intervals: Emory. Time and failures of a cuff: the project’s clinical facts.",
  }),
  "clock-skew": technical({
    title: "Clock off",
    means:
      "The monitor’s clock differs from the server’s by more than 5 s. Values are live; times printed by the monitor are not to be compared.",
    first: ["Nothing to do at once.", "Set the monitor’s clock when the bay is free, or tell the technician."],
    causes: ["Monitor’s clock was set by hand, or lost", "Summer time", "No time server"],
    source: VIGIL,
  }),
  "server-lost": technical({
    title: "No link to the server",
    means: "This display hears nothing from the server. Nothing on it is live, and no alarm reaches it.",
    first: [
      "Look at the patients and the bedside monitors. Someone stays where they can be seen and heard.",
      "Is another display live? Then it is this one: check its network.",
      "None is: the server or the network is down; tell whoever looks after it.",
      "It comes back by itself; read the alarms then.",
    ],
    causes: ["Network cable or radio of this display", "Server stopped or restarting", "Network down"],
    source: VIGIL,
  }),
  "sound-blocked": technical({
    title: "Sound blocked, sound off",
    means: "Alarms are shown on this display and cannot be heard.",
    first: [
      "Press the band at the foot of the display, or any key.",
      "Listen for the test tone and answer what you heard.",
      "Nothing heard: loudspeaker connected, switched on, volume up?",
      "Until it sounds, somebody watches the display.",
    ],
    causes: [
      "The browser waits for a person’s press",
      "Loudspeaker off, or not there",
      "Another program took the sound",
    ],
    source: VIGIL,
  }),
  "screen-frozen": technical({
    title: "Screen frozen",
    means: "The picture on this display stands still. What it shows may be old.",
    first: [
      "Look at the patients and the bedside monitors.",
      "Reload the page (F5), or switch the display’s machine off and on.",
      "Comes again: use another display, and tell whoever looks after it.",
    ],
    causes: ["The machine is overloaded or out of memory", "Browser or graphics driver hangs", "The machine slept"],
    source: VIGIL,
  }),
};

export const PROCEDURAL: { readonly [I in ProceduralAlarmId]: Runbook } = {
  "plan-elapsed": procedural({
    title: "Planned time reached",
    means: "The planned time is over and the infusion still runs.",
    first: [
      "Look at pump and bag: finished?",
      "Finished: end the infusion in Vigil, so that the recovery is timed.",
      "Not finished: compare rate and plan; go on only by order.",
    ],
    causes: ["The end was not entered", "Paused or slower than planned", "The plan was changed and not entered"],
    source: VIGIL,
  }),
  "recovery-minimum-reached": procedural({
    title: "Recovery minimum reached",
    means:
      "The supervised stay that the protocol asks for at least is over. It does not say that the patient may go: other criteria are still open.",
    first: [
      "Measure vital signs, check orientation and dissociation.",
      "Score it: modified Aldrete ≥ 9 or PADSS ≥ 9.",
      "See in Vigil which criteria are open.",
    ],
    causes: ["Time passed as planned"],
    source: "Discharge scores: modified Aldrete, PADSS.",
  }),
  "dissociation-prolonged": procedural({
    title: "Dissociation prolonged",
    means:
      "More than 60 min after the infusion the dissociation is not recorded as over. Usually it ends within 30–60 min.",
    first: [
      "Sit with the patient: oriented to person, place, time, situation?",
      "Record it (CADSS-6).",
      "Over: record that, and the alarm ends.",
      "Not over: quiet room, no discharge, tell the physician.",
    ],
    causes: ["Slower in this patient", "Other sedating drugs", "Over, and not recorded"],
    source: "Course of dissociation: the project’s clinical timeline. Scale: CADSS-6.",
  }),
  "observation-overdue": procedural({
    title: "Observation overdue",
    means: "A nurse’s observation is due since 5 min or more.",
    first: ["Go to the patient: sedation, orientation, dissociation, nausea, pain.", "Record it in Vigil."],
    causes: ["Busy elsewhere", "Done, and not recorded"],
    source: "Scales: MOAA/S, RASS, CADSS-6; nausea and pain 0–10.",
  }),
  "ready-for-discharge": procedural({
    title: "Ready for discharge",
    means: "Every criterion of the protocol holds now. A person decides.",
    first: [
      "Look at the patient once more: awake, steady on the feet?",
      "Escort there, instructions given: no driving, no machinery for 24 h.",
      "Discharge in Vigil.",
    ],
    causes: ["Recovery went as planned"],
    source: "Discharge: modified Aldrete ≥ 9 or PADSS ≥ 9 with a competent adult escort; no driving 24 h.",
  }),
};
