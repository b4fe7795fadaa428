import { act, fireEvent, screen, within } from "@testing-library/react";
import { protocolSchema } from "@vigil/shared/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alarm, infusing, row, vital } from "../live/testing/rows.ts";
import { Scene } from "../station/testing/scene.tsx";
import { BayOf } from "./bay-page.tsx";

/** The server's clock when a test begins. */
const NOW = 1_000_000;
const { limits: PROTOCOL, relative } = protocolSchema.parse({});
const RISES = { relative: relative.map((rule) => ({ ...rule, limit: 166 })), protocolRelative: relative };
const EDITED = {
  ...PROTOCOL,
  hr: { ...PROTOCOL.hr, high: { ...PROTOCOL.hr?.high, warning: { ...PROTOCOL.hr?.high?.warning, limit: 130 } } },
};

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  scene.detail = { limits: PROTOCOL, protocolLimits: PROTOCOL, ...RISES };
});
afterEach(() => scene.close());

const press = (name: RegExp) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
const type = (name: RegExp, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });
const line = (name: RegExp) => screen.getByRole("row", { name });
const commands = () => scene.desk.commands.map(({ command }) => command);
const vitals = { ...row("x").vitals, hr: { ...vital(78, NOW), low: 50, high: 120 }, spo2: vital(97, NOW) };

it("shows the vitals with their limits, and greys what is old with its age", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW, { vitals }));
  const now = within(screen.getByRole("region", { name: "Now" }));
  const figure = now.getByText("78");
  expect(figure.closest(".sign")?.textContent).toContain("HR /min warning limits 50–120");
  expect(figure.closest(".sign")?.getAttribute("data-freshness")).toBe("live");
  await scene.pass(7_000);
  expect(figure.closest(".sign")?.getAttribute("data-freshness")).toBe("stale");
  expect(figure.closest(".sign")?.textContent).toContain("0:07 ago");
  expect(line(/^HR/).textContent).toContain("–");
});

it("acknowledges the bay's alarms and no other bay's", async () => {
  await scene.show(
    <BayOf id="1" />,
    infusing("1", NOW, { alarms: [alarm()] }),
    infusing("2", NOW, { alarms: [alarm()] }),
  );
  expect(screen.getAllByRole("article")).toHaveLength(1);
  await press(/^Acknowledge/);
  expect(scene.desk.commands).toMatchObject([{ bay: "1", command: { type: "acknowledge-alarm", alarm: "spo2.low" } }]);
});

it("pauses the sound at one touch, and keeps why where somebody says so", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  await press(/^Pause sound 2 min/);
  type(/^Why, if you like$/, " suctioning ");
  await press(/^Pause sound 2 min/);
  expect(commands()).toEqual([
    { type: "pause-audio", seconds: 120 },
    { type: "pause-audio", seconds: 120, reason: "suctioning" },
  ]);
  scene.detail = { audioPause: { since: NOW, until: NOW + 120_000, name: "Ada", reason: "suctioning" } };
  await scene.send(infusing("1", NOW, { audioPausedUntil: NOW + 120_000 }));
  expect(screen.getByRole("region", { name: "Sound of this bay" }).textContent).toContain("Paused by Ada: suctioning");
  expect(screen.queryByRole("textbox", { name: /^Why/ })).toBeNull();
});

it("switches alarms off with a reason and not without, and on again", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  await press(/^Switch off … ?alarms of HR$/);
  await press(/^Switch off$/);
  expect(screen.getByText("A reason is needed.")).toBeTruthy();
  expect(commands()).toEqual([]);
  type(/Reason/, " pacemaker ");
  await press(/^Switch off$/);
  expect(commands()).toEqual([{ type: "alarm-off", vital: "hr", reason: "pacemaker" }]);
  expect(screen.queryByRole("dialog")).toBeNull();

  scene.detail = {
    limits: PROTOCOL,
    protocolLimits: PROTOCOL,
    ...RISES,
    alarmsOff: [{ vital: "hr", name: "Ada", reason: "pacemaker" }],
  };
  await scene.send(infusing("1", NOW, { alarmsOff: ["hr"] }));
  expect(line(/^HR/).textContent).toContain("OFFAda: pacemaker");
  await press(/^Switch on ?alarms of HR$/);
  expect(commands().at(-1)).toEqual({ type: "alarm-on", vital: "hr" });
});

it("refuses nonsense in words, and sets limits for the session", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  await press(/^Change ?limits of HR$/);
  type(/Warning high/, "30");
  await press(/^Set limits$/);
  expect(screen.getByText("Must be above warning low (50).")).toBeTruthy();
  expect(commands()).toEqual([]);
  type(/Warning high/, "130");
  await press(/^Set limits$/);
  expect(commands()).toEqual([{ type: "set-limits", vital: "hr", limits: EDITED.hr, relative: [] }]);
});

it("keeps the rises over the baseline when limits are set", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  expect(line(/^SBP/).textContent).toContain("or +30 % over baseline: 166");
  await press(/^Change ?limits of SBP$/);
  await press(/^Set limits$/);
  const rises = [{ riseOverBaseline: 0.3, priority: "medium", delay: 0, offDelay: 0, deadband: 3 }];
  expect(commands()).toEqual([{ type: "set-limits", vital: "sbp", limits: PROTOCOL.sbp, relative: rises }]);
});

it("changes a rise over the baseline, and takes it away by an empty field", async () => {
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  await press(/^Change ?limits of SBP$/);
  type(/^Rise over baseline/, "0");
  await press(/^Set limits$/);
  expect(commands()).toEqual([]);
  type(/^Rise over baseline/, "20");
  await press(/^Set limits$/);
  await press(/^Change ?limits of SBP$/);
  type(/^Rise over baseline/, "");
  await press(/^Set limits$/);
  const rise = { riseOverBaseline: 0.2, priority: "medium", delay: 0, offDelay: 0, deadband: 3 };
  expect(commands().map((command) => command.type === "set-limits" && command.relative)).toEqual([[rise], []]);
});

it("keeps the dialog with the reason when the server refuses", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "no-session", reason: "No session is open at this bay." });
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  await press(/^Change ?limits of HR$/);
  await press(/^Set limits$/);
  expect(within(screen.getByRole("dialog")).getByText("No session is open at this bay.")).toBeTruthy();
});

describe("when nobody is signed in, a dialog stands aside for the question who acts, and is back as it was", () => {
  const DIALOGS = [
    { open: /^Change ?limits of HR$/, field: /Warning high/, text: "130", submit: /^Set limits$/ },
    { open: /^Switch off … ?alarms of HR$/, field: /Reason/, text: "pacemaker", submit: /^Switch off$/ },
  ] as const;
  const asksWho = () => screen.queryByRole("region", { name: "Who acts here" });

  beforeEach(() => {
    scene.close();
    scene = new Scene({ person: null });
    scene.detail = { limits: PROTOCOL, protocolLimits: PROTOCOL, ...RISES };
  });

  async function submit({ open, field, text, submit }: (typeof DIALOGS)[number]) {
    await scene.show(<BayOf id="1" />, infusing("1", NOW));
    await press(open);
    type(field, text);
    await press(submit);
    expect(asksWho()).not.toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(commands()).toEqual([]);
  }
  async function sayWho() {
    fireEvent.change(screen.getByRole("textbox", { name: "Sign-in name" }), { target: { value: "cy berg" } });
    fireEvent.change(screen.getByLabelText("Password"), { target: { value: "right" } });
    await act(async () => fireEvent.submit(screen.getByRole("form")));
    expect(asksWho()).toBeNull();
  }
  const expectBackWith = ({ field, text }: (typeof DIALOGS)[number], sentence: RegExp) => {
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: field }).value).toBe(text);
    expect(dialog.getByText(sentence)).toBeTruthy();
  };

  it.each(DIALOGS)("with the refusal: $submit", async (dialog) => {
    scene.desk.reply = () => ({ ok: false, refused: "no-session", reason: "No session is open at this bay." });
    await submit(dialog);
    await sayWho();
    expectBackWith(dialog, /No session is open at this bay/);
  });

  it.each(DIALOGS)("with word that the server does not answer: $submit", async (dialog) => {
    scene.desk.reply = () => null;
    await submit(dialog);
    await sayWho();
    await scene.pass(7_000);
    expectBackWith(dialog, /The server does not answer/);
  });

  it.each(DIALOGS)("with word that nothing was done when they would not say: $submit", async (dialog) => {
    await submit(dialog);
    await press(/^Not now$/);
    expectBackWith(dialog, /Nothing was done: say who acts first/);
  });

  it.each(DIALOGS)("and goes when it was done: $submit", async (dialog) => {
    await submit(dialog);
    await sayWho();
    expect(commands()).toHaveLength(1);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

it("warns of what differs from the protocol, and goes back at one touch", async () => {
  scene.detail = { limits: EDITED, protocolLimits: PROTOCOL, ...RISES };
  await scene.show(<BayOf id="1" />, infusing("1", NOW));
  expect(screen.getByText(/limits differ from the protocol/).textContent).toBe("HR: limits differ from the protocol.");
  expect(line(/^HR/).textContent).toContain("130 protocol 120");
  await press(/^Back to protocol: HR$/);
  expect(commands()).toEqual([{ type: "set-limits", vital: "hr", limits: PROTOCOL.hr, relative: [] }]);
  scene.detail = { limits: PROTOCOL, protocolLimits: PROTOCOL, ...RISES };
  await scene.send(infusing("1", NOW));
  expect(screen.queryByText(/limits differ/)).toBeNull();
});

it("is quiet where no session is, and knows no bay that is not", async () => {
  await scene.show(<BayOf id="1" />, row("1"));
  expect(screen.getByText("No session is open at this bay, so it raises no alarms.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Change limits/ })).toBeNull();
});

it("says that there is no such bay", async () => {
  await scene.show(<BayOf id="9" />, row("1"));
  expect(screen.getByRole("heading", { name: "There is no bay “9”" })).toBeTruthy();
});
