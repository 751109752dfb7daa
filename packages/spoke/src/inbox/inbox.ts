import type { Bus } from '@accord/bus/bus';
import { syncDigest } from '@accord/core/cluster/sync-digest';
import { DesiredSet, policyAt, recordAt, type HeldDocument } from '@accord/core/desired/desired-set';
import { Entries } from '@accord/core/follow/entries';
import { startFollowing, type FollowAction, type FollowState } from '@accord/core/follow/follow';
import { isCoded } from '@accord/proto/coded-error';
import type { ClusterId, PolicyName } from '@accord/proto/ids';
import { parseMember, type Member } from '@accord/proto/member';
import type { AnchorPosition } from '@accord/proto/messages';
import type { TrustedKeys } from '@accord/proto/seal';
import { credentialDoc, isSetAnchor, memberDoc, parseDesired, tickSubject, type Anchor, type Doc } from '@accord/proto/subjects';
import type { Clock } from '@accord/runtime/clock';
import type { Log } from '@accord/runtime/log';
import { AnchorFollower } from './anchor-follower.ts';
import { HubTicks } from './hub-ticks.ts';
import { RecentAlarms } from './recent-alarms.ts';

export interface KnownPosition {
  readonly epoch: number;
  readonly version: number;
}

export interface InboxDeps {
  readonly id: ClusterId;
  readonly keys: () => TrustedKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Anchors that the credential in use opens; others wait for the next one. */
  readonly isPermitted: (anchor: Anchor) => boolean;
  /** The word of these policies may have changed. */
  readonly onPolicies: (policies: Iterable<PolicyName>) => void;
  /** What is known of these clusters, members of a set of this one, may have changed. */
  readonly onRecords: (clusters: Iterable<ClusterId>) => void;
  /** Every anchor is complete: what waited for that may go on. */
  readonly onCaughtUp: () => void;
  /** The position in some anchor has changed. */
  readonly onMoved: () => void;
  /** Every policy is to be looked at again: what selects this cluster, and what may be removed from it, follows from its record. */
  readonly onMember: (member: Member, document: HeldDocument) => void;
  readonly onCredential: (body: Uint8Array) => void;
  /** There is something else to tell of what could not be believed. */
  readonly onAlarms: () => void;
}

/** A tick may ask for a look at most this often. */
const checkEveryMs = 300_000;
/** Four ticks. Without one for longer, this cluster looks by itself. */
const lookMsMax = 120_000;

/** Follows the anchors of this cluster and keeps the desired set. It applies nothing: it wakes whoever does. */
export class Inbox {
  readonly #deps: InboxDeps;
  readonly desired = new DesiredSet(policyAt);
  /** The members of the sets of this cluster. */
  readonly records = new DesiredSet(recordAt);
  readonly #followers = new Map<Anchor, { readonly follower: AnchorFollower; readonly stop: AbortController }>();
  readonly #known = new Map<Anchor, KnownPosition>();
  /** Anchors that have been complete in this process: a position that was only restored is no claim. */
  readonly #complete = new Set<Anchor>();
  #bus: Bus | undefined;
  #member: Member | undefined;
  #memberMs = 0;
  #isConnected = false;
  #hearsTicks = false;
  #fleetLastSeq = 0;
  #checkedAtMs = 0;
  #saysSilent = false;
  readonly #ticks: HubTicks;
  readonly #alarms: RecentAlarms;

  constructor(deps: InboxDeps) {
    this.#deps = deps;
    this.#ticks = new HubTicks(deps.clock.now());
    this.#alarms = new RecentAlarms({ clock: deps.clock, onChange: deps.onAlarms });
  }

  /** What a restarted spoke knows out of its own API server: verified mirrors, its record, and how far it had come. */
  restore(member: Member, documents: readonly HeldDocument[], positions: ReadonlyMap<Anchor, KnownPosition>): void {
    for (const document of documents) this.desired.put(document);
    for (const [anchor, position] of positions) this.#known.set(anchor, position);
    this.#member = member;
  }

  /** Starts to follow, once there is a bus; until then what was restored stays in force. `signal` ends everything. */
  start(bus: Bus, signal: AbortSignal): void {
    this.#bus = bus;
    signal.addEventListener('abort', () => this.#followers.forEach(({ stop }) => stop.abort()), { once: true });
    this.#followAnchors();
    bus.onConnection((state) => this.#onConnection(state, signal), signal);
  }

  get member(): Member | undefined {
    return this.#member;
  }

  /** When the record of this cluster came in; 0 for one that was restored. */
  get memberMs(): number {
    return this.#memberMs;
  }

  /** True when every anchor that may hold policies is complete; only then may anything be removed. */
  isCaughtUp(): boolean {
    return this.#areLive((anchor) => !isSetAnchor(anchor));
  }

  /** True when every member of every set is known; only then does absence say that a cluster has left. In an epoch that nobody has confirmed it says nothing. */
  knowsMembers(): boolean {
    const confirmedEpoch = this.#member?.confirmedEpoch ?? 0;
    return this.#areLive(isSetAnchor) && [...this.#states()].every(({ anchor, epoch }) => !isSetAnchor(anchor) || epoch <= confirmedEpoch);
  }

  #areLive(isMeant: (anchor: Anchor) => boolean): boolean {
    const anchors = ((this.#member?.anchors ?? []) as Anchor[]).filter(isMeant);
    return anchors.length > 0 && anchors.every((anchor) => this.#followers.get(anchor)?.follower.state.phase === 'live');
  }

  /** The highest epoch of what is followed. */
  epoch(): number {
    return Math.max(0, ...[...this.#states()].map(({ epoch }) => epoch));
  }

  positions(): readonly AnchorPosition[] {
    return [...this.#states()].map(({ anchor, epoch, version, phase }) => ({ anchor, epoch, version, live: phase === 'live' }));
  }

  syncDigest(): Uint8Array {
    return syncDigest([...this.#states()].filter(({ anchor }) => this.#complete.has(anchor)));
  }

  /** What came of late and could not be believed. */
  alarms(): readonly string[] {
    return this.#alarms.sentences();
  }

  /** To be called when the credential has changed: anchors that had to wait may now be followed. */
  followPermitted(): void {
    this.#followAnchors();
  }

  *#states(): Iterable<FollowState> {
    for (const { follower } of this.#followers.values()) yield follower.state;
  }

  #onConnection(state: 'connected' | 'disconnected', signal: AbortSignal): void {
    if (state === 'connected' && !this.#hearsTicks) void this.#hearTicks(signal);
    this.#isConnected = state === 'connected';
    for (const { follower } of this.#followers.values()) follower.handle({ type: state });
    // The token of this login may open anchors that had to wait.
    if (state === 'connected') this.#followAnchors();
    if (state === 'disconnected') this.#deps.log.warn('the bus is away; what is desired stays in force', {});
  }

  /** A connection that is lost again at once is no failure: the next one brings another attempt. */
  async #hearTicks(signal: AbortSignal): Promise<void> {
    this.#hearsTicks = true;
    try {
      await this.#bus?.subscribe(tickSubject, ({ body }) => this.#onTick(body), signal);
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#hearsTicks = false;
    }
  }

  #followAnchors(): void {
    const wanted = new Set((this.#member?.anchors ?? []) as Anchor[]);
    for (const [anchor, { stop }] of this.#followers) {
      if (wanted.has(anchor)) continue;
      stop.abort();
      this.#followers.delete(anchor);
      this.#known.delete(anchor);
      this.#complete.delete(anchor);
      this.#deps.onPolicies(this.desired.dropAnchor(anchor));
      this.#deps.onRecords(this.records.dropAnchor(anchor));
    }
    const bus = this.#bus;
    if (bus === undefined) return;
    for (const anchor of wanted) if (!this.#followers.has(anchor) && this.#deps.isPermitted(anchor)) this.#follow(bus, anchor);
  }

  #follow(bus: Bus, anchor: Anchor): void {
    const stop = new AbortController();
    const { keys, clock, random } = this.#deps;
    const follower = new AnchorFollower(
      { bus, keys, clock, random, onCheck: () => this.#check(true), onStep: (state, action) => this.#onStep(state, action) },
      startFollowing(anchor, this.#knownOf(anchor)),
      stop.signal,
    );
    this.#followers.set(anchor, { follower, stop });
    if (this.#isConnected) follower.handle({ type: 'connected' });
  }

  /**
   * The entries of an anchor follow from the documents that are held; what is missing among them is read again, and what an index
   * no longer names leaves, also where it is not known any more how far the anchor had come.
   */
  #knownOf(anchor: Anchor): { epoch: number; version: number; entries: Entries } {
    const position = this.#known.get(anchor) ?? { epoch: 0, version: 0 };
    const entries = new Entries();
    for (const { statement } of (isSetAnchor(anchor) ? this.records : this.desired).documentsOf(anchor)) {
      const doc = parseDesired(statement.subject)?.doc;
      const { epoch, revision, step, bodyDigest: digest } = statement;
      if (doc !== undefined) entries.put(doc, { epoch, revision, step, digest, deleted: false, deletedAtMs: 0 });
    }
    return { ...position, entries };
  }

  #onStep(state: FollowState, action: Extract<FollowAction, { readonly type: 'put' | 'replace' | 'alarm' }>): void {
    if (action.type === 'alarm') {
      this.#alarms.raise(action.text);
      this.#deps.log.warn('desired state could not be believed', { anchor: state.anchor, because: action.text });
      return;
    }
    const documents = action.type === 'put' ? [action.document] : action.documents;
    if (isSetAnchor(state.anchor)) return this.#onRecords(state.anchor, documents, action.type === 'replace' ? action.left : []);
    const policies = documents.map((document) => this.#take(document)).filter((policy) => policy !== undefined);
    const left = action.type === 'replace' ? this.desired.drop(state.anchor, action.left) : [];
    this.#complete.add(state.anchor);
    this.#deps.onPolicies([...policies, ...left]);
    this.#deps.onMoved();
    // Becoming live can be all that a removal waited for.
    if (action.type === 'replace' && this.isCaughtUp()) this.#deps.onCaughtUp();
  }

  #onRecords(anchor: Anchor, documents: readonly HeldDocument[], left: readonly Doc[]): void {
    const changed = documents.map((document) => this.records.put(document)).filter((id) => id !== undefined);
    this.#complete.add(anchor);
    this.#deps.onRecords([...changed, ...this.records.drop(anchor, left)]);
    this.#deps.onMoved();
  }

  #take(document: HeldDocument): PolicyName | undefined {
    const doc = parseDesired(document.statement.subject)?.doc;
    if (doc === memberDoc) this.#takeMember(document);
    else if (doc === credentialDoc) this.#deps.onCredential(document.body);
    return this.desired.put(document);
  }

  #takeMember(document: HeldDocument): void {
    const { id, log, onMember } = this.#deps;
    try {
      const member = parseMember(document.body);
      if (member.cluster.id !== id || member.revision < (this.#member?.revision ?? 0)) return;
      this.#member = member;
      this.#memberMs = document.receivedMs;
      onMember(member, document);
    } catch (error) {
      if (!isCoded(error)) throw error;
      log.error('the record of this cluster cannot be read; the last one stays in force', { because: error.message });
      return;
    }
    // Followers are changed after the step that brought the record: it belongs to one of them.
    queueMicrotask(() => this.#followAnchors());
  }

  /** False once there was no tick for five minutes. What is desired stays in force; what is known of other clusters may be over. */
  hearsHub(): boolean {
    return this.#ticks.isHeard(this.#deps.clock.now());
  }

  /** What time alone changes; to be called now and then. A hub that has gone silent cannot tell what was missed, so this cluster looks by itself. */
  lookAtTime(): void {
    const { clock, log } = this.#deps;
    this.#alarms.settle();
    const nowMs = clock.now();
    const isSilent = !this.hearsHub();
    if (isSilent && !this.#saysSilent) log.warn('the hub has not been heard for five minutes; what is desired stays in force', {});
    if (!isSilent && this.#saysSilent) log.info('the hub is heard again', {});
    this.#saysSilent = isSilent;
    if (!this.#isConnected || this.#ticks.silentMs(nowMs) <= lookMsMax || nowMs - this.#checkedAtMs < checkEveryMs) return;
    this.#checkedAtMs = nowMs;
    this.#check(false);
  }

  #check(asked: boolean): void {
    for (const { follower } of this.#followers.values()) follower.handle({ type: 'check', asked });
  }

  #onTick(bytes: Uint8Array): void {
    const { keys, clock } = this.#deps;
    try {
      const nowMs = clock.now();
      const { fleetLastSeq = 0 } = this.#ticks.take(bytes, keys(), nowMs) ?? {};
      if (fleetLastSeq <= this.#fleetLastSeq || nowMs - this.#checkedAtMs < checkEveryMs) return;
      this.#fleetLastSeq = fleetLastSeq;
      this.#checkedAtMs = nowMs;
      this.#check(false);
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#alarms.raise(`${error.code} ${tickSubject}`);
    }
  }
}
