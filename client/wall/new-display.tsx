import type { DisplayCode } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { Notice } from "../ui/notice.tsx";

const ASKS_EVERY_MS = 3_000;

/** A screen that nobody has approved yet: it shows a code, and becomes a display when a supervisor enters that. */
export function NewDisplay({ reason }: { readonly reason: string }) {
  const code = useCode();
  if (code === null) {
    return (
      <Notice title="The server does not let this screen in">
        <p>{reason}</p>
        <p>This screen keeps asking.</p>
      </Notice>
    );
  }
  return (
    <Notice title="This screen is not a display yet">
      <p>A supervisor enters this code under Administration, Displays and monitors:</p>
      <p className="display-code">{code}</p>
      <p>
        It shows the wall by itself then, and can never act. A sign-in here, or an approval, that was good before has
        run out. <a href={`/sign-in?to=${encodeURIComponent(window.location.pathname)}`}>Sign in instead</a>
      </p>
    </Notice>
  );
}

/** The code to be approved; `null`: none was given. A new one comes when it has run out. */
function useCode(): string | null {
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leaving = new AbortController();
    const post = (path: string, body: unknown) =>
      fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: leaving.signal,
      });
    let secret: string | null = null;
    const ask = async (): Promise<void> => {
      try {
        if (secret === null) {
          const response = await post("/api/displays/codes", {});
          const given: DisplayCode | null = response.ok ? await response.json() : null;
          secret = given?.secret ?? null;
          setCode(given?.code ?? null);
        } else {
          const { status } = await post("/api/displays/collect", { secret });
          if (status === 204) return window.location.reload();
          if (status === 404) secret = null;
        }
      } catch {
        // The server is away: asked again.
      }
      if (!leaving.signal.aborted) timer = setTimeout(() => void ask(), ASKS_EVERY_MS);
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);
  return code;
}
