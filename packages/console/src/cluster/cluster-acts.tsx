import type { ReactNode } from 'react';
import type { KubeObject } from '@accord/proto/kube-api';
import { pauseCluster, revokeCluster, setMode } from '../hub/acts.ts';
import { useMay } from '../hub/person.ts';
import { Act, type ActProps } from '../parts/act.tsx';

/** What a person can do to a cluster. */
export function ClusterActs({ cluster }: { readonly cluster: KubeObject }): ReactNode {
  const [mayOperate, mayRevoke] = [useMay('operator'), useMay('admin')];
  const { name } = cluster.metadata;
  if (!mayOperate) return null;
  const { paused, mode } = cluster.spec;
  return (
    <>
      <Act {...(paused === true ? resume(name) : pause(name))} />
      <Act {...(mode === 'Inform' ? enforce(name) : inform(name))} />
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

function pause(name: string): ActProps {
  return {
    name: 'Pause',
    says: `Nothing is applied, healed or removed on ${name} until it is resumed. It deletes nothing.`,
    run: (reason) => pauseCluster(name, true, reason),
  };
}

function resume(name: string): ActProps {
  return { name: 'Resume', says: `Policies are applied on ${name} again.`, run: (reason) => pauseCluster(name, null, reason) };
}

function inform(name: string): ActProps {
  return {
    name: 'Inform',
    says: `Policies are only compared on ${name}: what differs is told, and nothing is written.`,
    run: (reason) => setMode(name, 'Inform', reason),
  };
}

function enforce(name: string): ActProps {
  return {
    name: 'Enforce',
    says: `Policies are applied and healed on ${name}, instead of only compared.`,
    run: (reason) => setMode(name, 'Enforce', reason),
  };
}
