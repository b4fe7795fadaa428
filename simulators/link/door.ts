/** A server, and the key that lets a program in: a demonstration alone shows anything without one. */
export interface ServerDoor {
  readonly url: string;
  readonly key: string | null;
}

export const keyHeaders = (key: string | null): { readonly authorization?: string } =>
  key === null ? {} : { authorization: `Bearer ${key}` };

export const keyOptions = (key: string | null): { readonly auth?: { readonly key: string } } =>
  key === null ? {} : { auth: { key } };
