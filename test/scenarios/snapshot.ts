import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import { objectKey, type ObjectKey } from '@accord/proto/ids';
import { ownerLabel } from '@accord/proto/labels';
import { definitionKind, policyKinds } from '../../packages/spoke/src/kube/own-kinds.ts';
import type { ScenarioFleet } from './scenario-fleet.ts';
import { widgetKind } from './scenario-words.ts';

/** What a fleet is and has at one moment, as far as a scenario tells of it. */
export interface Snapshot {
  readonly changes: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, string>;
  readonly objects: ReadonlyMap<string, string>;
}

export const nothingYet: Snapshot = { changes: new Set(), versions: new Map(), rows: new Map(), objects: new Map() };

/** Of a hub that is stopped nothing is known that was not known before. */
export function takeSnapshot(fleet: ScenarioFleet, before: Snapshot): Snapshot {
  const objects = new Map<string, string>();
  for (const { name, kube } of fleet.clusters.values())
    for (const [key, content] of objectsOf(kube)) objects.set(`${name} ${key}`, content);
  let hub;
  try {
    ({ hub } = fleet);
  } catch {
    return { ...before, objects };
  }
  const { registry } = hub.projection;
  const facts = [...registry.policies.values(), ...registry.clusters.values(), ...registry.left.values()];
  const rows = new Map<string, string>();
  for (const policy of registry.policies.values()) {
    for (const row of rowsOfPolicy(hub.projection, policy))
      rows.set(
        `${row.cluster} ${row.policy}`,
        `${row.policy}@${row.revision} ${row.state}${row.reason === row.state ? '' : ` ${row.reason}`}${row.message === '' ? '' : `: ${row.message}`}`,
      );
  }
  return { changes: new Set(facts.map(({ change }) => change.id)), versions: hub.versions(), rows, objects };
}

function objectsOf(
  kube: ScenarioFleet['clusters'] extends Map<string, infer C> ? (C extends { readonly kube: infer K } ? K : never) : never,
): ReadonlyMap<ObjectKey, string> {
  const found = new Map<ObjectKey, string>();
  for (const kind of [...policyKinds, definitionKind, widgetKind]) {
    for (const { object } of kube.cluster.ofKind(kind).objects) {
      const {
        name,
        namespace,
        labels = {},
      } = object['metadata'] as { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
      const key = objectKey(kind.group, kind.kind, namespace, name);
      if (ownerLabel in labels) found.set(key, `${labels[ownerLabel]} ${JSON.stringify(object['data'] ?? null)}`);
    }
  }
  return found;
}

/** One line for the hub and one for each cluster where something is otherwise. */
export function differences(before: Snapshot, after: Snapshot): readonly string[] {
  const lines: string[] = [];
  const changes = [...after.changes].filter((id) => !before.changes.has(id));
  if (changes.length > 0) lines.push(`INTENT ${changes.toSorted().join(' ')}`);
  for (const [anchor, version] of [...after.versions].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (before.versions.get(anchor) !== version && !anchor.startsWith('c.')) lines.push(`FLEET ${anchor} version ${version}`);
  }
  const clusters = new Map<string, string[]>();
  const note = (place: string, sign: string): void => {
    const [cluster = '', key = ''] = place.split(' ');
    const [, kind = '', namespace = '', name = ''] = key.split('/');
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), `${sign}${kind}/${namespace === '' ? '' : `${namespace}/`}${name}`]);
  };
  for (const [place, content] of after.objects)
    if (before.objects.get(place) !== content) note(place, before.objects.has(place) ? '~' : '+');
  for (const place of before.objects.keys()) if (!after.objects.has(place)) note(place, '-');
  for (const [place, row] of after.rows)
    if (before.rows.get(place) !== row) clusters.set(place.split(' ')[0] ?? '', [...(clusters.get(place.split(' ')[0] ?? '') ?? []), row]);
  for (const place of before.rows.keys())
    if (!after.rows.has(place))
      clusters.set(place.split(' ')[0] ?? '', [...(clusters.get(place.split(' ')[0] ?? '') ?? []), `${place.split(' ')[1]} gone`]);
  for (const [cluster, what] of [...clusters].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(`${cluster} ${what.toSorted().join(' · ')}`);
  return lines;
}
