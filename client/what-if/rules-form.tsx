/** Two sets of rules: each session's own, the built-in protocol, a file's, or the first with some vitals edited. */
import { limitCautions, protocolSchema } from "@vigil/shared/protocol";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import { useId, useRef, useState } from "react";
import { VitalRules } from "../ui/vital-rules.tsx";
import { type After, baseOf, type Files, type NamedProtocol, type Question, SIDES, type Side } from "./question.ts";

const SIDE_TEXT: { readonly [S in (typeof SIDES)[number] | "edits"]: string } = {
  recorded: "Each session’s own rules",
  "built-in": "Built-in adult ketamine",
  file: "A file …",
  edits: "The same, edited here",
};

const isPlain = (side: After): side is keyof typeof SIDE_TEXT => Object.hasOwn(SIDE_TEXT, side);
const sideText = (side: After, { versions }: Files): string =>
  isPlain(side) ? SIDE_TEXT[side] : (versions.get(side)?.name ?? "A version that is not there");

interface RulesFormProps {
  readonly question: Question;
  readonly files: Files;
  readonly onChange: (more: Partial<Question>) => void;
  readonly onFiles: (files: Files) => void;
}

export function RulesForm({ question, files, onChange, onFiles }: RulesFormProps) {
  const { before, after } = question;
  const versions = [...files.versions.keys()];
  const text = (side: After) => sideText(side, files);
  return (
    <div className="what-if-rules">
      <fieldset>
        <legend>Before</legend>
        <SidePick<Side>
          label="Rules"
          all={[...SIDES, ...versions]}
          value={before}
          text={text}
          onPick={(side) => onChange({ before: side })}
        />
        {before === "file" && <FilePick file={files.before} onFile={(file) => onFiles({ ...files, before: file })} />}
      </fieldset>
      <fieldset>
        <legend>After</legend>
        <SidePick<After>
          label="Rules"
          all={["edits", ...SIDES, ...versions]}
          value={after}
          text={text}
          onPick={(side) => onChange({ after: side })}
        />
        {after === "file" && <FilePick file={files.after} onFile={(file) => onFiles({ ...files, after: file })} />}
        {after === "edits" && <Edits question={question} files={files} onChange={onChange} />}
      </fieldset>
    </div>
  );
}

interface SidePickProps<S extends After> {
  readonly label: string;
  readonly all: readonly S[];
  readonly value: S;
  readonly text: (side: After) => string;
  readonly onPick: (side: S) => void;
}

function SidePick<S extends After>({ label, all, value, text, onPick }: SidePickProps<S>) {
  const id = useId();
  return (
    <div className="what-if-pick">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onPick(all.find((each) => each === target.value) ?? value)}
      >
        {(all.includes(value) ? all : [value, ...all]).map((each) => (
          <option key={each} value={each}>
            {text(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Edits({ question, files, onChange }: Omit<RulesFormProps, "onFiles">) {
  const [vital, setVital] = useState<Vital>(question.edits[0]?.vital ?? "spo2");
  // What is being typed must not go with what was typed before it: only this begins the table anew.
  const [resets, setResets] = useState(0);
  const id = useId();
  const { edits } = question;
  const edited = edits.find((each) => each.vital === vital);
  const others = edits.filter((each) => each.vital !== vital);
  return (
    <>
      <div className="what-if-edit">
        <div className="what-if-pick">
          <label htmlFor={id}>Vital</label>
          <select
            id={id}
            value={vital}
            onChange={({ target }) => setVital(VITALS.find((each) => each === target.value) ?? "spo2")}
          >
            {VITALS.map((each) => (
              <option key={each} value={each}>
                {VITAL_FACTS[each].label}
                {edits.some((edit) => edit.vital === each) ? " (changed)" : ""}
              </option>
            ))}
          </select>
        </div>
        <button
          type="button"
          className="act act-quiet"
          aria-disabled={edits.length === 0 || undefined}
          onClick={() => {
            setResets(resets + 1);
            onChange({ edits: [] });
          }}
        >
          Nothing edited again
        </button>
      </div>
      <VitalRules
        key={`${vital} ${question.before} ${resets}`}
        vital={vital}
        base={baseOf(question, files)}
        edited={edited}
        onEdit={(edit) => onChange({ edits: [...others, edit] })}
      />
      {edited !== undefined &&
        limitCautions({ [vital]: edited.limits }).map(({ sentence }) => (
          <p key={sentence} className="what-if-note">
            {sentence}
          </p>
        ))}
      <p className="what-if-note">
        {question.before === "recorded"
          ? "A vital that is changed has these limits in every session; the others keep each session’s own."
          : "Only what is changed here differs."}{" "}
        An empty limit is off. What a nurse edited during a session stays as edited.
      </p>
    </>
  );
}

interface FilePickProps {
  readonly file: NamedProtocol | null;
  readonly onFile: (file: NamedProtocol | null) => void;
}

function FilePick({ file, onFile }: FilePickProps) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const take = async (chosen: File) => {
    const read = protocolOf(await chosen.text().catch(() => ""));
    onFile("protocol" in read ? { name: chosen.name, protocol: read.protocol } : null);
    setWrong("wrong" in read ? read.wrong.map((each) => `${chosen.name}: ${each}`) : []);
  };
  return (
    <div className="what-if-file">
      <button type="button" className="act" onClick={() => input.current?.click()}>
        {file === null ? "Choose a protocol …" : "Another file …"}
      </button>
      <input
        ref={input}
        type="file"
        className="unseen"
        tabIndex={-1}
        aria-label="Protocol file"
        accept=".json"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen !== undefined) void take(chosen);
          target.value = "";
        }}
      />
      {file !== null && (
        <p>
          <b>{file.protocol.name}</b> from {file.name}
        </p>
      )}
      {file !== null &&
        limitCautions(file.protocol.limits).map(({ sentence }) => (
          <p key={sentence} className="what-if-note">
            {sentence}
          </p>
        ))}
      {wrong.length > 0 && (
        <ul role="alert">
          {wrong.slice(0, 5).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A protocol as JSON, or what is wrong with it, place by place. */
function protocolOf(text: string) {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { wrong: ["It is not JSON."] };
  }
  const parsed = protocolSchema.safeParse(document);
  if (parsed.success) return { protocol: parsed.data };
  return { wrong: parsed.error.issues.map(({ path, message }) => `${path.join(".") || "document"}: ${message}`) };
}
