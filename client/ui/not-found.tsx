import { Link } from "@tanstack/react-router";
import { Notice } from "./notice.tsx";

export function NotFound() {
  return (
    <Notice title="There is no such page">
      <p>The address may be mistyped.</p>
      <p>
        <Link to="/wall">Go to the wall</Link>
      </p>
    </Notice>
  );
}
