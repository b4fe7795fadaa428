/** What tells bays apart where room is scarce: "Bay 1", "Bay 2" → "1", "2". The whole name where that does not work. */
export function shortNames(names: readonly string[]): readonly string[] {
  const first = names[0];
  if (first === undefined || names.length < 2) return names;
  const space = first.lastIndexOf(" ");
  const prefix = first.slice(0, space + 1);
  const short = names.map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : ""));
  return prefix !== "" && short.every((name) => name !== "") ? short : names;
}
