import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { browserTime, type LiveBoard, openLiveBoard, openSocket } from "../live/index.ts";
import { WallWithSound } from "./wall-sound.tsx";

export function DefaultWallPage() {
  const { runbook } = useSearch({ from: "/wall" });
  return <LiveWall board={undefined} runbook={runbook ?? null} />;
}

export function BoardWallPage() {
  const { board } = useParams({ from: "/wall/$board" });
  const { runbook } = useSearch({ from: "/wall/$board" });
  return <LiveWall key={board} board={board} runbook={runbook ?? null} />;
}

interface LiveWallProps {
  readonly board: string | undefined;
  /** The alarm whose runbook is read on it. */
  readonly runbook: string | null;
}

function LiveWall({ board, runbook }: LiveWallProps) {
  const [live, setLive] = useState<LiveBoard | null>(null);
  useRunbookLinks();
  useEffect(() => {
    const opened = openLiveBoard(openSocket(), browserTime, board);
    setLive(opened);
    return () => opened.close();
  }, [board]);
  return live === null ? null : <WallWithSound live={live} runbook={runbook} />;
}

/** Opened within the page, which goes on sounding. */
function useRunbookLinks(): void {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href*='?runbook=']") : null;
      if (link === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      router.history.push(link.pathname + link.search);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);
}
