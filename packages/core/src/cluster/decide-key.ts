/** A member replaces its key, because people told it to: its identity, its labels and its history stay. */
import { CodedError } from '@accord/proto/coded-error';
import { draft, type Draft } from '../registry/draft.ts';
import type { ClusterFact, ReplacedKey } from '../registry/facts.ts';
import type { Recorded, Registry } from '../registry/registry.ts';
import { requireNotRevoked } from './decide-revoke.ts';
import { requireAllowed } from './judge-join.ts';

/** What an older key signed is stored for as long as nothing newer is; nobody rotates more often than that matters. */
const replacedKeysMax = 4;

/** Tells the cluster to replace the key that it has. Nothing to do where it was told already; rejects with `forbidden` when it is revoked. */
export function decideAskForKey({ body, seq }: Recorded<ClusterFact>): readonly Draft[] {
  requireNotRevoked(body);
  if (body.keyToReplace === body.publicKey) return [];
  const next: ClusterFact = { ...body, keyToReplace: body.publicKey, revision: body.revision + 1 };
  return [draft('cluster', body.id, 'KeyReplacementAsked', next, seq, `cluster/${body.name}@${next.revision}`)];
}

/**
 * The cluster has a new key, which it proved with both. From this fact on only the new one counts; the servers are told to refuse the old.
 *
 * Nothing to do when that was written before. Rejects with `forbidden` when nobody asked for it, or with `conflict` when the new key is in
 * use elsewhere, or was this cluster's before.
 */
export function decideKeyReplaced(
  registry: Registry,
  { body, seq }: Recorded<ClusterFact>,
  { publicKey, nowMs }: { readonly publicKey: string; readonly nowMs: number },
): readonly Draft[] {
  requireNotRevoked(body);
  if (body.publicKey === publicKey) return [];
  const { keyToReplace, keysToRevoke = [], replacedKeys = [], ...rest } = body;
  // Who stole the key must not be able to shut the cluster out with another.
  if (keyToReplace !== body.publicKey)
    throw new CodedError('forbidden', `nobody asked cluster ${body.name} to replace its key`, {
      help: `An administrator of the hub does: accord cluster rotate-key ${body.name}`,
    });
  requireAllowed(registry, { publicKey, facts: nothingSaid }, body);
  const next: ClusterFact = {
    ...rest,
    publicKey,
    // What was to be done about tokens of the old key ends with it.
    ...{ tokenFloor: 0, revokedUntil: 0, revision: body.revision + 1 },
    keysToRevoke: [...keysToRevoke, body.publicKey],
    replacedKeys: [{ publicKey: body.publicKey, atMs: nowMs }, ...replacedKeys].slice(0, replacedKeysMax),
  };
  return [draft('cluster', body.id, 'KeyReplaced', next, seq, `cluster/${body.name}@${next.revision}`)];
}

const nothingSaid = { kubernetesVersion: '', spokeVersion: '', kubeSystemUID: '', platform: '' };

/** A message may have been on its way, and its clock may be as wrong as a proof allows. */
const lateMsMax = 300_000;

/**
 * The keys by which a cluster's reports are believed, the present one first. `until` is when a message may have been signed at the latest:
 * what the stream holds of before stays evidence, and what somebody signs later with an old key is none.
 */
export function reportKeysOf({ publicKey, replacedKeys = [] }: Pick<ClusterFact, 'publicKey' | 'replacedKeys'>): readonly ReportKey[] {
  return [{ publicKey, until: Infinity }, ...replacedKeys.map((old) => ({ publicKey: old.publicKey, until: old.atMs + lateMsMax }))];
}

/** Each costs a signature to look at, and what is stored of a cluster is by one of its last keys. */
const formerKeysMax = 8;

/** Keys that the cluster has no more, however it came by another, and until when each may have signed. None of them is believed for that. */
export function formerKeysOf(former: readonly ReplacedKey[]): readonly ReportKey[] {
  return former.slice(-formerKeysMax).map(({ publicKey, atMs }) => ({ publicKey, until: atMs + lateMsMax }));
}

export interface ReportKey {
  readonly publicKey: string;
  readonly until: number;
}
