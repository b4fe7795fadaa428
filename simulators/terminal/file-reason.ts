/** Why a file could not be read or written, in words that do not need the system's. */
export function fileReason(error: unknown, doing: "read" | "written"): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return doing === "read" ? "no such file" : "cannot be written: there is no such folder";
    case "ENOTDIR":
      return `cannot be ${doing}: a part of its path is a file, not a folder`;
    case "EISDIR":
      return "is a folder, not a file";
    case "EACCES":
    case "EPERM":
      return `may not be ${doing}`;
    case "ENOSPC":
      return "cannot be written: the disk is full";
    default:
      return error instanceof Error ? `cannot be ${doing}: ${error.message}` : `cannot be ${doing}`;
  }
}
