import { useCallback, useRef } from "react";
import type { BayAlarm, Link } from "../live/index.ts";
import { ageText, timeOfDayText } from "../ui/clock-text.ts";
import { runbookHref } from "../ui/runbook-href.ts";
import { useValue } from "../ui/use-value.ts";
import { AlarmBar } from "./alarm-bar.tsx";
import type { TopBarLayout } from "./layout.ts";
import { useClinicZone, useLive } from "./live-context.ts";
import { setText, usePaintSecond } from "./use-paint.ts";

interface TopBarProps {
  /** What each bay is called where room is scarce. */
  readonly labels: ReadonlyMap<string, string>;
  readonly layout: TopBarLayout;
}

export function TopBar({ labels, layout }: TopBarProps) {
  const live = useLive();
  const summary = useValue(live.summary);
  const link = useValue(live.link);
  const clock = useRef<HTMLTimeElement>(null);
  const zone = useClinicZone();
  usePaintSecond(({ now, estimated }) => {
    setText(clock.current, (estimated ? "≈" : "") + timeOfDayText(now, zone));
  });
  const nameOf = useCallback((bay: BayAlarm["bay"]) => labels.get(bay.id) ?? bay.name, [labels]);
  return (
    <header className="top-bar">
      <time className="clock" ref={clock} />
      {link.state === "lost" ? (
        <LinkLost link={link} />
      ) : (
        <>
          <AlarmBar
            alarms={summary.alarms}
            isFlood={summary.flood !== null}
            nameOf={nameOf}
            width={layout.alarms}
            print={layout.chipPrint}
          />
          <div className="status">
            <p>
              {summary.infusing} infusing · {summary.recovering} recovering
            </p>
            <LinkState />
          </div>
        </>
      )}
    </header>
  );
}

function LinkState() {
  const live = useLive();
  const delay = useRef<HTMLElement>(null);
  usePaintSecond(() => {
    const ms = live.delay();
    setText(delay.current, ms === null ? "" : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
  });
  return (
    <p className="link-state" title="From the reading at the server to this screen">
      <i aria-hidden="true" />
      live <span ref={delay} />
    </p>
  );
}

function LinkLost({ link }: { readonly link: Link }) {
  const age = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    setText(age.current, link.heardAt === null ? "" : ageText(now - link.heardAt));
  });
  return (
    <div className="link-lost" role="alert">
      <b>
        No link to the server <span ref={age} />
      </b>
      <span>Nothing here is live. Look at the bedside monitors.</span>
      <a href={runbookHref("server-lost")}>What to do</a>
      <small>Reconnecting</small>
    </div>
  );
}
