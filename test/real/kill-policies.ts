import { adoptableAnnotation, contributorsAnnotation, originAnnotation, ownerLabel } from '@accord/proto/labels';

/** What a policy of these tests may hold beside its two namespaces; a role goes with its binding. */
export const parts = ['clusterRole', 'role', 'settings', 'lent', 'runner', 'deny', 'quota', 'limits', 'of'] as const;
export type Part = (typeof parts)[number];

export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];

/** A policy as it was last written. Of two, the one with the higher priority owns what both want. */
export interface Draft {
  readonly name: string;
  readonly side: Side;
  readonly priority: number;
  readonly version: number;
  readonly parts: ReadonlySet<Part>;
  /** Whether the labels of the cluster match. */
  readonly isSelected: boolean;
}

/** An object as it must be. */
export interface Wanted {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Fields that must be exactly this. */
  readonly content: Readonly<Record<string, unknown>>;
}

export const sharedNamespace = 'kill-shared';
export const ownNamespace = (side: Side): string => `kill-own-${side}`;
export const ownObject = ({ side, version }: Pick<Draft, 'side' | 'version'>): string =>
  `/api/v1/namespaces/${ownNamespace(side)}/configmaps/of-${version}`;
/** Belongs to somebody who lets policies have it. */
export const lentObject = `/api/v1/namespaces/${sharedNamespace}/configmaps/lent`;

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const networking = '/apis/networking.k8s.io/v1';
/** Where all kinds that are written here stand. */
export const collections: readonly string[] = [
  '/api/v1/namespaces',
  '/api/v1/configmaps',
  '/api/v1/serviceaccounts',
  '/api/v1/resourcequotas',
  '/api/v1/limitranges',
  `${networking}/networkpolicies`,
  `${rbac}/clusterroles`,
  `${rbac}/clusterrolebindings`,
  `${rbac}/roles`,
  `${rbac}/rolebindings`,
];

/** Names what is different in each version of each policy. */
const stampOf = ({ name, version }: Draft): string => `${name}-${version}`;
const rulesOf = (draft: Draft) => [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: [stampOf(draft)] }];

/** The spec as a person writes it. */
export function specOf(draft: Draft, clusterSelector: object): object {
  const { side, priority, version } = draft;
  const stamp = stampOf(draft);
  const only = <Value>(part: Part, ...values: readonly Value[]): readonly Value[] => (draft.parts.has(part) ? values : []);
  return {
    clusterSelector,
    priority,
    clusterRoles: only('clusterRole', { name: 'kill-auditor', rules: rulesOf(draft) }),
    clusterBindings: only('clusterRole', { clusterRole: 'kill-auditor', groups: [stamp] }),
    namespaces: [
      {
        name: sharedNamespace,
        labels: { [`kill.test/${side}`]: stamp },
        annotations: { 'kill.test/owner': stamp },
        roles: only('role', { name: 'reader', rules: rulesOf(draft) }),
        bindings: only('role', { role: 'reader', groups: [stamp] }),
        configMaps: [
          ...only('settings', { name: 'settings', data: { stamp, [side]: stamp } }),
          ...only('lent', { name: 'lent', data: { stamp } }),
        ],
        serviceAccounts: only('runner', { name: 'runner' }),
        networkPolicies: only('deny', { name: 'deny', spec: { podSelector: { matchLabels: { stamp } }, policyTypes: ['Ingress'] } }),
        ...(draft.parts.has('quota') && { quota: { hard: { pods: String(version + 1) } } }),
      },
      {
        name: ownNamespace(side),
        limits: only('limits', { type: 'Pod', max: { cpu: String(version + 1) } }),
        configMaps: only('of', { name: `of-${version}`, data: { stamp } }),
      },
    ],
  };
}

/** What must be in the cluster, by path. */
export function wantedOf(drafts: readonly Draft[]): ReadonlyMap<string, Wanted> {
  const ranked = drafts.filter(({ isSelected }) => isSelected).toSorted((a, b) => b.priority - a.priority);
  const wishes = ranked.flatMap((draft) => contentOf(draft).map(([path, content]) => ({ draft, path, content })));
  return new Map([...Map.groupBy(wishes, ({ path }) => path)].map(([path, group]) => [path, mergeWishes(path, group)]));
}

interface Wish {
  readonly draft: Draft;
  readonly content: Readonly<Record<string, unknown>>;
}

function mergeWishes(path: string, group: readonly Wish[]): Wanted {
  const [first] = group;
  if (first === undefined) throw new TypeError('a group has at least one');
  const isNamespace = path.startsWith('/api/v1/namespaces/') && path.split('/').length === 5;
  const sharing = group.filter(({ content }) => JSON.stringify(content) === JSON.stringify(first.content)).map(({ draft }) => draft);
  const isShared = path.includes(sharedNamespace);
  const marks = isNamespace && isShared ? Object.fromEntries(sharing.map((draft) => [`kill.test/${draft.side}`, stampOf(draft)])) : {};
  return {
    labels: { ...marks, [ownerLabel]: first.draft.name },
    annotations: {
      ...(isNamespace && isShared && { 'kill.test/owner': stampOf(first.draft) }),
      ...(sharing.length > 1 && {
        [contributorsAnnotation]: sharing
          .map(({ name }) => name)
          .toSorted()
          .join(),
      }),
      [originAnnotation]: path === lentObject ? 'Adopted' : 'Created',
      ...(path === lentObject && { [adoptableAnnotation]: 'true' }),
    },
    content: path === lentObject ? { data: { theirs: 'theirs', stamp: stampOf(first.draft) } } : first.content,
  };
}

function contentOf(draft: Draft): readonly (readonly [path: string, content: Readonly<Record<string, unknown>>])[] {
  const { name, side, version } = draft;
  const stamp = stampOf(draft);
  const apiGroup = 'rbac.authorization.k8s.io';
  const inShared = (group: string, resource: string, of: string): string => `${group}/namespaces/${sharedNamespace}/${resource}/${of}`;
  const subjects = [{ apiGroup, kind: 'Group', name: stamp }];
  const rules = rulesOf(draft);
  const objects: Readonly<Record<Part, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
    clusterRole: {
      [`${rbac}/clusterroles/kill-auditor`]: { rules },
      [`${rbac}/clusterrolebindings/accord:${name}:kill-auditor`]: {
        roleRef: { apiGroup, kind: 'ClusterRole', name: 'kill-auditor' },
        subjects,
      },
    },
    role: {
      [inShared(rbac, 'roles', 'reader')]: { rules },
      [inShared(rbac, 'rolebindings', `accord:${name}:reader`)]: { roleRef: { apiGroup, kind: 'Role', name: 'reader' }, subjects },
    },
    settings: { [inShared('/api/v1', 'configmaps', 'settings')]: { data: { stamp, [side]: stamp } } },
    lent: { [lentObject]: { data: { stamp } } },
    runner: { [inShared('/api/v1', 'serviceaccounts', 'runner')]: {} },
    deny: {
      [inShared(networking, 'networkpolicies', 'deny')]: {
        spec: { podSelector: { matchLabels: { stamp } }, policyTypes: ['Ingress'] },
      },
    },
    quota: { [inShared('/api/v1', 'resourcequotas', `accord-${name}`)]: { spec: { hard: { pods: String(version + 1) } } } },
    limits: {
      [`/api/v1/namespaces/${ownNamespace(side)}/limitranges/accord-${name}`]: {
        spec: { limits: [{ type: 'Pod', max: { cpu: String(version + 1) } }] },
      },
    },
    of: { [ownObject(draft)]: { data: { stamp } } },
  };
  return [
    [`/api/v1/namespaces/${sharedNamespace}`, {}],
    [`/api/v1/namespaces/${ownNamespace(side)}`, {}],
    ...parts.filter((part) => draft.parts.has(part)).flatMap((part) => Object.entries(objects[part])),
  ];
}
