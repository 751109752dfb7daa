import type { ObjectResult } from '@accord/core/apply/report-policy';
import { classifyEvent } from '@accord/core/drift/classify-event';
import type { Fight } from '@accord/core/drift/fight';
import type { Print } from '@accord/core/drift/fingerprint';
import { readHold, type LocalHold } from '@accord/core/drift/local-hold';
import { secretsGrantIn } from '@accord/core/policy/sealed-secrets';
import type { ObjectKey, PolicyName } from '@accord/proto/ids';
import { fieldManager, holdReasonAnnotation, holdUntilAnnotation, ownerLabel } from '@accord/proto/labels';
import type { Heal } from '@accord/proto/messages';
import type { Clock } from '@accord/runtime/clock';
import type { KindRef, ObjectMeta, ObjectRef, WatchEvent } from '../kube/kube.ts';
import { DriftTally } from './drift-tally.ts';
import { Drifts, type Wanted } from './drifts.ts';
import { FieldTexts } from './field-texts.ts';
import { InFlight, type ObjectEvent } from './in-flight.ts';
import { Listings, type Expected } from './listings.ts';
import { OwnedIndex } from './owned-index.ts';
import { driftOf, ownedOf, unseenDrift, type Drift, type Owned, type OwnedListeners } from './owned-of.ts';

/** Every object on the cluster that carries our label, kept by watches and by the answers to our own applies. */
export class OwnedObjects extends OwnedIndex {
  readonly tally = new DriftTally();
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #listeners: OwnedListeners;
  readonly #drifts = new Drifts();
  /** What is looked at again when its pause is over. */
  readonly #pausing = new Set<ObjectKey>();
  readonly #inFlight = new InFlight();
  readonly #fieldTexts = new FieldTexts();
  readonly #listings = new Listings();

  constructor(clock: Clock, listeners: OwnedListeners, signal: AbortSignal) {
    super();
    this.#clock = clock;
    this.#signal = signal;
    this.#listeners = listeners;
  }

  /** Drifts that are not mended yet. */
  get driftsOpen(): number {
    return this.#drifts.open;
  }

  /** Of those, how many wait because somebody fights for the object. */
  get fights(): number {
    return this.#drifts.fought(this.#clock.now());
  }

  /** Policies with a grant that is over; for a hold that is over, whoever is concerned is told here. */
  ended(nowMs: number): ReadonlySet<PolicyName> {
    const over = this.over(nowMs);
    for (const object of over.filter(({ endMs }) => endMs === undefined)) {
      this.endless(object.key);
      this.#wakeUnder(object);
    }
    return new Set(over.filter(({ endMs }) => endMs !== undefined).map(({ owner }) => owner));
  }

  /** Of a Namespace everybody is concerned who has something in it, or wants to have. */
  #wakeUnder({ owner, isNamespace }: Owned): void {
    if (isNamespace) this.#listeners.onEverything();
    else this.#listeners.onDrift(owner);
  }

  /** To be called before a kind is watched: until its first list is complete nothing is applied or removed, unless it came up late. */
  expectListing(kind: KindRef, expected: Expected = {}): void {
    this.#listings.expect(kind, expected);
  }

  /** It is not watched any more. */
  expectNothing(kind: KindRef, namespace: string): void {
    this.#listings.end(kind, namespace);
  }

  /** The kind is served in this version and no longer in the former one. Whether its policy can still apply an object, the next apply finds out. */
  servedAs(kind: KindRef, former: KindRef): void {
    for (const object of this.ofKind(former)) {
      if (object.ref.kind.version !== former.version) continue;
      this.#keep(object.key, { ...object, ref: { ...object.ref, kind }, intact: false, isUnchecked: true });
      this.#listeners.onDrift(object.owner);
    }
  }

  /** The server has no such kind, so it has no objects of it either. */
  notServed(kind: KindRef, namespace?: string): void {
    for (const object of this.ofKind(kind, namespace)) {
      this.#drop(object.key);
      this.#listeners.onDrift(object.owner);
    }
    this.#listed(kind, namespace);
  }

  /** A kind that cannot be watched: what is known of it is applied and removed all the same, and holds up nothing else. */
  cannotWatch(kind: KindRef, namespace?: string): void {
    this.#listings.cannotWatch(kind, namespace);
    if (this.isKnown()) this.#listeners.onEverything();
  }

  /** Whether everything that is there was seen once, as far as it can be watched. */
  isKnown(): boolean {
    return this.#listings.isKnown();
  }

  /** Somebody took the object away from the policy, and it is not back yet. */
  isLost(key: ObjectKey, policy: PolicyName): boolean {
    return this.#drifts.isLost(key, policy);
  }

  /** Why the heal of an object waits, where somebody undoes it again and again. */
  fightFor(wanted: Wanted, nowMs: number): Fight | undefined {
    return this.#drifts.fightFor(wanted, nowMs);
  }

  /** Announces a request of ours. The returned function takes what came of it and then judges what the watch showed meanwhile. */
  begin(key: ObjectKey): (applied: { readonly ref: ObjectRef; readonly meta: ObjectMeta } | undefined) => void {
    this.#inFlight.begin(key);
    return (applied) => {
      const waited = this.#inFlight.end(key);
      if (applied !== undefined) {
        this.#noteGone(key, applied.meta);
        const owned = this.#owned(key, applied.ref, applied.meta, this.#printOf(applied.meta));
        this.#keep(key, { ...owned, appliedMs: this.#clock.now() });
        this.#drifts.mend(key, this.#clock.now());
      }
      if (waited !== undefined) this.#judge(waited);
    };
  }

  /** These fields are not as they were applied, and no event has told. */
  unseen(key: ObjectKey, fields: readonly string[]): void {
    const known = this.get(key);
    if (known === undefined) return;
    const { appliedMs: _then, ...object } = known;
    this.#note(key, unseenDrift(known, this.#clock.now(), fields));
    this.#keep(key, { ...object, print: undefined, intact: false });
    this.#wake(key, known.owner);
  }

  /** Another object than the one that was known was made by the apply: somebody had deleted that, and the event of it came too late to be judged. */
  #noteGone(key: ObjectKey, { uid }: ObjectMeta): void {
    const known = this.get(key);
    if (known === undefined || known.uid === uid || this.isLost(key, known.owner)) return;
    this.#note(key, driftOf({ means: 'gone' }, known, this.#clock.now()));
  }

  /** To be called for what we took away ourselves. */
  forget(key: ObjectKey): void {
    this.#drifts.forget(key);
    this.#drop(key);
  }

  /** To be called for what we took away ourselves, and are about to make anew: what somebody had done to it is mended by that. */
  tookAway(key: ObjectKey): void {
    this.#drop(key);
  }

  /** What was taken from a policy that has left, or that does not want it any more, is not healed. */
  forgetDrift(policy: PolicyName, isWanted: (key: ObjectKey) => boolean = () => false): void {
    this.#drifts.forgetOf(policy, isWanted);
  }

  /** How much is kept beside the objects themselves: it must not grow with what has been. */
  remembered(): number {
    return this.#drifts.size + this.#fieldTexts.size;
  }

  #drop(key: ObjectKey): void {
    if (!this.delete(key)) return;
    const granted = secretsGrantIn(key);
    if (granted !== undefined) this.#listeners.onSecretsGrant(granted, false);
  }

  /** Takes what the watch of one kind shows. */
  onEvent(kind: KindRef, event: WatchEvent, namespace?: string): void {
    if (event.type === 'listed') return this.#listed(kind, namespace);
    if (event.type === 'present') this.#listings.show(kind, namespace, event.key);
    if (!this.#inFlight.keeps(event)) this.#judge(event);
  }

  /** Which drifts the pass has mended; they are forgotten then. */
  takeHeals(results: ReadonlyMap<ObjectKey, ObjectResult>, healedMs: number): readonly Heal[] {
    return this.#drifts.takeHeals(results, healedMs, this.size);
  }

  #listed(kind: KindRef, namespace: string | undefined): void {
    const seen = this.#listings.complete(kind, namespace);
    if (seen === undefined) return;
    for (const object of this.ofKind(kind, namespace)) {
      if (seen.has(object.key) || this.#inFlight.has(object.key)) continue;
      // It was applied after the server had taken the list, or is gone: the next apply finds out which.
      this.#keep(object.key, { ...object, print: undefined, intact: false });
    }
    for (const policy of this.policies()) this.#listeners.onDrift(policy);
    if (this.isKnown()) this.#listeners.onEverything();
  }

  #judge(event: ObjectEvent): void {
    const { key, ref, meta } = event;
    const known = this.get(key);
    if (known === undefined) {
      // An empty label is on what the spoke writes for the registry: no policy owns it.
      if (event.type !== 'present' || (meta.labels[ownerLabel] ?? '') === '') return;
      this.#keep(key, { ...this.#owned(key, ref, meta, undefined), isUnchecked: true });
      this.#listeners.onDrift(meta.labels[ownerLabel] as PolicyName);
      return;
    }
    // What this process has not applied yet is not known to be intact, so nothing can be called drift.
    if (known.print === undefined && event.type === 'present') {
      const isSame = known.isUnchecked && known.resourceVersion === meta.resourceVersion;
      return this.#keep(key, { ...this.#owned(key, ref, meta, undefined), ...(isSame && { isUnchecked: true }) });
    }
    const meaning = classifyEvent(known, event, fieldManager);
    const seenMs = this.#clock.now();
    switch (meaning.means) {
      case 'ignore':
        if (event.type === 'present') this.#keep(key, this.#beside(known, meta));
        return;
      case 'echo':
        return;
      case 'terminating':
        return this.#keep(key, { ...known, resourceVersion: meta.resourceVersion, terminating: meta.finalizers ?? [] });
      case 'gone':
        this.#drop(key);
        this.#note(key, driftOf(meaning, known, seenMs));
        return this.#wake(key, known.owner);
      case 'recreated':
      case 'drift': {
        this.#note(key, driftOf(meaning, known, seenMs));
        const turned = meaning.means === 'drift' ? meaning.turned : undefined;
        this.#keep(key, { ...this.#owned(key, ref, meta, undefined), owner: known.owner, ...(turned && { turned }) });
        this.#wake(key, known.owner);
        return;
      }
    }
  }

  #note(key: ObjectKey, drift: Drift): void {
    this.#drifts.note(key, drift);
    this.tally.seen(drift.policy, drift.seenMs);
  }

  /** Drift is told at once, also where its heal waits. */
  #wake(key: ObjectKey, policy: PolicyName): void {
    this.#listeners.onDrift(policy);
    if (this.#pauseMs(key) > 0 && !this.#pausing.has(key)) void this.#wakeLater(key, policy);
  }

  async #wakeLater(key: ObjectKey, policy: PolicyName): Promise<void> {
    this.#pausing.add(key);
    while (this.#pauseMs(key) > 0 && !this.#signal.aborted) await this.#clock.sleep(this.#pauseMs(key), this.#signal);
    this.#pausing.delete(key);
    this.#listeners.onDrift(policy);
  }

  #pauseMs(key: ObjectKey): number {
    return this.#drifts.pauseMs(key, this.#clock.now());
  }

  #printOf(meta: ObjectMeta): Print | undefined {
    return this.#fieldTexts.printOf(meta, this.size, () => this.values().map(({ print }) => print));
  }

  #owned(key: ObjectKey, ref: ObjectRef, meta: ObjectMeta, print: Print | undefined): Owned {
    const hold = this.#holdOf(key, meta);
    // Until the next apply, whatever else is written meanwhile.
    const turned = print === undefined ? this.get(key)?.turned : undefined;
    return { ...ownedOf(key, ref, meta, print), ...(hold === undefined ? {} : { hold }), ...(turned && { turned }) };
  }

  /** A change that is no drift: it moves the version on, which later requests must name, and may be the word of whoever owns the cluster. */
  #beside(known: Owned, meta: ObjectMeta): Owned {
    const { retain, beside = [] } = ownedOf(known.key, known.ref, meta, known.print);
    return { ...known, resourceVersion: meta.resourceVersion, retain, beside, hold: this.#holdOf(known.key, meta) };
  }

  #holdOf(key: ObjectKey, { annotations }: ObjectMeta): LocalHold | undefined {
    return readHold(annotations[holdUntilAnnotation], annotations[holdReasonAnnotation], {
      nowMs: this.#clock.now(),
      longestMs: this.#listeners.longestHoldMs(),
      before: this.get(key)?.hold,
    });
  }

  #keep(key: ObjectKey, object: Owned): void {
    const before = this.get(key);
    if (before !== undefined && before.owner !== object.owner) this.#drop(key);
    const isNew = this.get(key) === undefined;
    this.set(key, object);
    // Its policy tells what it waits for, and by whom.
    if (before !== undefined && before.terminating?.join() !== object.terminating?.join()) this.#listeners.onDrift(object.owner);
    if (before !== undefined && before.hold?.writtenMs !== object.hold?.writtenMs) this.#wakeUnder(object);
    const granted = isNew ? secretsGrantIn(key) : undefined;
    if (granted !== undefined) this.#listeners.onSecretsGrant(granted, true);
  }
}
