/** `vigil import`: what others recorded, into a feed. */
import { readFileSync, realpathSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { type BayId, bayIdSchema } from "@vigil/shared/ids";
import { VITALS } from "@vigil/shared/vitals";
import { type Command as CommandLine, InvalidArgumentError, Option } from "commander";
import { writeFeed } from "../feed/index.ts";
import {
  type Column,
  ImportError,
  type Imported,
  importCsv,
  importPcd01,
  importWfdb,
  UNITS,
  type Unit,
} from "../import/index.ts";
import { fileReason, type Terminal, WrongWords } from "../terminal/index.ts";

const FORMATS = ["csv", "wfdb", "pcd01"] as const;
type Format = (typeof FORMATS)[number];
const ENDINGS: Readonly<Record<string, Format>> = { ".csv": "csv", ".hea": "wfdb", ".hl7": "pcd01" };

const USUAL_BAY = bayIdSchema.parse("1");

interface ImportWords {
  readonly out: string;
  readonly format?: Format;
  readonly bay?: BayId;
  readonly beds?: ReadonlyMap<string, BayId>;
  readonly time?: string;
  readonly columns: readonly Column[];
}

export function addImport(program: CommandLine, terminal: Terminal): void {
  program
    .command("import")
    .summary("CSV, WFDB numerics and PCD-01 captures to a feed")
    .description(
      "Reads what others recorded and writes a feed.\n" +
        "CSV: a first row of names, a time in seconds or ISO 8601, never going back; an empty cell was not measured, - or null\n" +
        "is no valid value; cells parted by semicolons or tabs may have decimal commas. WFDB: the header (.hea) beside its\n" +
        "data, formats 16, 80, 212. PCD-01: HL7 messages as captured; every bed (PV1-3) is a bay.\n" +
        "A file that is cut off keeps what is good, and says so.",
    )
    .argument("<file>", "what to read")
    .requiredOption("--out <feed>", "the feed to write: plain, .gz or .zst")
    .addOption(new Option("--format <format>", "left out: by the file's ending, .csv, .hea or .hl7").choices(FORMATS))
    .option(
      "--bay <id>",
      `the bay it is to be (default: ${USUAL_BAY}; the beds of a PCD-01 capture with several)`,
      bayWord,
    )
    .option("--beds <list>", "PCD-01: which beds become which bays, CHAIR3=3,CHAIR4=4; others are left out", bedsWord)
    .option("--time <column>", "CSV: the column of the time (default: the first)")
    .option("--columns <list>", "CSV: hr=Pulse,sbp=NIBP:kPa; default: columns named like vitals", columnsWord, [])
    .addHelpText(
      "after",
      `\nUnits of columns: ${Object.keys(UNITS).join(", ")}\n\nExample:\n  vigil import chart.csv --out chart.ndjson --time Time --columns hr=Pulse,spo2=SpO2:fraction`,
    )
    .action((path: string, words: ImportWords) => importFile(path, words, terminal));
}

async function importFile(path: string, words: ImportWords, terminal: Terminal): Promise<void> {
  const format = words.format ?? ENDINGS[extname(path).toLowerCase()];
  if (format === undefined) throw new WrongWords(`${path}: say with --format what it is: ${FORMATS.join(", ")}`);
  if (format !== "csv" && (words.time !== undefined || words.columns.length > 0)) {
    throw new WrongWords("--time and --columns are for CSV");
  }
  if (words.beds !== undefined && format !== "pcd01") throw new WrongWords("--beds is for PCD-01");
  if (words.beds !== undefined && words.bay !== undefined) throw new WrongWords("Name either --bay or --beds.");
  if (isSameFile(path, words.out)) throw new WrongWords(`--out ${words.out}: is the file to read; it would be lost`);
  const { header, lines, remarks } = read(path, format, words);
  for (const remark of remarks) terminal.say(`${path}: ${remark}`);
  if (lines.length === 0) throw new ImportError(path, null, "there is no reading in it; no feed was written");
  const feed = await writeFeed(words.out, header);
  try {
    for (const line of lines) await feed.write(line);
  } finally {
    await feed.close();
  }
  await terminal.print(`${words.out}: ${lines.length} ${lines.length === 1 ? "line" : "lines"}`);
}

function read(path: string, format: Format, words: ImportWords): Imported {
  const { bay = USUAL_BAY, time, columns } = words;
  switch (format) {
    case "csv":
      return importCsv(path, bytesOf(path).toString("utf8"), bay, { time: time ?? null, columns });
    case "wfdb":
      return importWfdb(path, bytesOf(path).toString("utf8"), bay, (file) => bytesOf(join(dirname(path), file)));
    case "pcd01":
      return importPcd01(path, bytesOf(path).toString("utf8"), {
        bay: words.bay ?? null,
        named: words.beds ?? new Map<string, BayId>(),
      });
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ImportError(path, null, fileReason(error, "read"));
  }
}

function bayWord(text: string): BayId {
  const bay = bayIdSchema.safeParse(text);
  if (bay.success) return bay.data;
  throw new InvalidArgumentError("It must be the name of a bay, such as 1.");
}

function bedsWord(text: string): ReadonlyMap<string, BayId> {
  return new Map(
    text.split(",").map((word): [string, BayId] => {
      const equals = word.lastIndexOf("=");
      const bay = bayIdSchema.safeParse(word.slice(equals + 1).trim());
      if (equals > 0 && bay.success) return [word.slice(0, equals).trim(), bay.data];
      throw new InvalidArgumentError(`"${word}" must be a bed (of PV1-3, or PV1-3 whole), =, and the bay it is to be.`);
    }),
  );
}

function columnsWord(text: string): Column[] {
  return text.split(",").map((word) => {
    const [vitalWord = "", named = ""] = word.split("=");
    const vital = VITALS.find((each) => each === vitalWord.trim());
    if (vital === undefined || named.trim() === "") {
      throw new InvalidArgumentError(
        `"${word}" must be a vital (${VITALS.join(", ")}), =, and the name of its column.`,
      );
    }
    const colon = named.lastIndexOf(":");
    const unit = colon < 0 ? undefined : unitNamed(named.slice(colon + 1).trim());
    if (unit === undefined) return { vital, name: named.trim(), unit: null };
    return { vital, name: named.slice(0, colon).trim(), unit };
  });
}

const isUnit = (text: string): text is Unit => Object.hasOwn(UNITS, text);
const unitNamed = (text: string): Unit | undefined => (isUnit(text) ? text : undefined);
