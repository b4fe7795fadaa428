import { type FormEvent, type ReactNode, useEffect } from "react";
import { Dialog, NoteLine, useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";

interface ActDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly place: string;
  /** Carries it out. @returns whether the dialog has done its work */
  readonly onSubmit: () => Promise<boolean> | boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in front of the page; it stays, with the reason, when it is refused. */
export function ActDialog({ title, submit, place, onSubmit, onClose, children }: ActDialogProps) {
  const { desk } = useActing();
  const waiting = useValue(desk.waiting).has(place);
  // What was said to the last who asked here is not for the next; what is said while it goes away is shown by the page.
  useEffect(() => desk.dismiss(place), [desk, place]);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (await onSubmit()) onClose();
    // What is wrong in a long form may be out of sight.
    else form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="dialog-form" onSubmit={send} noValidate>
        {children}
        <NoteLine place={place} />
        <div className="dialog-ends">
          <button type="button" className="act act-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="act act-main" aria-disabled={waiting}>
            {submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
