/** What the pages of courses have in common: forms that look like the wall, the server's answers, a bar on top. */
import { colorsTuple, createTheme, MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import "./mantine.css";
import "./courses.css";

const theme = createTheme({
  // Only the alarms have a colour.
  colors: { ink: colorsTuple("#eef2f5") },
  primaryColor: "ink",
  autoContrast: true,
  defaultRadius: 6,
  // Gloves and hurry: nothing to press is smaller than 44 px.
  components: {
    Button: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    NativeSelect: { defaultProps: { size: "md" } },
  },
});

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1 } } });

interface FrameProps {
  readonly title: string;
  /** At the right of the bar. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function CoursesFrame({ title, aside, children }: FrameProps) {
  return (
    <div className="courses">
      <title>{`${title} · Vigil`}</title>
      <header className="courses-bar">
        <nav aria-label="Pages">
          <Link to="/station">Station</Link>
          <Link to="/wall">Wall</Link>
          <Link to="/sessions" activeOptions={{ exact: true }}>
            Sessions
          </Link>
          <Link to="/courses">Courses</Link>
          <Link to="/admin">Administration</Link>
        </nav>
        {aside}
      </header>
      <main className="courses-page">{children}</main>
    </div>
  );
}

/** The variables of Mantine come from a file: the server's content security policy lets no style into the page otherwise. */
export function CoursesKit({
  children,
  client = queries,
}: {
  readonly children: ReactNode;
  readonly client?: QueryClient;
}) {
  return (
    <MantineProvider theme={theme} forceColorScheme="dark" withCssVariables={false} withGlobalClasses={false}>
      <DatesProvider settings={{ firstDayOfWeek: 1, locale: "en" }}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
