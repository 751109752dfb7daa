import type { KnownPosition } from '../inbox/inbox.ts';

/** The text in the ConfigMap `accord-spoke-state`. */
export interface StoredState {
  readonly boot: number;
  readonly positions: Readonly<Record<string, KnownPosition>>;
  readonly kinds: readonly string[];
  readonly member?: { readonly statement: string; readonly body: string };
  /** Absent where none was ever written. */
  readonly profileNamespaces?: readonly string[];
}

/** Undefined for anything else: whoever may edit the ConfigMap must not be able to keep the spoke from starting. */
export function parseState(text: string): StoredState | undefined {
  const { boot, positions, kinds, member, profileNamespaces } = asRecord(parseJson(text));
  const isState =
    Number.isSafeInteger(boot) && Object.values(asRecord(positions)).every(isPosition) && Array.isArray(kinds) && kinds.every(isText);
  if (!isState || typeof positions !== 'object' || positions === null) return undefined;
  const used = Array.isArray(profileNamespaces) && profileNamespaces.every(isText) ? { profileNamespaces } : {};
  const stored = { boot: boot as number, positions: positions as StoredState['positions'], kinds: kinds as readonly string[], ...used };
  const { statement, body } = asRecord(member);
  return isText(statement) && isText(body) ? { ...stored, member: { statement, body } } : stored;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown): boolean {
  const { epoch, version } = asRecord(value);
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(version);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
