import { Button, NativeSelect, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import type { Booking, LocalDate } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { daysText, spanText, weekdayText } from "./day-text.ts";
import { Refusal } from "./refusal.tsx";
import { useAct } from "./use-act.ts";

const USUAL_TIME = "09:00";

/** Booking the next session, with the days on which it is due marked; moving or cancelling what is booked. */
export function BookingForm({ detail }: { readonly detail: CourseDetail }) {
  const { standing, bookings, closed } = detail;
  const [moving, setMoving] = useState<Booking | null>(null);
  const open = bookings.filter(
    ({ date }) =>
      date >= standing.today || standing.flags.some((flag) => flag.code === "missing" && flag.date === date),
  );
  if (closed !== null)
    return <p className="courses-empty">The course is closed. Reopen it in the settings to book a session.</p>;
  return (
    <>
      {open.length > 0 && (
        <ul className="bookings" aria-label="Booked sessions">
          {open.map((booking) => (
            <BookedLine
              key={booking.id}
              booking={booking}
              missed={booking.date < standing.today}
              move={() => setMoving(booking)}
            />
          ))}
        </ul>
      )}
      <DayForm key={moving?.id ?? "new"} detail={detail} moving={moving} done={() => setMoving(null)} />
    </>
  );
}

interface BookedLineProps {
  readonly booking: Booking;
  readonly missed: boolean;
  readonly move: () => void;
}

function BookedLine({ booking, missed, move }: BookedLineProps) {
  const { send, sending, refused } = useAct();
  const [reason, setReason] = useState<string | null>(null);
  return (
    <li>
      <p>
        <b>
          {weekdayText(booking.date)}, {booking.time}
        </b>
        {booking.bay !== null && ` · bay ${booking.bay}`}
        {missed && " · missed"}
      </p>
      <div className="line-acts">
        <Button variant="default" onClick={move}>
          Move
        </Button>
        <Button variant="default" onClick={() => setReason(reason === null ? "" : null)}>
          Cancel
        </Button>
      </div>
      {reason !== null && (
        <form
          className="line-form"
          onSubmit={(event) => {
            event.preventDefault();
            send({ type: "cancel-booking", booking: booking.id, reason });
          }}
        >
          <TextInput
            label="Why it is cancelled"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" loading={sending} disabled={reason.trim() === ""}>
            Cancel the booking
          </Button>
        </form>
      )}
      <Refusal why={refused} />
    </li>
  );
}

interface DayFormProps {
  readonly detail: CourseDetail;
  readonly moving: Booking | null;
  readonly done: () => void;
}

function DayForm({ detail: { standing, bays, timeNow }, moving, done }: DayFormProps) {
  const { send, sending, refused } = useAct();
  const { due, today, booked } = standing;
  const suggested = due === null || due.to < today ? today : later(due.from, today);
  const [date, setDate] = useState<LocalDate | null>(
    moving === null ? (booked === null ? suggested : null) : moving.date,
  );
  const [time, setTime] = useState(moving?.time ?? USUAL_TIME);
  const [bay, setBay] = useState<string>(moving?.bay ?? "");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const problem =
      date === null
        ? "Choose a day."
        : time === ""
          ? "Enter a time."
          : moving !== null && reason.trim() === ""
            ? "Say in a few words why it is moved."
            : null;
    setWrong(problem);
    if (problem !== null || date === null) return;
    const chosen = bays.find(({ id }) => id === bay);
    const session = { date, time, ...(chosen === undefined ? {} : { bay: chosen.id }) };
    const finish = () => {
      setDate(null);
      done();
    };
    if (moving === null) send({ type: "book-session", ...session }, finish);
    else send({ type: "move-booking", booking: moving.id, ...session, reason }, finish);
  }

  return (
    <form className="course-form" onSubmit={submit} noValidate>
      <p>{dueSentence(due, today)}</p>
      <DatePicker
        aria-label="Day of the session"
        ariaLabels={{ previousMonth: "Month before", nextMonth: "Month after" }}
        maxLevel="month"
        minDate={today}
        defaultDate={date ?? today}
        value={date}
        onChange={setDate}
        size="md"
        getDayProps={(day) => ({
          "data-due": due !== null && day >= due.from && day <= due.to,
          "data-today": day === today,
        })}
      />
      <p className="sum" aria-live="polite">
        {date === null ? "No day chosen" : `${weekdayText(date)}${outsideText(date, due)}`}
      </p>
      <div className="side-by-side">
        <TextInput
          label="Time"
          type="time"
          value={time}
          error={
            date === today && time !== "" && time < timeNow
              ? `${time} is over today: it is ${timeNow}. Choose a later time or another day.`
              : null
          }
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <NativeSelect
          label="Bay"
          data={[{ value: "", label: "Any" }, ...bays.map(({ id, name }) => ({ value: id, label: name }))]}
          value={bay}
          onChange={(event) => setBay(event.currentTarget.value)}
        />
      </div>
      {moving !== null && (
        <TextInput
          label="Why it is moved"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={sending}>
        {moving === null ? "Book the session" : "Move the session"}
      </Button>
      {moving !== null && (
        <Button variant="default" onClick={done}>
          Leave it as it is
        </Button>
      )}
      <Refusal why={wrong ?? refused} />
    </form>
  );
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

type Due = CourseDetail["standing"]["due"];

function dueSentence(due: Due, today: LocalDate): string {
  if (due === null) return "Nothing is due yet: the first session, or the one going on, comes first.";
  return `Due ${spanText(due.from, due.to, today)}${due.to < today ? ": late, the sooner the better" : ""}.`;
}

function outsideText(date: LocalDate, due: Due): string {
  if (due === null) return "";
  const away = (from: LocalDate, to: LocalDate) =>
    daysText(Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
  if (date < due.from) return `: ${away(date, due.from)} before the first day due`;
  return date > due.to ? `: ${away(due.to, date)} after the last day in time` : ": in time";
}
