import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Followed within the page, so that sound and calls go on. */
export function PlaceLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const { history } = useRouter();
  return (
    <a
      href={href}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.push(href);
      }}
    >
      {children}
    </a>
  );
}
