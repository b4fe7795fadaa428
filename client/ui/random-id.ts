/**
 * A name that nothing else has: 128 random bits in hexadecimal. Not `crypto.randomUUID`, which a browser gives only to pages
 * of the same machine or over HTTPS; a clinic's own network may have neither.
 */
export const newRandomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
