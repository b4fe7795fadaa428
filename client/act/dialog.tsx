import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useValue } from "../ui/use-value.ts";
import { useActing } from "./acting.ts";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A question in front of the page; Escape closes it, and the focus goes back to where it was. While the page asks who acts
 * it stands aside with all that was typed, and is back with the answer.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { who } = useActing();
  const asking = useValue(who.asking);
  const isAside = useValue(who.me) !== null && asking > 0;
  // Closed while it still stands in the page: only then does the focus find its way back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (isAside) return;
    shown?.showModal();
    return () => shown?.close();
  }, [isAside]);
  return (
    <dialog
      className="dialog"
      ref={dialog}
      aria-labelledby={id}
      // At once: the platform's own word that it is closed comes so late that the next dialog may be asked for before it.
      onCancel={onClose}
      onClose={({ currentTarget }) => {
        // The event comes later than the closing: by then it may be shown again.
        if (!currentTarget.open && !isAside) onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
