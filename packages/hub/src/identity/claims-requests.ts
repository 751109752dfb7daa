import type { Bus } from '@accord/bus/bus';
import { CodedError } from '@accord/proto/coded-error';
import { claimsLookupSubject, claimsUpdateSubject } from './hub-users.ts';

/** Connected as the hub's system user. */
export type SystemBus = Pick<Bus, 'request'>;

const timeoutMs = 5_000;

/**
 * What the server has of an account; undefined when it has nothing. It must be read before each push: of two claims that it finds at its
 * start it keeps the newer, but pushed ones replace newer ones without a word, and with them their revocations.
 */
export async function lookUpClaims(system: SystemBus, account: string): Promise<string | undefined> {
  const token = new TextDecoder().decode(await system.request(claimsLookupSubject(account), new Uint8Array(), { timeoutMs }));
  return token === '' ? undefined : token;
}

/** Rejects with `unavailable` when the server refuses them. One whose signer it does not trust it takes too, and does not use. */
export async function pushClaims(system: SystemBus, token: string): Promise<void> {
  const answer = await system.request(claimsUpdateSubject, new TextEncoder().encode(token), { timeoutMs });
  const { data, error } = JSON.parse(new TextDecoder().decode(answer)) as ClaimsUpdateAnswer;
  if (data?.code !== 200) throw new CodedError('unavailable', `push claims: ${error?.description ?? 'the server refused them'}`);
}

interface ClaimsUpdateAnswer {
  readonly data?: { readonly code: number };
  readonly error?: { readonly description?: string };
}
