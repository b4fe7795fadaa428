import { useEffect, useRef } from "react";

/** Why something was not kept, where it was pressed: of a form also when the button is the last that a small screen shows. */
export function Refusal({ why }: { readonly why: string | null }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const { current } = place;
    if (why !== null && current?.closest("form")) current.scrollIntoView?.({ block: "nearest" });
  }, [why]);
  return why === null ? null : (
    <p className="refusal" role="alert" ref={place}>
      {why}
    </p>
  );
}
