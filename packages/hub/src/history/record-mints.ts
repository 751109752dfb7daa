import type { AuditRecord } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { HubIdentity } from '../join/hub-identity.ts';

/** Tells of every token that is made for a cluster: for whom, which key, which labels, how long. Never the token. */
export function recordMints(identity: HubIdentity, tell: (entry: AuditRecord) => void, clock: Clock): HubIdentity {
  return {
    desired: identity.desired,
    // They change while the hub runs, when its key is replaced.
    get desiredPublicKey() {
      return identity.desiredPublicKey;
    },
    get hubKey() {
      return identity.hubKey;
    },
    ...(identity.trust !== undefined && { trust: identity.trust }),
    lastIat: (publicKey) => identity.lastIat(publicKey),
    revoke: (publicKey, until) => identity.revoke(publicKey, until),
    mint: (request) => {
      const token = identity.mint(request);
      const labels = Object.entries(request.labels).map(([key, value]) => `${key}=${value}`);
      const detail = `key ${request.publicKey}, issued ${token.iat}, expires ${token.exp}, labels ${labels.toSorted().join(',')}`;
      const nobody = { actor: 'hub', change: '', reason: '', source: '' };
      tell({ ...nobody, action: 'TokenMinted', object: `cluster.${request.id}`, result: 'done', detail, atMs: clock.now(), count: 1 });
      return token;
    },
  };
}
