import { useParams } from "@tanstack/react-router";
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
  useEffect(() => {
    const opened = openLiveBoard(openSocket(), browserTime, board);
    setLive(opened);
    return () => opened.close();
  }, [board]);
  return live === null ? null : <WallWithSound live={live} />;
}
