import { CodedError } from '@accord/proto/coded-error';
import type { Kube } from '../kube/kube.ts';
import { clusterKind, clusterPolicyKind } from '../kube/own-kinds.ts';
import { parseMeta } from '../kube/parse-meta.ts';

/** Takes away whatever the hub had written in this cluster, records of other clusters too. Rejects with `unavailable` when some of it stays. */
export async function removeMirrors(kube: Kube, signal: AbortSignal): Promise<void> {
  for (const kind of [clusterPolicyKind, clusterKind])
    for (const object of await kube.list(kind, {}, signal)) {
      const { name, meta } = parseMeta(object);
      const answer = await kube.remove({ kind, namespace: undefined, name }, { uid: meta.uid }, signal);
      if ('because' in answer) throw new CodedError('unavailable', `${kind.kind} ${name} was not removed: ${answer.because}`);
    }
}
