#!/usr/bin/env node
/** The `vigil` command: what the simulators bring, and the keeping of a server's journal. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  AuditUnreadable,
  BackupFailed,
  backupJournal,
  checkAudit,
  DataDirectoryError,
  reopenFirstStart,
  restoreJournal,
} from "@vigil/server/journal";
import { type AuditCheckpoint, auditCheckpointSchema, faultText, unprovenText } from "@vigil/shared/audit";
import { systemClock } from "@vigil/simulators/clock";
import { runCommandLine } from "@vigil/simulators/command-line";
import { fileReason, type Terminal, WorkFailed } from "@vigil/simulators/terminal";

type Program = Parameters<Parameters<typeof runCommandLine>[0]>[0];

const DATA = "./data";

await runCommandLine((program, terminal) => {
  addAudit(program, terminal);
  addBackup(program, terminal);
  addRestore(program, terminal);
  addPeople(program, terminal);
});

function addAudit(program: Program, terminal: Terminal): void {
  const audit = program.command("audit").summary("whether a journal's audit is whole");
  audit
    .command("verify")
    .description(
      "Walks the audit of a data directory (a server may be using it) or of a copied journal from its first entry to its last,\n" +
        "and names every entry that was changed, removed, slipped in or moved, and every act, decision, fact of a course and\n" +
        "mark whose own row was changed, removed or slipped in. What an earlier version kept without an entry is counted. A cut-off end shows against a checkpoint only. Exit code 1: it is not whole.",
    )
    .argument("[path]", "data directory or journal", DATA)
    .option("--checkpoint <file>", "written by vigil audit checkpoint, or a backup's .json")
    .addHelpText("after", "\nExample:\n  vigil audit verify ./data --checkpoint /mnt/safe/vigil-checkpoint.json")
    .action(async (path: string, { checkpoint }: { readonly checkpoint?: string }) => {
      const known = checkpoint === undefined ? null : readCheckpoint(checkpoint);
      const { entries, end, faults, unproven } = await sentences(() => checkAudit(path, known));
      for (const fault of faults) await terminal.print(faultText(fault));
      if (faults.length > 0) throw new WorkFailed(`The audit of ${path} is not whole.`);
      await terminal.print(`${entries} entries, whole; the last is ${end.hash}.`);
      for (const each of unproven) await terminal.print(unprovenText(each));
    });
  audit
    .command("checkpoint")
    .description(
      "Writes where the audit ends, as number and hash, to a file: keep it where nobody who can reach the journal can.\n" +
        "An audit that is not whole gets none.",
    )
    .argument("<file>", "where to; replaced if it exists")
    .option("--data <path>", "data directory or journal", DATA)
    .action(async (file: string, { data }: { readonly data: string }) => {
      const { end, faults } = await sentences(() => checkAudit(data));
      if (faults.length > 0) throw new WorkFailed(`The audit of ${data} is not whole; vigil audit verify tells more.`);
      try {
        writeFileSync(file, `${JSON.stringify(end)}\n`);
      } catch (error) {
        throw new WorkFailed(`${file}: ${fileReason(error, "written")}`);
      }
      await terminal.print(`Entry ${end.seq}, ${end.hash}, to ${file}.`);
    });
}

function addBackup(program: Program, terminal: Terminal): void {
  program
    .command("backup")
    .summary("a checked copy of a journal, while the server runs")
    .description(
      "Copies the journal as it is at one instant, checks the copy, and writes <file>.json beside it: counts, SHA-256, and\n" +
        "the end of the audit, which is a checkpoint.",
    )
    .argument("<file>", "the copy; must not exist")
    .option("--data <path>", "data directory", DATA)
    .addHelpText("after", "\nExample:\n  vigil backup /mnt/safe/vigil-2026-03-02.sqlite")
    .action(async (file: string, { data }: { readonly data: string }) => {
      const { bytes, inputs, audit } = await sentences(() => backupJournal(data, file, systemClock.now()));
      for (const fault of audit.faults) terminal.say(`The audit is not whole: ${fault}`);
      await terminal.print(`${file}: ${inputs} inputs, ${audit.entries} entries of the audit, ${bytes} bytes.`);
    });
}

function addRestore(program: Program, terminal: Terminal): void {
  program
    .command("restore")
    .summary("a backup to an empty data directory")
    .description(
      "Checks a backup and makes it the journal of a directory that has none and that no server uses. People, devices and\n" +
        "their keys are as they were when it was taken: whoever was revoked since is let in again until revoked again.\n" +
        "Exit code 1: nothing was restored, or what was restored has an audit that is not whole.",
    )
    .argument("<file>", "the backup")
    .requiredOption("--data <directory>", "data directory; made if it does not exist")
    .addHelpText("after", "\nExample:\n  vigil restore vigil-2026-03-02.sqlite --data ./data-restored")
    .action(async (file: string, { data }: { readonly data: string }) => {
      const { audit, takenAt, devices } = await sentences(() => restoreJournal(file, data, systemClock.now()));
      for (const fault of audit.faults) terminal.say(`The audit is not whole: ${fault}`);
      if (takenAt === null) {
        terminal.say(`${file}.json is missing: nobody can tell whether ${file} is what was backed up, or when.`);
      }
      if (devices > 0) {
        terminal.say(
          `${devices} ${devices === 1 ? "device is" : "devices are"} let in as when it was taken${takenAt === null ? "" : ` (${takenAt})`}, and so are people: whoever was revoked since, revoke again at /admin/displays and /admin/people before it is used.`,
        );
      }
      await terminal.print(
        `Restored, ${audit.entries} entries of the audit. Start with VIGIL_DATA=${resolve(data)} npm start`,
      );
      if (audit.faults.length > 0) throw new WorkFailed(`Restored to ${data}, with an audit that is not whole.`);
    });
}

function addPeople(program: Program, terminal: Terminal): void {
  program
    .command("people")
    .summary("a way back when no administrator can sign in")
    .command("reset")
    .description(
      "For the data directory of a server that is stopped. Its next start, and only\n" +
        "that, prints the one-time link again. Who opens it gives an administrator's\n" +
        "sign-in name: that one has the new password, no PIN, and is signed in nowhere\n" +
        "else. A name that nobody has makes another administrator. Nobody else is\n" +
        "changed. The audit tells of it.",
    )
    .option("--data <path>", "data directory", DATA)
    .addHelpText("after", "\nExample:\n  vigil people reset --data ./data")
    .action(async ({ data }: { readonly data: string }) => {
      await sentences(() => reopenFirstStart(data, systemClock.now()));
      await terminal.print(
        "Start the server again: it prints the link, once, and the link holds until the server stops.",
      );
    });
}

function readCheckpoint(file: string): AuditCheckpoint {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new WorkFailed(`${file}: ${fileReason(error, "read")}`);
  }
  try {
    return auditCheckpointSchema.parse(JSON.parse(text));
  } catch {
    throw new WorkFailed(
      `${file} is no checkpoint: vigil audit checkpoint writes one, and vigil backup a .json that is one.`,
    );
  }
}

/** What is expected to go wrong is said in its own words, without more. */
async function sentences<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isExpected = [AuditUnreadable, BackupFailed, DataDirectoryError].some((known) => error instanceof known);
    if (error instanceof Error && isExpected) throw new WorkFailed(error.message);
    throw error;
  }
}
