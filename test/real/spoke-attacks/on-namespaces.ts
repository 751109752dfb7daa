/** Attacks on namespaces, where the owner bound accord-spoke-namespace-delete. */
import { create, remove, removeAll, thing, type Attack, type Attempt } from './attempt.ts';
import { itself, some } from './scene.ts';

const mark = { 'accord.dev/deletion': 'DeleteIfEmpty' };
const whole = { 'accord.dev/deletion': 'DeleteIfCreated' };
const ofSpoke = { 'accord.dev/policy': 'p' };
const namespaceOf = (name: string, labels: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>>) =>
  thing('Namespace', name, {}, { labels, annotations });
const theirs = namespaceOf('marked-theirs', {}, { ...mark, 'accord.dev/origin': 'Created', 'accord.dev/deletable': 'true' });
const adopted = namespaceOf('marked-adopted', ofSpoke, { ...mark, 'accord.dev/origin': 'Adopted' });
const bare = namespaceOf('marked-bare', ofSpoke, mark);
const adoptedWhole = namespaceOf('whole-adopted', ofSpoke, { ...whole, 'accord.dev/origin': 'Adopted' });
const theirsWhole = namespaceOf('whole-theirs', {}, { ...whole, 'accord.dev/origin': 'Created', 'accord.dev/deletable': 'true' });
const neither = namespaceOf('made-neither', ofSpoke, { 'accord.dev/origin': 'Created', 'accord.dev/deletion': 'Delete' });
const silent = namespaceOf('made-silent', ofSpoke, { 'accord.dev/origin': 'Created' });
const kept = namespaceOf('made-kept', ofSpoke, { 'accord.dev/origin': 'Created', 'accord.dev/deletion': 'retain' });
const ending = namespaceOf('ending', ofSpoke, { ...mark, 'accord.dev/origin': 'Created' });
const endingWhole = namespaceOf('ending-whole', ofSpoke, { ...whole, 'accord.dev/origin': 'Created' });
const refused = [theirs, adopted, bare, kept, theirsWhole, adoptedWhole, neither, silent];
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'accord-spoke-namespace-delete' };

export const namespaceDeletion: {
  readonly byOwner: readonly Attempt[];
  readonly isHeldWhen: Attempt;
  readonly attacks: readonly Attack[];
} = {
  byOwner: [
    ...[...refused, ending, endingWhole].map(create),
    create(thing('ClusterRoleBinding', 'accord-spoke-namespace-delete', { roleRef, subjects: [itself] }, { labels: {}, annotations: {} })),
  ],
  isHeldWhen: remove(some('Namespace', 'closed')),
  attacks: [
    [
      'delete one of others, one that was adopted, or one whose policy does not let it go',
      [some('Namespace', 'closed'), ...refused, some('Namespace', 'team')].map(remove),
      'accord-spoke-ownership',
      'the spoke may delete only a Namespace that it created and that its policy lets go',
    ],
    [
      'delete a protected one that the server itself would let go',
      ['kube-node-lease', 'accord-system'].map((name) => remove(some('Namespace', name))),
      'accord-spoke-ownership',
      'is protected',
    ],
    ['delete many', [removeAll(ending)], 'RBAC', 'cannot deletecollection'],
    ['allowed: delete one that it made, and that its policy lets go', [ending, endingWhole].map(remove), 'nobody', ''],
  ],
};
