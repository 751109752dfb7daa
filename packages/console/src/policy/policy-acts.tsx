import { useState, type ReactNode } from 'react';
import { heldRemovals } from '@accord/core/status/held-removals';
import type { KubeObject } from '@accord/proto/kube-api';
import { Link } from 'wouter';
import { confirmRemoval, deletePolicy, holdPolicy, suspendPolicy } from '../hub/acts.ts';
import { useMay } from '../hub/person.ts';
import { useStalledRows } from '../hub/queries.ts';
import { Act, type ActProps } from '../parts/act.tsx';

/** What a person can do to a policy. */
export function PolicyActs({ policy }: { readonly policy: KubeObject }): ReactNode {
  const [mayOperate, mayConfirm] = [useMay('operator'), useMay('admin')];
  const { name } = policy.metadata;
  if (!mayOperate) return null;
  const isSuspended = policy.spec['suspended'] === true;
  return (
    <>
      <Link href={`/policies/${encodeURIComponent(name)}/edit`} className="button">
        Edit
      </Link>
      <Act {...(isSuspended ? resume(name) : suspend(name))} />
      <HoldAct name={name} />
      {mayConfirm && <ConfirmAct name={name} />}
      <Act
        name="Delete"
        isDangerous
        typed={name}
        says={`Clusters remove what ${name} holds there, as each of its objects says. A large removal waits for a confirmation.`}
        run={(reason) => deletePolicy(name, reason)}
      />
    </>
  );
}

function suspend(name: string): ActProps {
  return {
    name: 'Suspend',
    says: `Nothing of ${name} is applied, healed or removed anywhere until it is resumed. It deletes nothing.`,
    run: (reason) => suspendPolicy(name, true, reason),
  };
}

function resume(name: string): ActProps {
  return { name: 'Resume', says: `${name} is applied again wherever it belongs.`, run: (reason) => suspendPolicy(name, null, reason) };
}

function HoldAct({ name }: { readonly name: string }): ReactNode {
  const [clusters, setClusters] = useState('');
  const [time, setTime] = useState('2h');
  const fields = (
    <>
      <label>
        On these clusters
        <input required value={clusters} placeholder="prod-eu-1, prod-eu-2" onChange={(event) => setClusters(event.target.value)} />
      </label>
      <label>
        For
        <input required value={time} pattern="([0-9]+[smh])+" onChange={(event) => setTime(event.target.value)} />
      </label>
    </>
  );
  const run = (reason: string): ReturnType<typeof holdPolicy> =>
    holdPolicy(name, { clusters: clusters.split(/[\s,]+/).filter((word) => word !== ''), for: time }, reason);
  return (
    <Act
      name="Hold"
      says={`${name} is kept as it is there: nothing is applied, healed or removed until the time is over.`}
      fields={fields}
      run={run}
    />
  );
}

function ConfirmAct({ name }: { readonly name: string }): ReactNode {
  const { count, revision } = heldRemovals(useStalledRows(name).data ?? []);
  if (count === 0) return null;
  return (
    <Act
      name="Confirm removal"
      isDangerous
      typed={name}
      says={`Clusters that wait remove up to ${count} objects of ${name}@${revision} each.`}
      run={(reason) => confirmRemoval(name, { revision, count }, reason)}
    />
  );
}
