import { CodedError } from '@accord/proto/coded-error';
import { clusterStatusSchema } from '@accord/proto/kube-api';
import { sealingSuite } from '@accord/proto/sealed-secret';
import * as z from 'zod';
import type { HubClient } from '../hub-client.ts';
import { objectPath } from '../objects/kinds.ts';
import type { OfferedKey } from './judge-key.ts';

const clusterSchema = z.object({
  spec: z.object({ clusterID: z.string() }),
  status: z.object({ sealing: clusterStatusSchema.shape.sealing }),
});

/** The key for which new secrets of a cluster are sealed, as the hub shows it. Rejects with `not-found` where it knows none. */
export async function readOfferedKey(hub: HubClient, cluster: string): Promise<OfferedKey> {
  const known = await hub.find(objectPath('Cluster', cluster), clusterSchema);
  if (known === undefined)
    throw new CodedError('not-found', `There is no cluster ${cluster}`, { help: 'See which there are: accord get clusters' });
  const { spec, status } = known;
  const key = status.sealing?.keys.find(({ keyID, suite }) => keyID === status.sealing?.activeKeyID && suite === sealingSuite);
  if (status.sealing === undefined || key === undefined)
    throw new CodedError('not-found', `Cluster ${cluster} has told no key for which secrets can be sealed`, {
      help: `Its spoke tells one within seconds of its first connection; one that is older than this program has none. See: accord describe cluster ${cluster}`,
    });
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
  return {
    cluster,
    clusterID: spec.clusterID,
    spoke: status.sealing.attestedBy,
    keyID: key.keyID,
    notBefore: key.notBefore,
    publicKey: bytes(key.publicKey),
    attestation: bytes(key.attestation),
  };
}
