import { Link, Outlet } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { map } from "rxjs";
import {
  type Acting,
  ActingContext,
  AttendsAs,
  Calls,
  openBrowserActing,
  RunbookLink,
  WhoActs,
  WhoBand,
} from "../act/index.ts";
import { browserTime, type LiveBoard, openLiveBoard, openSocket } from "../live/index.ts";
import { TOUCHES } from "../people/index.ts";
import { SoundBanner, soundingOf, useAlarmSound, useToldSound, WakeLockNote } from "../sound/index.ts";
import { ageText, timeOfDayText, zoneNameText } from "../ui/clock-text.ts";
import { useValue } from "../ui/use-value.ts";
import { Frozen } from "../wall/frozen.tsx";
import { LiveContext, useClinicZone, useLive } from "../wall/live-context.ts";
import { useRunbookTexts } from "../wall/runbook-texts.ts";
import { setText, usePaintSecond } from "../wall/use-paint.ts";
import "../act/act.css";
import "./workplace.css";

interface Opened {
  readonly live: LiveBoard;
  readonly acting: Acting;
}

/**
 * What all pages on which people act have in common. It stays while one goes from page to page, and with it the sound and the
 * calls: who reads a runbook still hears the ward.
 */
export function Workplace() {
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => {
    const socket = openSocket();
    const live = openLiveBoard(socket, browserTime, undefined);
    const acting = openBrowserActing(browserTime);
    const changing = acting.who.changes.subscribe(() => socket.renew());
    const { touched } = acting.who;
    for (const event of TOUCHES) window.addEventListener(event, touched, { passive: true });
    setOpened({ live, acting });
    return () => {
      for (const event of TOUCHES) window.removeEventListener(event, touched);
      changing.unsubscribe();
      live.close();
      acting.close();
    };
  }, []);
  if (opened === null) return null;
  return (
    <WorkplaceOf {...opened}>
      <WardSound live={opened.live} />
      <Outlet />
    </WorkplaceOf>
  );
}

export function WorkplaceOf({ live, acting, children }: Opened & { readonly children: ReactNode }) {
  const link = useValue(live.link);
  useRunbookTexts(link.state === "live");
  return (
    <LiveContext value={live}>
      <ActingContext value={acting}>
        <div className="workplace" data-link={link.state}>
          <header className="workplace-bar">
            <nav aria-label="Pages">
              <Link className="act act-quiet" to="/station">
                Station
              </Link>
              <Link className="act act-quiet" to="/wall">
                Wall
              </Link>
              <Link className="act act-quiet" to="/sessions">
                Sessions
              </Link>
              <Link className="act act-quiet" to="/alerts" search={{}}>
                Alarm log
              </Link>
              <Link className="act act-quiet" to="/what-if" search={{}}>
                What if
              </Link>
            </nav>
            <LinkLine />
            <AttendsAs />
            <WhoActs />
          </header>
          {link.state === "lost" && <LinkLost />}
          <Frozen
            whatToDo={
              <RunbookLink alarm="screen-frozen" className="frozen-way">
                Runbook
              </RunbookLink>
            }
          />
          <WhoBand />
          <Calls />
          {children}
          <footer className="workplace-foot">
            Secondary display. The bedside monitor is the primary alarm.
            <WakeLockNote />
          </footer>
        </div>
      </ActingContext>
    </LiveContext>
  );
}

function LinkLine() {
  const live = useLive();
  const link = useValue(live.link);
  const zone = useClinicZone();
  const clock = useRef<HTMLTimeElement>(null);
  const zoneName = useRef<HTMLElement>(null);
  const delay = useRef<HTMLElement>(null);
  usePaintSecond(({ now, estimated }) => {
    setText(clock.current, now === 0 ? "" : (estimated ? "≈" : "") + timeOfDayText(now, zone));
    setText(zoneName.current, now === 0 ? "" : zoneNameText(now, zone));
    const ms = live.delay();
    setText(delay.current, ms === null ? "" : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
  });
  return (
    <p className="link-line">
      <span className="clinic-clock" title="The clinic's time, whatever this screen's own clock says">
        <time ref={clock} />{" "}
        <small>
          <span className="zone-area">{zone?.replaceAll("_", " ")} </span>
          <span ref={zoneName} />
        </small>
      </span>
      {link.state === "live" ? (
        <span title="From the reading at the server to this screen">
          live <span ref={delay} />
        </span>
      ) : (
        <span>{link.state === "lost" ? "no link" : "connecting"}</span>
      )}
    </p>
  );
}

function LinkLost() {
  const { heardAt } = useValue(useLive().link);
  const age = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    setText(age.current, heardAt === null ? "" : ageText(now - heardAt));
  });
  return (
    <section className="lost-band" role="alert" aria-label="Link to the server">
      <b>
        No link to the server <span ref={age} aria-live="off" />
      </b>
      <span>Nothing here is live. Look at the bedside monitors.</span>
      <RunbookLink alarm="server-lost">Runbook</RunbookLink>
    </section>
  );
}

function WardSound({ live }: { readonly live: LiveBoard }) {
  const alarms = useMemo(
    () => live.summary.pipe(map(({ alarms: all }) => soundingOf(all, live.shown.value.now))),
    [live],
  );
  const sound = useAlarmSound(alarms);
  useToldSound(live, sound);
  return sound === null ? null : (
    <SoundBanner
      sound={sound}
      anyKey={false}
      whatToDo={
        <RunbookLink alarm="sound-blocked" className="sound-runbook">
          What to do
        </RunbookLink>
      }
    />
  );
}
