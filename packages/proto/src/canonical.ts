import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { writeCanonically } from './canonical-json.ts';

/** JSON that came in or goes out: what a body may consist of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 8785 JSON: equal values give equal bytes, whoever writes them. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  const text = writeCanonically(value);
  if (text === undefined) throw new TypeError('no JSON value');
  return text;
}

/** True for equal JSON values, whatever the order of their members. Costs less than writing both down. */
export function equalJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** SHA-256. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
