/** Gives somebody a file to keep. `name` may hold anything: what a file's name cannot is taken out. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, " ");
  link.click();
  URL.revokeObjectURL(address);
}
