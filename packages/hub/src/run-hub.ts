import type { Bus, BusPlace } from '@accord/bus/bus';
import type { FleetPlan, WantedDocument } from '@accord/core/fleet/plan-fleet';
import { CodedError, isCoded } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import type { AuditRecord } from '@accord/proto/messages';
import { trustKeys } from '@accord/proto/seal';
import { parseIntent } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import type { Loop } from '@accord/runtime/loop';
import { Meter } from '@accord/runtime/metrics/meter';
import { AlarmBook, type AlarmCode } from './alarms/alarm-book.ts';
import { watchConnections } from './alarms/watch-connections.ts';
import { Connections } from './connections/connections.ts';
import type { ServerMonitor } from './connections/server-monitor.ts';
import { History } from './history/history.ts';
import type { HistoryStore } from './history/history-store.ts';
import { requireSameStreams } from './history/positions.ts';
import { recordMints } from './history/record-mints.ts';
import { LossWatch, type HighWaterStore } from './intent/loss-watch.ts';
import { IntentLog, type FactSeen } from './intent/intent-log.ts';
import type { HubIdentity } from './join/hub-identity.ts';
import { JoinService } from './join/join-service.ts';
import { OldKeyRevoker } from './join/revoke-old-keys.ts';
import { CredentialReplacer } from './join/replace-credentials.ts';
import { Departures } from './leave/departures.ts';
import { countGaps, countOutcome } from './metrics/count-outcomes.ts';
import { allHubMetrics } from './metrics/hub-metrics.ts';
import { Audience } from './planner/audience.ts';
import { FleetLog } from './planner/fleet-log.ts';
import { Planner } from './planner/planner.ts';
import { AwakeClock } from './presence/awake-clock.ts';
import { checkClusters } from './presence/check-clusters.ts';
import { RecordPublisher } from './registry/record-publisher.ts';
import { Quarantine } from './revoke/quarantine.ts';
import { Revoker } from './revoke/revoker.ts';
import { startEpoch } from './start-epoch.ts';
import { SpokeMessages } from './views/follow-spokes.ts';
import { OpenedOutcomes } from './views/opened-outcomes.ts';
import { Projection } from './views/projection.ts';

export interface HubDeps {
  readonly bus: Bus;
  /** What the server tells of connections. */
  readonly monitor: ServerMonitor;
  readonly identity: HubIdentity;
  /** The bus as spokes reach it. */
  readonly busPlace: BusPlace;
  readonly highWater: HighWaterStore;
  readonly historyStore: HistoryStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFact: (fact: FactSeen) => void;
  /** What the planner has stored. */
  readonly onStored?: (plan: FleetPlan) => void;
  /** How many keys are revoked now, and how many can be at once. */
  readonly revocations: () => { readonly count: number; readonly max: number };
  /** A key that signs tokens of spokes is being replaced. */
  readonly isRotating?: () => boolean;
  /** Why the store takes nothing now; undefined while it does. */
  readonly storeRefusal?: () => CodedError | undefined;
}

export interface Hub {
  readonly intent: IntentLog;
  readonly projection: Projection;
  readonly planner: Planner;
  readonly join: JoinService;
  readonly spokes: SpokeMessages;
  readonly revoker: Revoker;
  readonly replacer: CredentialReplacer;
  readonly connections: Connections;
  readonly alarms: AlarmBook;
  readonly history: History;
  /** Counts what happens, from the start of this hub on. */
  readonly meter: Meter;
  readonly loops: readonly Pick<Loop<never>, 'name' | 'waiting'>[];
  /** Anchor → version that stands in FLEET. */
  readonly versions: () => ReadonlyMap<string, number>;
  /** Why nothing is published, as a sentence; undefined when all is well. */
  readonly halted: () => string | undefined;
  /** Rejects when a part has failed for good; ends with the signal. */
  readonly done: Promise<unknown>;
}

/** Replays what is stored, then serves. Resolves when everything that was stored is known, so that nothing is decided on half of it. */
export async function runHub(deps: HubDeps, signal: AbortSignal): Promise<Hub> {
  const { bus, monitor, busPlace, highWater, historyStore, revocations, clock, log, storeRefusal, isRotating = () => false } = deps;
  const { desired: signer } = deps.identity;
  const keys = deps.identity.trust?.verifiers ?? trustKeys([deps.identity.desiredPublicKey]);
  const fleet = new FleetLog({
    bus,
    ...{ signer, keys, clock, log },
    onRecord: (subject, body) => records.learn(subject, body),
    onFound: (subject, statement) => history.publications.found(subject, statement),
    onStored: (plan, atMs) => tellStored({ history, deps }, plan, atMs),
  });
  const awake = new AwakeClock(clock);
  const connections = new Connections({ monitor, moment: awake.moment, log });
  const projection = new Projection(clock, fleet.published, { moment: awake.moment, linkOf: (key) => connections.linkOf(key) });
  const opened = new OpenedOutcomes();
  const meter = new Meter(allHubMetrics);
  const history: History = new History({
    ...{ bus, store: historyStore, signer, keys, projection, opened, clock, log, storeRefusal },
    readPublished: (subject) => fleet.verified(subject),
    onGaps: (gaps) => countGaps(meter, gaps),
  });
  const { registry } = projection;
  const identity = recordMints(deps.identity, (entry) => history.events.audit(entry), clock);
  const watch = new LossWatch(highWater);
  const halted = (): string | undefined => watch.loss ?? storeRefusal?.()?.message ?? foreignEpoch(projection);
  const refusal = (): CodedError | undefined =>
    watch.loss === undefined ? storeRefusal?.() : new CodedError('unavailable', watch.loss, { help: recoverHelp });

  const onFact = (fact: FactSeen): void => {
    watch.see(fact);
    wake(fact, { projection, planner, replacer, oldKeys, revoker, departures });
    historyStore.addFact(fact);
    deps.onFact(fact);
  };
  const intent = new IntentLog({ bus, signer, keys, trust: identity.trust, registry, clock, log, onFact, refusal });
  const documentsAbout = (id: ClusterId): readonly WantedDocument[] => [replacer.documentOf(id) ?? [], records.documentOf(id) ?? []].flat();
  const { readersOf } = new Audience({ registry, connections, clock });
  const planner: Planner = new Planner({ registry, fleet, clock, log, documentsAbout, readersOf, isHalted: () => halted() !== undefined });
  const publish = (id: ClusterId): void => planner.loop.mark(`cluster/${id}`);
  const replacer: CredentialReplacer = new CredentialReplacer({ identity, intent, projection, isRotating, clock, log, publish });
  const records: RecordPublisher = new RecordPublisher({ projection, published: fleet.published, readersOf, clock, log, publish });
  projection.onNotice((notice) => (notice.type === 'cluster' ? records.loop.mark(notice.id) : undefined), signal);
  const oldKeys: OldKeyRevoker = new OldKeyRevoker({ identity, intent, projection, connections, clock, log });
  const alarms = new AlarmBook({ clock, log, onRaised: (...alarm) => history.events.audit(alarmEntry(clock.now(), ...alarm)) });
  const quarantine = new Quarantine({ identity, connections, clock, log });
  const revoker: Revoker = new Revoker({ registry, identity, connections, clock, log });
  const { published } = fleet;
  const join = new JoinService({ identity, intent, projection, published, busPlace, quarantine, past: history, clock, log });
  const spokes = new SpokeMessages({
    ...{ bus, projection, opened, clock, log },
    onDeparture: (id) => departures.loop.mark(id),
    onForged: (id) => alarms.raise('ForgedReport', id, forged),
    onOutcome: (folded) => countOutcome({ meter, projection, linkOf: (key) => connections.linkOf(key) }, folded),
  });
  const departures: Departures = new Departures({ bus, identity, intent, projection, strangers: spokes.strangers, clock, log });

  historyStore.intentRead = () => intent.readSeq;
  if (!(await requireSameStreams(bus, historyStore, signal))) log.warn('the tables of the history are made anew from the streams');
  const replay = await intent.replay(signal);
  watch.replayed(registry);
  if (watch.loss !== undefined) log.error('this hub publishes nothing', { because: watch.loss, help: recoverHelp });
  const fleetEpoch = await fleet.load(signal);
  if (watch.loss === undefined) await startEpoch({ intent, fleet, registry, mark: highWater.mark, log }, fleetEpoch);
  await connections.follow(signal);
  const followed = await spokes.start(signal);
  await join.serve(bus, signal);
  const loops = [planner.loop, replacer.loop, replacer.waves, records.loop, oldKeys.loop, revoker.loop, quarantine.loop, departures.loop];
  const done = Promise.all([
    replay.done,
    followed.done,
    ...loops.map((loop) => loop.run(signal)),
    awake.run(signal),
    watchConnections({ registry, monitor, connections, quarantine, alarms, past: history, revocations, clock, log }, signal),
    checkClusters({ bus, projection, signer, clock, fleetLastSeq: () => fleet.lastSeq }, signal),
    history.run(signal),
    watch.keep({ fleetLastSeq: () => fleet.lastSeq, epoch: () => registry.epoch?.body.epoch ?? 0, clock }, signal),
  ]).catch((error: unknown) => {
    if (!signal.aborted || !isCoded(error)) throw error;
  });
  const parts = { intent, projection, planner, join, spokes, revoker, replacer, connections, alarms, history };
  return { ...parts, meter, loops, versions: () => versionsOf(fleet), halted, done };
}

function versionsOf({ published }: FleetLog): ReadonlyMap<string, number> {
  return new Map([...published].map(([anchor, { version }]) => [anchor, version]));
}

function tellStored({ history, deps }: { readonly history: History; readonly deps: HubDeps }, plan: FleetPlan, atMs: number): void {
  history.publications.stored(plan, atMs);
  deps.onStored?.(plan);
}

/** What only a person can judge stays to be read when the alarm is over. */
function alarmEntry(atMs: number, code: AlarmCode, cluster: ClusterId | undefined, text: string): AuditRecord {
  const object = cluster === undefined ? 'fleet' : `cluster.${cluster}`;
  return { actor: 'hub', action: code, object, change: '', reason: '', source: '', result: 'done', detail: text, atMs, count: 1 };
}

const recoverHelp = 'See: accord-hub recover --data DIR';
const forged = 'a message came under its name that its key did not sign; if this goes on, see docs/runbooks/key-theft.md';

interface Woken {
  readonly projection: Projection;
  readonly planner: Planner;
  readonly replacer: CredentialReplacer;
  readonly oldKeys: OldKeyRevoker;
  readonly revoker: Revoker;
  readonly departures: Departures;
}

/** A fact wakes whoever has to look at its object again; it never tells them what to do. */
function wake(fact: FactSeen, { projection, planner, replacer, oldKeys, revoker, departures }: Woken): void {
  const place = parseIntent(fact.subject);
  if (place?.kind === 'policy') {
    planner.loop.mark(`policy/${place.id}`);
  } else if (place?.kind === 'cluster') {
    planner.loop.mark(`cluster/${place.id}`);
    replacer.loop.mark(place.id as ClusterId);
    replacer.waves.mark(place.id as ClusterId);
    oldKeys.loop.mark(place.id as ClusterId);
    revoker.loop.mark(place.id as ClusterId);
    departures.loop.mark(place.id as ClusterId);
  } else if (place?.kind === 'fleet') {
    for (const id of projection.registry.clusters.keys()) planner.loop.mark(`cluster/${id}`);
  }
  projection.noticeFact(fact);
}

function foreignEpoch(projection: Projection): string | undefined {
  const ours = projection.registry.epoch?.body.epoch ?? 0;
  const theirs = projection.epochOfBeats();
  return theirs > ours
    ? `most clusters know epoch ${theirs}, but this hub is at ${ours}: another hub has rebuilt desired state`
    : undefined;
}
