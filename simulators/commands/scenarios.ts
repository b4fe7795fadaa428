/** `vigil scenarios`: what there is to simulate, and whether a scenario raises what it says. */
import { existsSync } from "node:fs";
import type { Command as CommandLine } from "commander";
import { nearestNames, readScenario, type Scenario, scenarioNamed, scenarioNames } from "../scenario/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { tryScenario } from "../trial/index.ts";
import { countWord } from "./words.ts";

const USUAL_TRIALS = 3;

interface ScenariosWords {
  readonly seeds: number;
}

export function addScenarios(program: CommandLine, terminal: Terminal): void {
  program
    .command("scenarios")
    .summary("lists the scenarios; tries those that are named")
    .description(
      "Without words: every scenario of the library with one line.\n" +
        "With names or YAML files: runs a whole session of each with the engine, offline, and says whether it raises the\n" +
        "alarms that the scenario expects, and nothing else.",
    )
    .argument("[name|file...]", "scenarios to try")
    .option("--seeds <n>", "how many patients to try each with", countWord, USUAL_TRIALS)
    .addHelpText("after", "\nExample:\n  vigil scenarios desaturation my-scenario.yaml --seeds 10")
    .action((named: string[], words: ScenariosWords) => scenarios(named, words, terminal));
}

async function scenarios(named: readonly string[], { seeds }: ScenariosWords, terminal: Terminal): Promise<void> {
  if (named.length === 0) return terminal.print(listOfScenarios());
  let failed = 0;
  for (const scenario of named.map(scenarioWord)) {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { reached, complaints } = tryScenario(scenario, seed);
      const raised = reached.map(({ alarm, priority }) => `${alarm} ${priority}`).join(", ");
      await terminal.print(
        `${scenario.name} seed ${seed}: ${complaints.length === 0 ? "as expected" : "NOT as expected"}: ${raised}`,
      );
      for (const complaint of complaints) await terminal.print(`  ${complaint}`);
      if (complaints.length > 0) failed += 1;
    }
  }
  if (failed > 0) throw new WorkFailed(`${failed} of ${named.length * seeds} sessions were not as expected`);
}

export const listOfScenarios = (): string =>
  scenarioNames()
    .map((name) => `  ${name.padEnd(24)}${scenarioNamed(name)?.says ?? ""}`)
    .join("\n");

/** A scenario of the library, or of a file. @throws WrongWords @throws ScenarioError */
export function scenarioWord(text: string): Scenario {
  const found = scenarioNamed(text);
  if (found !== null) return found;
  if (/[./\\]/.test(text) || existsSync(text)) return readScenario(text);
  throw new WrongWords(
    `${text}: there is no such scenario, and no such file. The nearest names: ${nearestNames(text).join(", ")}. ` +
      "All of them: vigil scenarios",
  );
}
