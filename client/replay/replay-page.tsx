/** `/replay`: what was recorded, decided again by the same engine, under a frame that nobody takes for the live wall. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { bayIdSchema, type SessionId, sessionIdSchema } from "@vigil/shared/ids";
import { vitalEditsSchema } from "@vigil/shared/wire";
import { useEffect, useRef, useState } from "react";
import { combineLatest } from "rxjs";
import { browserTime } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { Chooser } from "./chooser.tsx";
import { startEngine } from "./engine.ts";
import { type Place, ReplayPlayer } from "./player.ts";
import { ReplayView } from "./replay-view.tsx";
import "./replay.css";

/** What the address may hold. */
interface ReplaySearch {
  readonly session?: string;
  readonly at?: number;
  readonly bay?: string;
  readonly edits?: unknown;
  readonly shown?: "recorded";
}

export function ReplayPage() {
  const [player, setPlayer] = useState<ReplayPlayer | null>(null);
  useEffect(() => {
    const made = new ReplayPlayer(startEngine(), browserTime);
    setPlayer(made);
    return () => made.end();
  }, []);
  return player === null ? null : <ReplayOf player={player} />;
}

const sessionOf = (text: string | undefined): SessionId | null => sessionIdSchema.safeParse(text).data ?? null;

function placeOf({ at, bay, edits, shown }: ReplaySearch): Place {
  return {
    at: at ?? null,
    bay: bayIdSchema.safeParse(bay).data ?? null,
    edits: vitalEditsSchema.safeParse(edits).data ?? [],
    which: shown ?? null,
  };
}

function ReplayOf({ player }: { readonly player: ReplayPlayer }) {
  const { session, ...place } = useSearch({ from: "/person/replay" });
  const opening = useValue(player.opening);
  const wanted = sessionOf(session);
  // The place that stands beside a session when the address comes to name it; from then on the player writes it.
  const beside = useRef(place);
  beside.current = place;
  useEffect(() => {
    const { value: now } = player.opening;
    if (wanted !== null) void player.openSession(wanted, placeOf(beside.current));
    else if (now.kind !== "nothing" && now.source.kind === "session") player.close();
  }, [player, wanted]);
  useAddress(player);
  useDrop(player);
  return (
    <div className="replay">
      <title>{opening.kind === "open" ? `Replay: ${opening.title} · Vigil` : "Replay · Vigil"}</title>
      <p className="replay-band" aria-hidden="true">
        <b>REPLAY</b> not live <b>REPLAY</b> not live <b>REPLAY</b>
      </p>
      {opening.kind === "open" ? (
        <ReplayView key={opening.title} player={player} opened={opening} />
      ) : (
        <Chooser player={player} opening={opening} />
      )}
    </div>
  );
}

const REST_MS = 400;

/** The address holds what is seen, so that it can be passed on; a file stays on this computer. */
function useAddress(player: ReplayPlayer): void {
  const navigate = useNavigate({ from: "/replay" });
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const seen = combineLatest([player.opening, player.view, player.bay, player.edits, player.which]);
    const subscription = seen.subscribe(([opened, view, bay, edits, which]) => {
      // What is closed meanwhile, or gives way to something else, must not come back by its address.
      clearTimeout(resting);
      if (view === null || opened.kind !== "open" || opened.source.kind !== "session") return;
      const search: ReplaySearch = {
        session: opened.source.id,
        at: view.position.at,
        ...(bay === null || opened.bays.length < 2 ? {} : { bay }),
        ...(edits.length === 0 ? {} : { edits }),
        ...(edits.length > 0 && which === "recorded" ? { shown: which } : {}),
      };
      resting = setTimeout(() => void navigate({ search, replace: true }), REST_MS);
    });
    return () => {
      clearTimeout(resting);
      subscription.unsubscribe();
    };
  }, [player, navigate]);
}

/** A feed dropped anywhere on the page is opened. */
function useDrop(player: ReplayPlayer): void {
  const navigate = useNavigate({ from: "/replay" });
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      void navigate({ search: {}, replace: true });
      void player.openFile(file);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [player, navigate]);
}
