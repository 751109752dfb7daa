import { isRecord, judgeContent } from '@accord/core/apply/namespace-content';
import type { Trouble } from '@accord/core/apply/report-policy';
import type { Seen } from '@accord/core/apply/seen-loss';
import { isCoded } from '@accord/proto/coded-error';
import type { PolicyName } from '@accord/proto/ids';
import { forEachLimited } from '@accord/runtime/for-each-limited';
import { secretKind } from '../kube/own-kinds.ts';
import type { Inhabitant, KindRef, Kube } from '../kube/kube.ts';

/** What there is in a namespace whose policy goes. */
export type Inside =
  | { readonly is: 'empty' }
  /** Somebody else has something in it: `ConfigMap settings`. */
  | { readonly is: 'used'; readonly by: string }
  | { readonly is: 'unknown'; readonly trouble: Trouble };

interface Look {
  readonly kube: Kube;
  readonly namespace: string;
  readonly policy: PolicyName;
  /** Secrets take a right of their own. */
  readonly withSecrets: boolean;
}

/** Requests at once: a cluster with many definitions has some hundred kinds. */
const inFlightMax = 8;
const namedMax = 6;

/**
 * Looks at every kind that goes with the namespace. Empty is only what is known to be: one kind that cannot be listed is enough to doubt.
 *
 * Rejects as `Kube` does where the API server does not answer.
 */
export async function lookInside({ kube, namespace, policy, withSecrets }: Look, signal: AbortSignal): Promise<Inside> {
  // Nobody has to know all that is in it.
  const { used, leaving, hidden } = await lookAround({ kube, namespace, policy, withSecrets }, 1, signal);
  if (used[0] !== undefined) return { is: 'used', by: used[0] };
  if (hidden.length > 0) return { is: 'unknown', trouble: { outcome: 'refused', reason: 'Forbidden', because: cannotList(hidden) } };
  if (leaving[0] === undefined) return { is: 'empty' };
  return { is: 'unknown', trouble: { outcome: 'retry', reason: 'NamespaceInUse', because: `waits until ${leaving[0]} in it is gone` } };
}

/** What others have in a namespace, for a person who is to decide. The spoke gives itself no right for that: Secrets are not looked at. */
export async function seeInside(look: Omit<Look, 'withSecrets'>, signal: AbortSignal): Promise<Seen> {
  try {
    const { used, hidden } = await lookAround({ ...look, withSecrets: false }, Number.POSITIVE_INFINITY, signal);
    return { used: used.toSorted(), isPart: hidden.length > 0 };
  } catch (error) {
    if (!isCoded(error)) throw error;
    return { used: [], isPart: true };
  }
}

interface Around {
  readonly used: readonly string[];
  readonly leaving: readonly string[];
  readonly hidden: readonly KindRef[];
}

async function lookAround({ kube, namespace, policy, withSecrets }: Look, enough: number, signal: AbortSignal): Promise<Around> {
  const all = await kube.kindsInNamespaces(signal);
  const kinds = all.filter((kind) => !isRecord(kind) && (withSecrets || !isSecret(kind)));
  const used: string[] = [];
  const leaving: string[] = [];
  const hidden: KindRef[] = [];
  await forEachLimited(kinds, inFlightMax, async (kind) => {
    if (used.length >= enough) return;
    const objects = await peek(kube, kind, namespace, signal);
    if (objects === 'forbidden') return void hidden.push(kind);
    for (const { name, labels } of objects) {
      const says = judgeContent({ group: kind.group, kind: kind.kind, name, labels }, namespace, policy);
      if (says !== 'nothing') (says === 'used' ? used : leaving).push(`${kind.kind} ${name}`);
    }
  });
  return { used, leaving, hidden };
}

async function peek(kube: Kube, kind: KindRef, namespace: string, signal: AbortSignal): Promise<readonly Inhabitant[] | 'forbidden'> {
  try {
    return await kube.peek(kind, namespace, signal);
  } catch (error) {
    if (isCoded(error, 'forbidden')) return 'forbidden';
    throw error;
  }
}

/** In the words of RBAC, so that whoever reads the row is told what would grant it. */
function cannotList(kinds: readonly KindRef[]): string {
  const named = kinds.slice(0, namedMax).map(({ resource, group }) => `cannot list resource "${resource}" in API group "${group}"`);
  const more = kinds.length > namedMax ? `, and ${kinds.length - namedMax} more` : '';
  return `it is not known to be empty: the spoke ${named.join(', ')}${more}`;
}

function isSecret({ group, kind }: KindRef): boolean {
  return group === secretKind.group && kind === secretKind.kind;
}
