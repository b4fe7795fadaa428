/** A capture as what its messages say of one bed at one time. */
import { ImportError } from "./imported.ts";
import type { Remarks } from "./remarks.ts";

export interface Segment {
  readonly fields: readonly string[];
  readonly line: number;
}

export interface Group {
  /** Of the message. */
  readonly line: number;
  /** PV1-3, without what is empty at its end; "": the message does not say. */
  readonly place: string;
  /** OBR-7, or MSH-7. */
  readonly when: string;
  readonly observations: readonly Segment[];
}

/** Of MLLP, around each message. */
const BEGINS = "\u000b";
const ENDS = "\u001c";

/** @throws ImportError */
export function groupsOf(path: string, text: string, remarks: Remarks): readonly Group[] {
  const messages = messagesOf(path, text, remarks);
  return messages.flatMap((message) => {
    const [head] = message;
    const type = head?.fields[8] ?? "";
    if (head === undefined) return [];
    if (type.startsWith("ORU^R01")) return groupsOfMessage(head, message);
    const shown = type.slice(0, 40);
    remarks.once(`type ${shown}`, head.line, `a message of type "${shown}" is no PCD-01 and was left out`);
    return [];
  });
}

function messagesOf(path: string, text: string, remarks: Remarks): Segment[][] {
  const segments = text
    .replaceAll(BEGINS, "")
    .replaceAll(ENDS, "")
    .split(/\r\n|\r|\n/)
    .map((line, i): Segment => ({ fields: line.split("|"), line: i + 1 }))
    .filter(({ fields }) => fields.some((field) => field.trim() !== ""));
  const first = segments[0];
  if (first === undefined) throw new ImportError(path, null, "is empty");
  if (first.fields[0] !== "MSH") throw new ImportError(path, first.line, "a message begins with an MSH segment");
  const messages: Segment[][] = [];
  for (const segment of segments) {
    if (segment.fields[0] === "MSH") messages.push([segment]);
    else messages.at(-1)?.push(segment);
  }
  if (!["\r", "\n", ENDS].some((end) => text.endsWith(end))) {
    const last = messages.at(-1) ?? [];
    const cut = last.pop();
    // What was measured is not there yet, perhaps not even whose it was.
    if (!last.some(({ fields }) => fields[0] === "OBX")) messages.pop();
    remarks.once("cut", null, `the file is cut off in line ${cut?.line ?? 1}; the segments before it were kept`);
  }
  return messages;
}

/** A message may tell of several patients, and of one at several times: a new PID, PV1 or OBR begins what follows. */
function groupsOfMessage(head: Segment, message: readonly Segment[]): Group[] {
  const sent = head.fields[6] ?? "";
  const groups: { line: number; place: string; when: string; observations: Segment[] }[] = [];
  let place = "";
  let when = "";
  let isOpen = false;
  for (const segment of message) {
    const { fields } = segment;
    switch (fields[0]) {
      case "PID":
        [place, when, isOpen] = ["", "", false];
        break;
      case "PV1":
        place = placeOf(fields[3] ?? "");
        isOpen = false;
        break;
      case "OBR": {
        const own = fields[7] ?? "";
        if (own !== "" && own !== when) [when, isOpen] = [own, false];
        break;
      }
      case "OBX":
        if (!isOpen) groups.push({ line: head.line, place, when: when || sent, observations: [] });
        isOpen = true;
        groups.at(-1)?.observations.push(segment);
    }
  }
  // A message that tells of nothing is a message of the monitor all the same.
  return groups.length > 0 ? groups : [{ line: head.line, place, when: when || sent, observations: [] }];
}

const placeOf = (field: string): string =>
  field
    .split("^")
    .slice(0, 3)
    .map((part) => (part.split("&")[0] ?? "").trim())
    .join("^")
    .replace(/\^+$/, "");
