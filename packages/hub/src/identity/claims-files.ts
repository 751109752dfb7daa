import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { KeyPair } from '@accord/proto/keys';
import {
  hubClaims,
  operatorClaims,
  operatorToken,
  spokesClaims,
  sysClaims,
  type AccountClaims,
  type OperatorClaims,
  type Revocations,
} from './account-claims.ts';
import type { KeyRing } from './key-ring.ts';
import { ensurePrivateDirectory, readPrivateFile, writePrivateFile } from './private-file.ts';
import { openToken, signToken, type Claims } from './token.ts';

export type AccountName = 'SYS' | 'HUB' | 'SPOKES';

/** The four public tokens that a server needs. */
export interface RealmClaims {
  readonly operator: string;
  readonly SYS: string;
  readonly HUB: string;
  readonly SPOKES: string;
}

// The order in which they are made. So a file that is missing although a later one is there was lost, and the claims of SPOKES
// made anew would have no revocations: with a newer `iat` they would let every revoked spoke in again.
const order = ['SPOKES', 'HUB', 'SYS', 'operator'] as const;

/** True as soon as claims name the keys: then no key may be made any more. */
export function hasClaims(dir: string): boolean {
  return existsSync(dir) && readdirSync(dir).some((file) => file.endsWith('.jwt'));
}

/**
 * Reads the claims of a realm and makes those that are missing, or that this version writes differently; revocations are kept.
 *
 * Rejects with `not-found` when one was lost, and with `bad-signature` when they belong to other keys.
 */
export function openClaims(dir: string, keys: KeyRing, nowMs: number): RealmClaims {
  ensurePrivateDirectory(dir);
  const found = new Map(order.map((name) => [name, readPrivateFile(claimsFile(dir, name))]));
  const last = order.findLastIndex((name) => found.get(name) !== undefined);
  for (const name of order.slice(0, Math.max(last, 0))) if (found.get(name) === undefined) throw lost(claimsFile(dir, name));
  const open = (name: (typeof order)[number]): string => renewClaims(dir, name, { keys, nowMs, token: found.get(name) });
  return { SPOKES: open('SPOKES'), HUB: open('HUB'), SYS: open('SYS'), operator: open('operator') };
}

export interface FoundClaims {
  readonly keys: KeyRing;
  readonly nowMs: number;
  /** As it is in the file; undefined when there is none. */
  readonly token: string | undefined;
}

/** The claims as these keys want them: those that were found, or else new ones, which are then in the file. */
export function renewClaims(dir: string, name: AccountName | 'operator', found: FoundClaims): string {
  const wanted = name === 'operator' ? currentOperator(found) : currentAccount(name, found);
  if (wanted !== found.token) writePrivateFile(claimsFile(dir, name), wanted);
  return wanted;
}

/** The token of the operator as these keys want it. It is in the file when this returns, and a server reads it at its next start. */
export function writeOperator(dir: string, keys: KeyRing, nowMs: number): string {
  const token = operatorToken(keys, Math.floor(nowMs / 1000));
  writePrivateFile(claimsFile(dir, 'operator'), token);
  return token;
}

export function claimsFile(dir: string, name: AccountName | 'operator'): string {
  return join(dir, `${name}.jwt`);
}

/** Claims of SPOKES with these revocations. `iat` is later than that of `after`: of two claims of one account a starting server keeps the newer. */
export function signSpokes(keys: KeyRing, revocations: Revocations, time: { readonly nowMs: number; readonly after: number }): string {
  return signAccount('SPOKES', spokesClaims(keys, revocations), keys, Math.max(Math.floor(time.nowMs / 1000), time.after + 1));
}

/** Rejects with `bad-signature` when another operator made it. */
export function openAccount(token: string, keys: KeyRing, account: AccountName): Claims<AccountClaims> {
  const claims = ofThisRealm(() => openToken<AccountClaims>(token, keys.operatorSigning, keys.operatorSigningNext));
  if (claims.sub !== identityOf(keys, account)) throw foreign();
  return claims;
}

export function identityOf(keys: KeyRing, account: AccountName): string {
  return { SYS: keys.sys, HUB: keys.hub, SPOKES: keys.spokes }[account].publicKey;
}

/** What signs accounts: as soon as a server knows the next key of the operator, that one, so that the one before can be taken out. */
function accountSigner({ operatorSigning, operatorSigningNext }: KeyRing): KeyPair {
  return operatorSigningNext ?? operatorSigning;
}

/** Whether claims were signed by what signs accounts now. */
export function isSignedAnew({ iss }: Claims, keys: KeyRing): boolean {
  return iss === accountSigner(keys).publicKey;
}

function currentAccount(name: AccountName, { keys, nowMs, token }: FoundClaims): string {
  const old = token === undefined ? undefined : openAccount(token, keys, name);
  const wanted = { SYS: sysClaims, HUB: hubClaims, SPOKES: () => spokesClaims(keys, old?.nats.revocations ?? {}) }[name](keys);
  if (token !== undefined && old !== undefined && isSignedAnew(old, keys) && isSame(old.nats, wanted)) return token;
  return signAccount(name, wanted, keys, Math.max(Math.floor(nowMs / 1000), (old?.iat ?? 0) + 1));
}

function currentOperator({ keys, nowMs, token }: FoundClaims): string {
  const old = token === undefined ? undefined : ofThisRealm(() => openToken<OperatorClaims>(token, keys.operator, keys.operatorNext));
  const isCurrent = token !== undefined && old?.iss === keys.operator.publicKey && isSame(old.nats, operatorClaims(keys));
  return isCurrent ? token : operatorToken(keys, Math.max(Math.floor(nowMs / 1000), (old?.iat ?? 0) + 1));
}

function signAccount(name: AccountName, nats: AccountClaims, keys: KeyRing, iat: number): string {
  return signToken<AccountClaims>(accountSigner(keys), { iat, sub: identityOf(keys, name), name, nats });
}

function isSame(a: object | undefined, b: object): boolean {
  return isDeepStrictEqual(a, JSON.parse(JSON.stringify(b)));
}

function ofThisRealm<T>(open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw isCoded(cause) ? foreign(cause) : cause;
  }
}

function foreign(cause?: Error): CodedError {
  const text = 'The account claims were not made with the keys beside them.';
  return new CodedError('bad-signature', text, { cause, help: 'Restore keys and claims from the same backup.' });
}

function lost(path: string): CodedError {
  const help = 'Restore it from a backup: claims made anew would forget which clusters are revoked.';
  return new CodedError('not-found', `${path} is missing, but claims that were made after it exist.`, { help });
}
