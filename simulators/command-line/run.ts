/** The `vigil` command line: puts commands, clock and terminal together. Exit codes: 0 done, 1 the work failed, 2 the words were wrong. */
import { Command, CommanderError } from "commander";
import { systemClock } from "../clock/index.ts";
import { addAlarms, addImport, addPlay, addRecord, addScenarios, addSimulate, addWhatIf } from "../commands/index.ts";
import { FeedError } from "../feed/index.ts";
import { ImportError } from "../import/index.ts";
import { ScenarioError } from "../scenario/index.ts";
import { type Terminal, terminal, WorkFailed, WrongWords } from "../terminal/index.ts";

/** What closes files and connections, and tells how far it came, when it is interrupted. */
const ENDS_ITSELF: ReadonlySet<string> = new Set(["simulate", "play", "record", "what-if"]);
const EXPECTED = [WorkFailed, FeedError, ScenarioError, ImportError];

/**
 * Runs what the words of this process say, and sets its exit code.
 * @param addMore commands of other rooms
 */
export async function runCommandLine(addMore: (program: Command, terminal: Terminal) => void): Promise<void> {
  const interrupted = new AbortController();
  // Whoever reads the output may have seen enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

  const program = new Command("vigil")
    .description("Simulated monitors and patients, feeds and their alarms; the audit and backups of a server.")
    .exitOverride()
    .showHelpAfterError("(--help tells more)")
    .addHelpText("after", "\nExample:\n  vigil alarms session.ndjson --phase infusing")
    // The others have nothing to close: they end at once, as programs do.
    .hook("preAction", (_, command) => {
      if (!ENDS_ITSELF.has(command.name())) return;
      process.once("SIGINT", () => interrupted.abort());
      process.once("SIGTERM", () => interrupted.abort());
    });
  addSimulate(program, terminal, systemClock, interrupted.signal);
  addPlay(program, terminal, systemClock, interrupted.signal);
  addRecord(program, terminal, systemClock, interrupted.signal);
  addAlarms(program, terminal);
  addWhatIf(program, terminal, interrupted.signal);
  addScenarios(program, terminal);
  addImport(program, terminal);
  addMore(program, terminal);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): 0 | 1 | 2 {
  // Commander has said what is wrong already; asked for help, it has helped.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  terminal.say(error instanceof Error ? error.message : String(error));
  if (error instanceof WrongWords) return 2;
  // Anything else was not foreseen.
  if (!EXPECTED.some((kind) => error instanceof kind)) terminal.say("This is a fault of the program itself.");
  return 1;
}
