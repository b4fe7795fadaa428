import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";

interface BoardName {
  readonly id: string;
  readonly name: string;
}

/** The boards there are, to choose from. */
export function BoardsList() {
  const [boards, setBoards] = useState<readonly BoardName[] | "none" | "asking">("asking");
  useEffect(() => {
    const abort = new AbortController();
    fetchBoards(abort.signal).then(
      (found) => setBoards(found.length > 0 ? found : "none"),
      () => abort.signal.aborted || setBoards("none"),
    );
    return () => abort.abort();
  }, []);
  if (boards === "asking") return null;
  if (boards === "none") {
    return (
      <p>
        <Link to="/wall">Go to the default board</Link>
      </p>
    );
  }
  return (
    <nav aria-label="Boards">
      <p>These boards exist:</p>
      <ul>
        {boards.map(({ id, name }) => (
          <li key={id}>
            <Link to="/wall/$board" params={{ board: id }}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

async function fetchBoards(signal: AbortSignal): Promise<BoardName[]> {
  const response = await fetch("/api/boards", { signal });
  const body: unknown = await response.json();
  return Array.isArray(body) ? body.filter(isBoardName) : [];
}

const isBoardName = (one: unknown): one is BoardName =>
  typeof one === "object" &&
  one !== null &&
  "id" in one &&
  "name" in one &&
  typeof one.id === "string" &&
  typeof one.name === "string";
