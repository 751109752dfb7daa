import { CodedError } from '@accord/proto/coded-error';
import { fingerprint, parsePublicKey } from '@accord/proto/keys';
import { draft, type Draft } from '../registry/draft.ts';
import type { JoinTokenFact } from '../registry/facts.ts';
import type { Registry } from '../registry/registry.ts';
import { tokenState } from './token-state.ts';

export interface Approval {
  readonly cluster: string;
  readonly verdict: 'Approved' | 'Rejected';
  /** What the administrator read in the cluster; the key that asked must have it. */
  readonly fingerprint?: string | undefined;
  readonly nowMs: number;
}

/** An approved spoke asks every 15 s, and is not to be late because its administrator was. */
const takeMsMin = 300_000;

/** Lets the key in that asked, or makes its token useless. Writes nothing when that was said already. */
export function decideApproval(registry: Registry, { cluster, verdict, fingerprint: expected, nowMs }: Approval): readonly Draft[] {
  const invited = [...registry.tokens.values()]
    .filter(({ body }) => body.cluster === cluster && body.approval !== undefined)
    .toSorted((a, b) => b.body.createdAtMs - a.body.createdAtMs);
  const token = invited.find(({ body }) => tokenState(body, nowMs) === 'Pending');
  if (token?.body.approval?.asked === undefined) {
    const [last] = invited;
    if (last?.body.approval?.verdict === verdict) return [];
    throw notAsking(cluster, last === undefined ? undefined : tokenState(last.body, nowMs));
  }
  const { asked } = token.body.approval;
  const actual = fingerprintOf(asked.publicKey);
  if (expected !== undefined && expected.toLowerCase() !== actual)
    throw new CodedError('conflict', `the key that asks to join as ${cluster} has another fingerprint: ${actual}`, {
      help: `Compare it with the log of the spoke. If it is not yours, somebody else has the token: accord cluster reject ${cluster}`,
    });
  const body: JoinTokenFact = {
    ...token.body,
    approval: { verdict, asked },
    expiresAtMs: verdict === 'Approved' ? Math.max(token.body.expiresAtMs, nowMs + takeMsMin) : token.body.expiresAtMs,
  };
  return [draft('token', token.body.hash, verdict === 'Approved' ? 'JoinApproved' : 'JoinRejected', body, token.seq, token.change.id)];
}

/** As the spoke shows it in its log, and on its Secret. */
export function fingerprintOf(publicKey: string): string {
  return fingerprint(parsePublicKey('user', publicKey));
}

function notAsking(cluster: string, state: string | undefined): CodedError {
  if (state === undefined)
    return new CodedError('not-found', `no cluster ${cluster} waits to be approved`, { help: 'See who does: accord cluster tokens' });
  const because: Readonly<Record<string, string>> = {
    Open: 'has not asked yet',
    Expired: 'asked or not, its token has expired',
    Used: 'has joined already',
    Deleted: 'has lost its invitation',
  };
  return new CodedError('conflict', `cluster ${cluster} ${because[state] ?? `was ${state.toLowerCase()} before`}`, {
    help: 'See who waits: accord cluster tokens',
  });
}
