import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { browserTime, type LiveBoard, openLiveBoard, openSocket } from "../live/index.ts";
import type { Reading } from "./wall-runbook.tsx";
import { WallWithSound } from "./wall-sound.tsx";

export function DefaultWallPage() {
  return <LiveWall board={undefined} reading={readingOf(useSearch({ from: "/wall" }))} />;
}

export function BoardWallPage() {
  const { board } = useParams({ from: "/wall/$board" });
  return <LiveWall key={board} board={board} reading={readingOf(useSearch({ from: "/wall/$board" }))} />;
}

interface LiveWallProps {
  readonly board: string | undefined;
  readonly reading: Reading | null;
}

const readingOf = ({ runbook, bay }: { readonly runbook?: string; readonly bay?: string }): Reading | null =>
  runbook === undefined ? null : { alarm: runbook, bay: bay ?? null };

function LiveWall({ board, reading }: LiveWallProps) {
  const [live, setLive] = useState<LiveBoard | null>(null);
  useRunbookLinks();
  useEffect(() => {
    const opened = openLiveBoard(openSocket(), browserTime, board);
    setLive(opened);
    return () => opened.close();
  }, [board]);
  return live === null ? null : <WallWithSound live={live} reading={reading} />;
}

/** Opened within the page, which goes on sounding. */
function useRunbookLinks(): void {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      const { target } = event;
      const link = target instanceof Element ? target.closest<HTMLElement>("[data-href], a[href*='?runbook=']") : null;
      if (link === null || event.defaultPrevented) return;
      const named = link.getAttribute("data-href");
      const href = named ?? link.getAttribute("href") ?? "";
      if (event.ctrlKey || event.metaKey || event.shiftKey) {
        // In a tab of its own, which the browser sees to itself for its own links only.
        if (named !== null) window.open(href, "_blank", "noopener");
        return;
      }
      event.preventDefault();
      router.history.push(href);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);
}
