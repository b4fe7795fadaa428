import { useValue } from "../ui/use-value.ts";
import { useActing } from "./acting.ts";

/** Why the press at this place did not do what it says; nothing otherwise. */
export function NoteLine({ place, before }: { readonly place: string; readonly before?: string }) {
  const { desk } = useActing();
  const note = useValue(desk.notes).get(place);
  if (note === undefined) return null;
  return (
    <p className="note" role="alert">
      <span>
        {before}
        {note.text}
      </span>
      <button type="button" className="act act-quiet" onClick={() => desk.dismiss(place)}>
        Dismiss
      </button>
    </p>
  );
}
