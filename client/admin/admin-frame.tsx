/** What the pages of administration have in common: the bar on top, the sections at the side, who administers. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AdminView } from "@vigil/shared/wire";
import type { ReactNode } from "react";
import { CoursesFrame, CoursesKit } from "../courses/courses-frame.tsx";
import { Refusal } from "../courses/refusal.tsx";
import { SignedIn } from "../people/index.ts";
import { adminQuery } from "./admin-api.ts";
import "./admin.css";

/** In the order in which they are needed; each page of administration has its line here. */
const SECTIONS = [
  ["/admin", "Bays"],
  ["/admin/protocols", "Protocols"],
  ["/admin/settings", "Escalation and retention"],
  ["/admin/people", "People"],
  ["/admin/displays", "Displays and monitors"],
  ["/admin/backups", "Backups"],
  ["/admin/audit", "Audit"],
] as const;

interface FrameProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function AdminFrame({ title, children }: FrameProps) {
  return (
    <CoursesKit>
      <CoursesFrame title={`${title}, administration`} aside={<SignedIn />}>
        <div className="admin">
          <nav className="admin-sections" aria-label="Administration" ref={bringCurrent}>
            {SECTIONS.map(([to, text]) => (
              <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
                {text}
              </Link>
            ))}
          </nav>
          <div className="admin-page">
            <h1>{title}</h1>
            {children}
          </div>
        </div>
      </CoursesFrame>
    </CoursesKit>
  );
}

/** On a phone the sections are one line that is pushed sideways: the one that is open stands in sight. */
function bringCurrent(nav: HTMLElement | null): void {
  const current = nav?.querySelector<HTMLElement>('[aria-current="page"]');
  if (nav == null || current == null) return;
  nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}

/** How things stand, once it is known. */
export function WithAdmin({ children }: { readonly children: (view: AdminView) => ReactNode }) {
  const { data, error } = useQuery(adminQuery);
  return (
    <>
      <Refusal why={error?.message ?? null} />
      {data !== undefined && children(data)}
    </>
  );
}
