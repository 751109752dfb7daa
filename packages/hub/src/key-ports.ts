import type { HubKey } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import type { Clock } from '@accord/runtime/clock';
import type { KeyPort } from './api/deps.ts';
import type { DesiredKeys } from './identity/desired-keys.ts';
import type { KeyRotations } from './identity/key-rotations.ts';
import type { KeyRotation } from './identity/signing-rotation.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import type { Hub } from './run-hub.ts';

/** The keys that can be replaced, as the API sees them. */
export function keyPorts(
  { desiredKeys, clock }: { readonly desiredKeys: DesiredKeys; readonly clock: Clock },
  { scope, hubSigning, sysSigning, operator }: Pick<KeyRotations, 'scope' | 'hubSigning' | 'sysSigning' | 'operator'>,
  hub: Pick<Hub, 'replacer' | 'projection'>,
  port: Pick<HubIdentity, 'revoke' | 'lastIat'>,
): Readonly<Record<HubKey, KeyPort>> {
  const renewing = { renewAll: () => hub.replacer.renewAll(), waiting: () => hub.replacer.waiting() };
  const epoch = (): number => hub.projection.registry.epoch?.body.epoch ?? 1;
  return {
    'spokes-scope': portOf(scope, renewing),
    desired: {
      ...renewing,
      get current() {
        return desiredKeys.current;
      },
      get next() {
        return desiredKeys.next;
      },
      get before() {
        return desiredKeys.before(epoch());
      },
      begin: async () => {
        requireOneKey(desiredKeys, epoch());
        desiredKeys.begin();
      },
      finish: async () => {
        // Before the next key signs: a hub that dies in between has shut out some who renew, and nobody who hears what he does not believe.
        await shutOut(hub.replacer.unrenewed(), clock.now(), hub, port);
        desiredKeys.finish(epoch());
      },
    },
    // No cluster knows these.
    'hub-signing': portOf(hubSigning, nobody),
    'sys-signing': portOf(sysSigning, nobody),
    operator: portOf(operator, nobody),
  };
}

type Renewing = Pick<KeyPort, 'renewAll' | 'waiting'>;
const nobody: Renewing = { renewAll: () => undefined, waiting: () => [] };

function portOf(rotation: KeyRotation, renewing: Renewing): KeyPort {
  return {
    ...renewing,
    get current() {
      return rotation.current;
    },
    get next() {
      return rotation.next;
    },
    begin: () => rotation.begin(),
    finish: () => rotation.finish(),
  };
}

/** Spokes believe two keys at most. */
function requireOneKey(keys: DesiredKeys, epoch: number): void {
  if (!keys.isOldBelieved(epoch)) return;
  throw new CodedError('conflict', 'the key of before this one may still have signed what clusters hold', {
    help: 'Have everything signed anew first: docs/runbooks/rotate-keys.md',
  });
}

/** Who was away does not know the next key. Its token ends, so that it renews over HTTPS when it is back, and is told. */
async function shutOut(
  ids: readonly ClusterId[],
  nowMs: number,
  { projection }: Pick<Hub, 'projection'>,
  { revoke, lastIat }: Pick<HubIdentity, 'revoke' | 'lastIat'>,
): Promise<void> {
  const clusters = ids.flatMap((id) => projection.registry.clusters.get(id)?.body ?? []);
  // The second before this one: a token of this second may be the next one already.
  const before = Math.floor(nowMs / 1_000) - 1;
  await Promise.all(clusters.map(({ publicKey, tokenFloor }) => revoke(publicKey, Math.max(lastIat(publicKey), tokenFloor, before))));
}
