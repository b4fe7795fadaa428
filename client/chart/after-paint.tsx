/** What may come a moment later than what people look at first. */
import { type ReactNode, startTransition, useEffect, useState } from "react";

/** Renders its children once the rest of the page has been painted, in steps that let the page answer in between. */
export function AfterPaint({ children }: { readonly children: () => ReactNode }) {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return painted ? children() : null;
}
