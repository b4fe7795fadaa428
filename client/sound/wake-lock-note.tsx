import type { ReactNode } from "react";
import { useWakeLock } from "./use-wake-lock.ts";

/** Keeps the screen on; says so in a line where it cannot, and nothing where it can. */
export function WakeLockNote() {
  const state = useWakeLock();
  switch (state.kind) {
    case "unsupported":
      return <Note>This screen may switch itself off: the page needs https, or the machine’s own setting.</Note>;
    case "refused":
      return <Note title={state.reason}>This screen may switch itself off: the browser refuses to keep it on.</Note>;
    default:
      return null;
  }
}

/** `title`: the browser's own words. */
function Note({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <aside className="screen-note" aria-label="About this screen" {...(title === undefined ? {} : { title })}>
      <p>{children}</p>
    </aside>
  );
}
