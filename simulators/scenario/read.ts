/** Text of a scenario's file to a scenario: every mistake is named with file, line and a sentence. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { fileReason } from "../terminal/index.ts";
import type { Scenario } from "./scenario.ts";
import { scenarioSchema } from "./schema.ts";

/** What is wrong with a scenario's file: one line for each mistake, "file:line: sentence". */
export class ScenarioError extends Error {
  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.name = "ScenarioError";
  }
}

/** Part of a simulated session's id, so that whoever comes later knows which script runs. */
const NAME = /^[a-z][a-z-]{0,29}$/;
const ENDING = /\.ya?ml$/;

/** @throws ScenarioError */
export function readScenario(path: string): Scenario {
  return parseScenario(path, textOf(path));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ScenarioError([`${path}: ${fileReason(error, "read")}`]);
  }
}

/** @throws ScenarioError */
export function parseScenario(path: string, text: string): Scenario {
  const name = basename(path).replace(ENDING, "");
  if (!NAME.test(name)) {
    throw new ScenarioError([
      `${path}: the file's name is the scenario's: lower-case letters and hyphens, at most 30, such as probe-off.yaml`,
    ]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new ScenarioError(
      document.errors.map(({ pos, message }) => `${path}:${lineOf(pos[0])}: not YAML: ${message}`),
    );
  }
  const parsed = scenarioSchema.safeParse(plain(path, document));
  if (parsed.success) return { name, ...parsed.data };
  throw new ScenarioError(
    parsed.error.issues.flatMap((issue) =>
      mistakesOf(issue).map(({ at, sentence }) => `${path}:${lineOf(offsetOf(document, at))}: ${sentence}`),
    ),
  );
}

function plain(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ScenarioError([`${path}: not YAML: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

interface Mistake {
  readonly at: readonly PropertyKey[];
  readonly sentence: string;
}

function mistakesOf(issue: z.core.$ZodIssue): Mistake[] {
  const place = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const where = place === "" ? "" : ` in ${place}`;
    return issue.keys.map((key) => ({ at: [...issue.path, key], sentence: `there is no key "${key}"${where}` }));
  }
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return [{ at: issue.path, sentence: `${place === "" ? "the file is empty" : `${place} is missing`}` }];
  }
  return [{ at: issue.path, sentence: place === "" ? issue.message : `${place}: ${issue.message}` }];
}

/** Where in the text a path stands; what is missing, where its parent begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range != null) return node.range[0];
  }
  return 0;
}
