import type { ReactNode } from 'react';
import type { KubeObject } from '@accord/proto/kube-api';
import { pauseCluster, revokeCluster, setMode } from '../hub/acts.ts';
import { useMay } from '../hub/person.ts';
import { Act } from '../parts/act.tsx';

/** What a person can do to a cluster. */
export function ClusterActs({ cluster }: { readonly cluster: KubeObject }): ReactNode {
  const [mayOperate, mayRevoke] = [useMay('operator'), useMay('admin')];
  const { name } = cluster.metadata;
  if (!mayOperate) return null;
  const { paused, mode } = cluster.spec;
  return (
    <>
      {paused === true ? (
        <Act name="Resume" says={`Policies are applied on ${name} again.`} run={(reason) => pauseCluster(name, null, reason)} />
      ) : (
        <Act
          name="Pause"
          says={`Nothing is applied, healed or removed on ${name} until it is resumed. It deletes nothing.`}
          run={(reason) => pauseCluster(name, true, reason)}
        />
      )}
      {mode === 'Inform' ? (
        <Act
          name="Enforce"
          says={`Policies are applied and healed on ${name}, instead of only compared.`}
          run={(reason) => setMode(name, 'Enforce', reason)}
        />
      ) : (
        <Act
          name="Inform"
          says={`Policies are only compared on ${name}: what differs is told, and nothing is written.`}
          run={(reason) => setMode(name, 'Inform', reason)}
        />
      )}
      {mayRevoke && (
        <Act
          name="Revoke"
          isDangerous
          typed={name}
          says={`The access of ${name} to the bus is cut at once and is not renewed. What is in the cluster stays as it is. To come back it has to join again.`}
          run={(reason) => revokeCluster(name, reason)}
        />
      )}
    </>
  );
}
