import type { AdminView } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { type Files, NO_FILES, type VersionKey } from "./question.ts";

/** Every version of the clinic's protocols, drafts too: what a draft would change is what one wants to know before it is approved. */
export function useVersions(): Files["versions"] {
  const [versions, setVersions] = useState(NO_FILES.versions);
  useEffect(() => {
    const leaving = new AbortController();
    fetch("/api/admin", { signal: leaving.signal })
      .then(async (response) => {
        if (!response.ok) return;
        // The same program speaks at both ends.
        const { protocols } = (await response.json()) as AdminView;
        setVersions(versionsOf(protocols));
      })
      // Who may not see them, or cannot now, chooses among the others.
      .catch(() => undefined);
    return () => leaving.abort();
  }, []);
  return versions;
}

const STATE_TEXT: { readonly [S in AdminView["protocols"][number]["versions"][number]["state"]]?: string } = {
  "in-use": "in use",
};

function versionsOf(protocols: AdminView["protocols"]): Files["versions"] {
  return new Map(
    protocols.flatMap(({ id, versions }) =>
      versions.map(({ version, document, state }) => {
        const key: VersionKey = `version:${id}:${version}`;
        const name = `${document.name}, version ${version} (${STATE_TEXT[state] ?? state})`;
        return [key, { name, protocol: document }] as const;
      }),
    ),
  );
}
