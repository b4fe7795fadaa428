import { Dialog } from "./dialog.tsx";

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["↓", "j"], "next alarm"],
  [["↑", "k"], "alarm before"],
  [["Enter", "a"], "acknowledge"],
  [["p"], "pause the bay’s sound for 2 min, or end the pause"],
  [["r"], "runbook"],
  [["?"], "these keys"],
];

export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>Keys act on the alarm that is framed.</p>
      <form method="dialog">
        <button type="submit" className="act">
          Close
        </button>
      </form>
    </Dialog>
  );
}
