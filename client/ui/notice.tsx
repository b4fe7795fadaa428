import type { ReactNode } from "react";
import "./notice.css";

/** A page that has nothing to show yet, and says why. */
export function Notice({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <main className="notice">
      <title>{`${title} · Vigil`}</title>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
