/** A key for each gateway: what one sender may send is bounded, however many connections it has. */
import { KEY } from "../badges.ts";

export const MOST_GATEWAYS = 8;

/** `n` from 0. */
export const gatewayKey = (n: number): string => `${KEY.slice(0, -1)}${n}`;
