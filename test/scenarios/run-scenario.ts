import type { HoldScope } from '@accord/core/cluster/decide-holds';
import { rowsOfPolicy } from '@accord/core/status/policy-rows';
import type { JsonObject } from '@accord/proto/canonical';
import { objectKey, renderKey, type ObjectKey } from '@accord/proto/ids';
import type { Stream } from '@accord/proto/subjects';
import { parse } from 'yaml';
import type { FakeKube } from '../../packages/spoke/src/kube/fake-kube.ts';
import { clusterKind, clusterPolicyKind, policyKinds, secretKind } from '../../packages/spoke/src/kube/own-kinds.ts';
import {
  annotationOf,
  answerOf,
  editOf,
  ownedBy,
  policySpec,
  parseLabels,
  parseObject,
  repeated,
  widgetVersions,
} from './scenario-words.ts';
import { ScenarioFleet } from './scenario-fleet.ts';
import { registryIn } from './registry-in.ts';
import { driftInMirror, evidenceIn } from './evidence-in.ts';
import { differences, nothingYet, takeSnapshot } from './snapshot.ts';
import { toldGuardrail } from './told-guardrail.ts';
import { sealFor, untilTold } from './seal-for.ts';

/** Runs the commands of a scenario and returns it with what the program did under each of them. */
export async function runScenario(text: string): Promise<string> {
  const fleet = new ScenarioFleet();
  const output: string[] = [];
  let before = nothingYet;
  await fleet.startHub();
  try {
    for (const line of commandsOf(text)) {
      if (output.length > 0 && output.at(-1) !== '' && !line.startsWith('#') && output.at(-1)?.startsWith('#') !== true) output.push('');
      output.push(line);
      if (line === '' || line.startsWith('#')) continue;
      const said: string[] = [];
      for (const command of line.split(';')) said.push(...(await runCommand(fleet, command.trim())));
      const after = takeSnapshot(fleet, before);
      said.push(...differences(before, after));
      before = after;
      output.push('----', ...(said.length === 0 ? ['nothing'] : said), '');
    }
  } finally {
    await fleet.stop();
  }
  return `${output.join('\n').trimEnd()}\n`;
}

/** Comments, and the commands without what an earlier run wrote under them. */
function commandsOf(text: string): string[] {
  const lines: string[] = [];
  let isOutput = false;
  for (const line of text.split('\n')) {
    if (line === '----') isOutput = true;
    else if (line === '') isOutput = false;
    else if (!isOutput) lines.push(line);
  }
  return lines;
}

async function runCommand(fleet: ScenarioFleet, command: string): Promise<readonly string[]> {
  const [verb = '', ...words] = command.match(/"[^"]*"|\S+/g) ?? [];
  const [first = '', second = '', third = ''] = words.map((word) => word.replace(/^"|"$/g, ''));
  const verbs: Readonly<Record<string, () => Promise<readonly string[] | void> | readonly string[] | void>> = {
    clusters: async () => {
      for (const word of words) {
        const { name, labels } = parseLabels(word);
        await fleet.addCluster(name, labels);
      }
    },
    apply: () => fleet.put(parseLabels(first).name, policySpec(parseLabels(first).labels, words.slice(1), fleet.clock.now())),
    // `seal pay{env=prod} Secret/shop/db=value eu-1,us-1`, or with `moved` as what was sealed for another place.
    seal: async () => {
      const { name, labels } = parseLabels(first);
      const secret = parseObject(second);
      const sealed = await sealFor(fleet, secret, third.split(','));
      const sealedSecrets = [words[3] === 'moved' ? { ...sealed, version: 2 } : sealed];
      await fleet.put(name, { clusterSelector: { matchLabels: labels }, namespaces: [{ name: secret.namespace, sealedSecrets }] });
      await untilTold(fleet, name);
    },
    suspend: () => fleet.suspend(first, true),
    resume: () => fleet.suspend(first, false),
    pause: () => fleet.pause(first, true),
    inform: () => fleet.setMode(first, 'Inform'),
    enforce: () => fleet.setMode(first, 'Enforce'),
    'resume-cluster': () => fleet.pause(first, false),
    delete: () => fleet.delete(first),
    confirm: () => fleet.confirmRemoval(first, Number(second)),
    'confirm-epoch': () => fleet.confirmEpoch(),
    relabel: () => fleet.relabel(parseLabels(first).name, parseLabels(first).labels),
    // A policy whose spec is YAML, for what the short words do not say.
    put: () => fleet.put(first, parse(command.slice(command.indexOf('{')))),
    // Writes of this object get this answer from now on.
    refuse: () => fleet.cluster(first).kube.refuse(parseObject(second).key, answerOf(words[3], third)),
    allow: () => fleet.cluster(first).kube.refuse(parseObject(second).key, undefined),
    // The spoke may not list objects of this kind from now on, or may again.
    'hide-kind': () => fleet.cluster(first).kube.forbidListing(kindNamed(second)),
    'show-kind': () => fleet.cluster(first).kube.forbidListing(kindNamed(second), false),
    // The API server does not answer writes of this object until it is told to.
    hold: () => void fleet.held.set(words.join(' '), fleet.cluster(first).kube.hold(parseObject(second).key)),
    answer: () => fleet.held.get(words.join(' '))?.(),
    edit: () => fleet.cluster(first).kube.cluster.edit(parseObject(second).key, 'kubectl', editOf(parseObject(second).kind)),
    'add-key': () => fleet.cluster(first).kube.cluster.edit(parseObject(second).key, 'kubectl', { data: { [third]: 'x' } }),
    // For so many seconds, or until it is lifted.
    annotate: () => fleet.holdLocally(first, parseObject(second).key, third),
    // An operator holds a policy on a cluster, or one object of it; of an operator's freeze the policy is `-`.
    keep: () => fleet.hold(first, holdScope(second, words[3]), Number(third)),
    unkeep: () => fleet.unhold(first, holdScope(second, words[2])),
    // The owner of the cluster writes its Guardrail; without a spec it is taken away.
    guard: () => fleet.guard(first, words.length === 1 ? undefined : (JSON.parse(words.slice(1).join(' ')) as JsonObject)),
    // Somebody takes the admission policy away that keeps the spoke from what is not its own, or puts it back.
    'drop-rail': () => fleet.cluster(first).kube.cluster.setGuarded(false),
    'put-rail': () => fleet.cluster(first).kube.cluster.setGuarded(true),
    // `KEY=VALUE` in the annotations, as the owner of an object sets it.
    mark: () =>
      fleet.cluster(first).kube.cluster.edit(parseObject(second).key, 'kubectl', { metadata: { annotations: annotationOf(third) } }),
    // Somebody keeps it from being gone when it is deleted; without a name nobody does any more.
    finalize: () =>
      fleet
        .cluster(first)
        .kube.cluster.edit(parseObject(second).key, 'controller', { metadata: { finalizers: words.length > 2 ? words.slice(2) : null } }),
    remove: () => fleet.cluster(first).kube.cluster.drop(parseObject(second).key),
    create: () => void fleet.cluster(first).kube.cluster.create(parseObject(second).object, 'kubectl'),
    // Creates it, or gives it exactly these labels. `open` is its owner's consent.
    namespace: () => {
      for (const name of repeated(parseLabels(second).name)) fleet.labelNamespace(first, name, parseLabels(second).labels);
    },
    // The next spoke there sees no namespace until they are shown.
    'hide-namespaces': () => void fleet.held.set(`namespaces of ${first}`, fleet.hideNamespaces(first)),
    'show-namespaces': () => fleet.held.get(`namespaces of ${first}`)?.(),
    // Somebody deletes it; what is in it goes later.
    terminate: () =>
      fleet
        .cluster(first)
        .kube.cluster.edit(parseObject(second).key, 'kubectl', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    // The definition of widgets serves these versions from now on: `v1,v1beta1`.
    serve: () =>
      fleet.cluster(first).kube.cluster.edit(parseObject('CustomResourceDefinition/widgets.example.com').key, 'kubectl', {
        spec: { versions: widgetVersions(second.split(',')) },
      }),
    // What the controller of an object says of it: a condition that is true, and why.
    condition: () => {
      const conditions = [{ type: third, status: 'True', message: (words[3] ?? '').replaceAll('"', '') }];
      fleet.cluster(first).kube.cluster.edit(parseObject(second).key, 'controller', { status: { conditions } });
    },
    // Whether that API server takes definitions in, as it does some milliseconds after they were written.
    establish: () => fleet.cluster(first).kube.cluster.setEstablishes(second !== 'later'),
    // The cluster leaves the fleet: it gives back what it holds, with `purge` it removes it, with `force` it is not asked.
    part: () => (second === 'force' ? fleet.forceLeave(first) : fleet.leave(first, second === 'purge' ? 'Purge' : 'Retain')),
    stay: () => fleet.stay(first),
    // With what name its former spoke joins again.
    rejoin: () => fleet.rejoin(first, parseLabels(second).name, parseLabels(second).labels),
    stored: () => fleet.storedOf(first),
    health: () => [`${first} ${fleet.cluster(first).note?.() ?? 'ok'}`],
    look: () => looked(fleet.cluster(first).kube, parseObject(second).key),
    'look-at-mirrors': () => mirrorsOf(fleet.cluster(first).kube),
    // As the spoke of another fleet left it.
    leave: () => void fleet.cluster(first).kube.cluster.create(ownedBy(third, parseObject(second).object), 'accord'),
    lose: () =>
      fleet.broker.dropLive(busOf(fleet, first), ({ subject }) =>
        subject.startsWith(second === '' ? 'live.desired' : `live.desired.${second}.`),
      ),
    hear: () => fleet.broker.dropLive(busOf(fleet, first), () => false),
    disconnect: () => fleet.cut(first, true),
    connect: () => fleet.cut(first, false),
    stop: () => (first === 'hub' ? fleet.stopHub() : fleet.stopSpoke(first)),
    start: () => (first === 'hub' ? fleet.startHub() : fleet.startSpoke(first)),
    // The index of an anchor is replaced by bytes that nobody signed.
    garble: () => fleet.garble(first),
    wipe: () => fleet.wipe(first as Stream),
    tick: () => fleet.pass(Number(first)),
    rows: () => [...sentences(fleet), ...(fleet.hub.halted() === undefined ? [] : [`hub: ${fleet.hub.halted()}`])],
    problems: () => problems(fleet),
    reports: () => reports(fleet),
    // What each cluster says is wrong with it.
    alarms: () => alarms(fleet),
    // What somebody in a cluster sees of the fleet, with kubectl get clusters.
    // What the hub knows of the Guardrail there.
    allowed: () => toldGuardrail(fleet.hub.projection, first),
    registry: () => registryIn(fleet.cluster(first).kube),
    'remove-cluster': () => fleet.cluster(first).kube.cluster.drop(clusterKey(second)),
    'edit-cluster': () => fleet.cluster(first).kube.cluster.edit(clusterKey(second), 'kubectl', { spec: { region: 'moon' } }),
    // What the mirror of a policy says of drift, and of what it has there.
    mirror: () => [driftInMirror(fleet.cluster(first).kube.cluster.peek(mirrorKey(second)))],
    'remove-mirror': () => fleet.cluster(first).kube.cluster.drop(mirrorKey(second)),
    // Who wrote what was put right, and what differs where it is only compared.
    evidence: () => evidenceIn(fleet),
    heals: () =>
      [...fleet.hub.projection.registry.policies.values()].flatMap((policy) =>
        rowsOfPolicy(fleet.hub.projection, policy).map(({ cluster, heals }) => `${cluster} healed ${heals} of ${policy.body.name}`),
      ),
    'edit-mirror': () => fleet.cluster(first).kube.cluster.edit(mirrorKey(second), 'kubectl', { spec: { priority: 7 } }),
    writes: () => [
      `${first} sent ${String(
        fleet
          .cluster(first)
          .kube.writes.splice(0)
          .filter(
            ({ key }) =>
              !key.includes('/Lease/') && !key.startsWith('accord.dev/') && !key.startsWith('events.k8s.io/') && !key.includes('accord-'),
          ).length,
      )} requests`,
    ],
  };
  const run = verbs[verb];
  if (run === undefined) throw new Error(`no such command: ${command}`);
  const said = await run();
  // Half a second passes under each command: enough for everything that does not wait for a longer while.
  await fleet.pass(0.5);
  return said ?? [];
}

function holdScope(policy: string, object: string | undefined): HoldScope {
  return { ...(policy !== '-' && { policy }), ...(object !== undefined && { object }) };
}

function busOf(fleet: ScenarioFleet, name: string) {
  const { bus } = fleet.cluster(name);
  if (bus === undefined) throw new Error(`${name} has no bus`);
  return bus;
}

function clusterKey(name: string): ObjectKey {
  return objectKey('accord.dev', 'Cluster', undefined, name);
}

function mirrorKey(policy: string): ObjectKey {
  return objectKey('accord.dev', 'ClusterPolicy', undefined, policy);
}

function looked(kube: FakeKube, key: ObjectKey): readonly string[] {
  const object = kube.cluster.peek(key);
  if (object === undefined) return [`${renderKey(key)} is not there`];
  const { labels = {}, annotations = {} } = object['metadata'] as Readonly<Record<string, JsonObject | undefined>>;
  const marks = Object.entries({ ...labels, ...annotations }).filter(([name]) =>
    ['policy', 'origin', 'adoptable'].includes(name.slice('accord.dev/'.length)),
  );
  return [`${renderKey(key)} ${marks.map((mark) => mark.join('=')).join(' ')} ${JSON.stringify(object['data'] ?? null)}`];
}

function mirrorsOf(kube: FakeKube): readonly string[] {
  return [clusterPolicyKind, clusterKind].flatMap((kind) =>
    kube.cluster.ofKind(kind).objects.map(({ object }) => `${kind.kind} ${(object['metadata'] as { readonly name: string }).name}`),
  );
}

function sentences(fleet: ScenarioFleet): readonly string[] {
  return [...fleet.hub.projection.registry.policies.values()].flatMap((policy) =>
    rowsOfPolicy(fleet.hub.projection, policy).map(
      ({ cluster, connection, sync, sentence }) => `${cluster} ${connection} ${sync}: ${sentence}`,
    ),
  );
}

/** Objects that are not as wanted, as each row lists them. */
function problems(fleet: ScenarioFleet): readonly string[] {
  const { projection } = fleet.hub;
  return [...projection.registry.policies.values()].flatMap((policy) =>
    rowsOfPolicy(projection, policy).flatMap(({ cluster, policy: name, problems: all }) =>
      all.map(
        ({ object, state, reason, message }) =>
          `${cluster} ${name}: ${object === '' ? '' : `${renderKey(object as ObjectKey)} `}${state} ${reason}: ${message}`,
      ),
    ),
  );
}

function kindNamed(name: string): (typeof policyKinds)[number] {
  const found = [...policyKinds, secretKind].find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}

/** The last word of each spoke on each policy, also where there is no row any more. */
function reports(fleet: ScenarioFleet): readonly string[] {
  const { registry, reported } = fleet.hub.projection;
  return [...reported.clusters].flatMap(([id, { policies }]) =>
    [...policies.values()].map(({ report: { policy, revision, state, reason, retained } }) => {
      const kept = retained.map((key) => renderKey(key as ObjectKey)).join(', ');
      return `${registry.clusters.get(id)?.body.name} says: ${policy}@${revision} ${state} ${reason}${kept === '' ? '' : `; kept: ${kept}`}`;
    }),
  );
}

function alarms(fleet: ScenarioFleet): readonly string[] {
  const { registry, reported } = fleet.hub.projection;
  return [...reported.clusters].flatMap(([id, said]) => said.alarms.map((text) => `${registry.clusters.get(id)?.body.name}: ${text}`));
}
