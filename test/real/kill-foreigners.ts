import { adoptableAnnotation, ownerLabel } from '@accord/proto/labels';
import { until, type FleetFixture } from './fleet-fixture.ts';
import { lentObject, ownNamespace, sharedNamespace } from './kill-policies.ts';
import type { KillWorld } from './kill-world.ts';
import type { KillableSpoke } from './killable-spoke.ts';

export interface Cell {
  readonly fixture: FleetFixture;
  readonly world: KillWorld;
  readonly spoke: KillableSpoke;
  readonly name: string;
}

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';
const inShared = (resource: string): string => `/api/v1/namespaces/${sharedNamespace}/${resource}`;
const adoptable = { annotations: { [adoptableAnnotation]: 'true' } };
const subjects = [{ apiGroup, kind: 'Group', name: 'theirs' }];

/** Makes all that no policy may touch, once the namespaces of the policies are there. */
export async function settleForeigners(cell: Cell): Promise<void> {
  const { world, name } = cell;
  await world.makeGuarded('/api/v1/namespaces/kill-foreign');
  await world.makeGuarded('/api/v1/namespaces/kill-foreign/configmaps/settings', { data: { mine: 'yes' } });
  await world.makeGuarded(inShared('configmaps/mine'), { data: { mine: 'yes' } });
  await world.makeGuarded(inShared('configmaps/open'), { metadata: adoptable, data: { mine: 'yes' } });
  await world.makeGuarded(inShared('serviceaccounts/theirs'));
  await world.makeGuarded(inShared('resourcequotas/accord-theirs'), { spec: { hard: { pods: '1000' } } });
  await world.makeGuarded(inShared('limitranges/theirs'), { spec: { limits: [{ type: 'Pod', max: { cpu: '64' } }] } });
  await world.makeGuarded(`/apis/networking.k8s.io/v1/namespaces/${sharedNamespace}/networkpolicies/theirs`, {
    spec: { podSelector: {}, policyTypes: ['Egress'] },
  });
  await world.makeGuarded(`${rbac}/namespaces/${sharedNamespace}/roles/theirs`, { rules: [] });
  // Named as the policy would name its own.
  await world.makeGuarded(`${rbac}/namespaces/${sharedNamespace}/rolebindings/accord:${name}-left:theirs`, {
    roleRef: { apiGroup, kind: 'Role', name: 'theirs' },
    subjects,
  });
  await world.makeGuarded(`${rbac}/clusterroles/kill-theirs`, { rules: [] });
  await world.makeGuarded(`${rbac}/clusterrolebindings/accord:${name}-left:kill-theirs`, {
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'kill-theirs' },
    subjects,
  });
  for (const side of ['left', 'right'] as const)
    await world.makeGuarded(`/api/v1/namespaces/${ownNamespace(side)}/configmaps/of-0`, { data: { mine: 'yes' } });
  await world.make(lentObject, { metadata: adoptable, data: { theirs: 'theirs' } });
  await settlePast(cell);
}

/** A policy that has left: of what it held one object was given back, and one taken away by hand before. */
async function settlePast({ fixture, world, spoke, name }: Cell): Promise<void> {
  const past = `${name}-past`;
  const [returned, orphan] = [inShared('configmaps/returned'), inShared('configmaps/orphan')];
  await world.make(returned, { metadata: adoptable, data: { theirs: 'theirs' } });
  const configMaps = ['returned', 'orphan'].map((of) => ({ name: of, data: { past: 'yes' } }));
  const spec = { clusterSelector: { matchLabels: { cell: name } }, namespaces: [{ name: sharedNamespace, configMaps }] };
  await fixture.untilApplied(past, await fixture.put(past, spec), [`kill-${name}`]);
  await spoke.kill();
  await world.edit(orphan, { metadata: { labels: { [ownerLabel]: null } } });
  await fixture.delete(past);
  await spoke.start();
  await until(`${past} has left`, async () => (await fixture.rows(past)).length === 0);
  await world.guard(returned);
  await world.guard(orphan);
}
