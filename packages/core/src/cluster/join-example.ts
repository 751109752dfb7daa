/** Invitations and joins in short words, for the tests of what is decided about them. */
import { isCoded } from '@accord/proto/coded-error';
import { clusterIdOf } from '@accord/proto/ids';
import { createKeyPair } from '@accord/proto/keys';
import { intentSubject } from '@accord/proto/subjects';
import type { Draft } from '../registry/draft.ts';
import { emptyRegistry, foldFact, type Registry } from '../registry/registry.ts';
import { decideApproval, type Approval } from './decide-approval.ts';
import { decideAddRule, decideInvite, type Invitation, type NewRule } from './decide-invite.ts';
import { decideJoin, type Joining } from './decide-join.ts';

export type Decide = (registry: Registry) => readonly Draft[];

export const hourMs = 3_600_000;
export const facts = { kubernetesVersion: 'v1.36.3', spokeVersion: '0', kubeSystemUID: '', platform: '' };
export const [id, otherId] = [clusterIdOf(new Uint8Array(16)), clusterIdOf(new Uint8Array(16).fill(7))];
export const [key, otherKey] = [createKeyPair('user').publicKey, createKeyPair('user').publicKey];

export const invite =
  (change: Partial<Invitation> = {}): Decide =>
  (registry) =>
    decideInvite(registry, {
      ...{ cluster: 'prod-1', labels: { env: 'prod' }, spec: { mode: 'Enforce' }, tokenHash: 't1', nowMs: 0, expiresInMs: hourMs },
      ...change,
    });
export const rule =
  (change: Partial<NewRule> = {}): Decide =>
  (registry) =>
    decideAddRule(registry, {
      ...{ name: 'edge', namePattern: 'edge-*', joinsMax: 2, labels: { tier: 'edge' }, spec: { mode: 'Inform' } },
      ...{ tokenHash: 'r1', nowMs: 0, expiresInMs: hourMs },
      ...change,
    });
export const join =
  (change: Partial<Joining> = {}): Decide =>
  (registry) =>
    decideJoin(registry, { tokenHash: 't1', publicKey: key, facts, id, uid: 'u', nowMs: 1, ...change }).drafts;
export const judge =
  (verdict: Approval['verdict'], change: Partial<Approval> = {}): Decide =>
  (registry) =>
    decideApproval(registry, { cluster: 'prod-1', verdict, nowMs: 2, ...change });

/** Writes what is decided; `first` stops after so many facts, like a hub that died. */
export function carryOut(registry: Registry, decide: Decide, first = 9): Registry {
  for (const { kind, id: of, body, change } of decide(registry).slice(0, first)) {
    const place = { seq: registry.seq + 1, digest: new Uint8Array(), atMs: 1, actor: 'ann' };
    foldFact(registry, intentSubject(kind, of), { body, ...place, change: { id: change, traceparent: '' } });
  }
  return registry;
}

export const given = (...decisions: Decide[]): Registry =>
  decisions.reduce((registry, decide) => carryOut(registry, decide), emptyRegistry());

/** The facts that would be written, or why none are. */
export function outcomeOf(decide: Decide, registry: Registry): string {
  try {
    return (
      decide(registry)
        .map(({ type, kind, id: of }) => `${type} ${kind}/${of}`)
        .join(', ') || 'nothing'
    );
  } catch (error) {
    if (!isCoded(error)) throw error;
    return `${error.code}: ${error.message}`;
  }
}
