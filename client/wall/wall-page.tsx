import { useParams, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { browserTime, type LiveBoard, openLiveBoard, openSocket } from "../live/index.ts";
import { WallWithSound } from "./wall-sound.tsx";

export function DefaultWallPage() {
  return <LiveWall board={undefined} />;
}

export function BoardWallPage() {
  const { board } = useParams({ from: "/wall/$board" });
  return <LiveWall key={board} board={board} />;
}

function LiveWall({ board }: { readonly board: string | undefined }) {
  const [live, setLive] = useState<LiveBoard | null>(null);
  useRunbookLinks();
  useEffect(() => {
    const opened = openLiveBoard(openSocket(), browserTime, board);
    setLive(opened);
    return () => opened.close();
  }, [board]);
  return live === null ? null : <WallWithSound live={live} />;
}

/** Opened within the page, so that the wall sounds again without a press when one comes back. */
function useRunbookLinks(): void {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='/runbook/']") : null;
      if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      router.history.push(link.pathname + link.search);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);
}
