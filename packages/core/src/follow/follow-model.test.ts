import { clusterIdOf } from '@accord/proto/ids';
import type { Index } from '@accord/proto/messages';
import { anchorAll, clusterAnchor, labelAnchor, parseDesired, type Anchor, type Doc } from '@accord/proto/subjects';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DesiredSet, policyAt, type HeldDocument } from '../desired/desired-set.ts';
import { ExampleFleet, placeOf, type Written } from './example-fleet.ts';
import { follow, startFollowing, type FollowAction, type FollowEvent } from './follow.ts';

const anchors = [anchorAll, labelAnchor('env', 'prod'), clusterAnchor(clusterIdOf(new Uint8Array(16)))] as const;
const [followed] = anchors;

/** Every stored version of each subject, so that a replica that is behind can answer with the one before. */
class Store {
  readonly #indexes = new Map<Anchor, Index[]>();
  readonly #documents = new Map<string, HeldDocument[]>();

  putIndex(index: Index): void {
    this.#indexes.set(index.anchor as Anchor, [...(this.#indexes.get(index.anchor as Anchor) ?? []), index]);
  }

  putDocument(document: HeldDocument): void {
    const { subject } = document.statement;
    this.#documents.set(subject, [...(this.#documents.get(subject) ?? []), document]);
  }

  index(behind: 0 | 1): Index | undefined {
    return this.#indexes.get(followed)?.at(-1 - behind);
  }

  document(doc: Doc, behind: 0 | 1): HeldDocument | undefined {
    return this.#documents.get(`desired.${followed}.${doc}`)?.at(-1 - behind);
  }
}

type Request = { readonly type: 'index' } | { readonly type: 'document'; readonly doc: Doc };

/** A writer, a network that loses and delays, and one follower, checked after each step. */
class World {
  readonly fleet = new ExampleFleet();
  readonly store = new Store();
  readonly desired = new DesiredSet(policyAt);
  readonly state = startFollowing(followed);
  #wire: HeldDocument[] = [];
  #requests: Request[] = [];
  #torn: HeldDocument[] = [];

  write(written: readonly Written[], torn: boolean): void {
    this.finishTorn();
    for (const { documents, indexes } of written) {
      // Only a pair is written index first, so only a pair can be torn.
      const isTorn = torn && documents.length === 1 && indexes.length === 1;
      for (const index of indexes) this.store.putIndex(index);
      if (isTorn) this.#torn.push(...documents);
      else this.#storeAndShow(documents);
    }
  }

  /** The writer comes back, or its next difference writes the document. */
  finishTorn(): void {
    this.#storeAndShow(this.#torn.splice(0));
  }

  #storeAndShow(documents: readonly HeldDocument[]): void {
    for (const document of documents) {
      this.store.putDocument(document);
      if (parseDesired(document.statement.subject)?.anchor === followed) this.#wire.push(document);
    }
  }

  loseLive(): void {
    this.#wire.shift();
  }

  deliver(again: boolean): void {
    const [document] = again ? this.#wire : this.#wire.splice(0, 1);
    if (document !== undefined) this.take({ type: 'live', document });
  }

  answer(at: number, how: 'right' | 'behind' | 'fails'): void {
    const [request] = this.#requests.splice(at % Math.max(1, this.#requests.length), 1);
    if (request === undefined) return;
    const behind = how === 'behind' ? 1 : 0;
    if (how === 'fails') this.take({ type: 'read-failed', alarm: undefined });
    else if (request.type === 'index') this.take({ type: 'index-read', index: this.store.index(behind) });
    else this.take({ type: 'document-read', doc: request.doc, document: this.store.document(request.doc, behind) });
  }

  disconnect(): void {
    this.#wire = [];
    this.take({ type: 'disconnected' });
  }

  take(event: FollowEvent): void {
    const { epoch, version } = this.state;
    const actions = follow(this.state, event);
    for (const action of actions) this.#carryOut(action);
    const isBack = this.state.epoch < epoch || (this.state.epoch === epoch && this.state.version < version);
    expect(isBack, `went back from ${epoch}.${version} to ${this.state.epoch}.${this.state.version}`).toBe(false);
    if (this.state.phase === 'live') expect(this.held()).toBe(this.fleet.history.get(placeOf(followed, this.state)) ?? '');
    else expect(actions.filter(({ type }) => type === 'put' && this.state.phase !== 'reading')).toEqual([]);
  }

  #carryOut(action: FollowAction): void {
    if (action.type === 'abandon') this.#requests = [];
    else if (action.type === 'read-index') this.#requests.push({ type: 'index' });
    else if (action.type === 'fetch') this.#requests.push(...action.docs.map((doc) => ({ type: 'document', doc }) as const));
    else if (action.type === 'put') this.desired.put(action.document);
    else if (action.type === 'replace') {
      for (const document of action.documents) this.desired.put(document);
      this.desired.drop(followed, action.left);
    }
  }

  /** One check with a network that works again. What is being read is finished first: a check changes nothing then, and the hub asks again. */
  settle(): void {
    this.finishTorn();
    if (this.state.phase === 'off') this.take({ type: 'connected' });
    this.#answerAll();
    this.take({ type: 'check', asked: true });
    this.#answerAll();
  }

  #answerAll(): void {
    for (let steps = 0; this.#requests.length > 0; steps += 1) {
      expect(steps, 'the follower reads on and on').toBeLessThan(200);
      this.answer(0, 'right');
    }
  }

  held(): string {
    const lines = this.desired
      .documentsOf(followed)
      .map(({ statement: { subject, epoch, revision } }) => `${parseDesired(subject)?.doc ?? ''}@${epoch}.${revision}`);
    return lines.toSorted().join(' ');
  }
}

const policy = fc.constantFrom('p', 'q', 'r', 's');
/** Mostly with the anchor that is followed; without any the policy is deleted. */
const to = fc.oneof({ weight: 3, arbitrary: fc.constant([followed]) }, { weight: 3, arbitrary: fc.subarray([...anchors]) });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('put' as const), policy, to, torn: fc.boolean(), documentsMax: fc.constantFrom(1, 2, 100) }),
  },
  { weight: 7, arbitrary: fc.record({ does: fc.constant('deliver' as const), again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lose' as const) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      at: fc.nat(5),
      how: fc.constantFrom('right' as const, 'right' as const, 'behind' as const, 'fails' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('connect' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('disconnect' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('check' as const), asked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('finish torn' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('new epoch' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function perform(world: World, one: Step): void {
  switch (one.does) {
    case 'put':
      return world.write(world.fleet.put(one.policy, one.to, one.documentsMax), one.torn);
    case 'deliver':
      return world.deliver(one.again);
    case 'lose':
      return world.loseLive();
    case 'answer':
      return world.answer(one.at, one.how);
    case 'connect':
      return world.take({ type: 'connected' });
    case 'disconnect':
      return world.disconnect();
    case 'check':
      return world.take({ type: 'check', asked: one.asked });
    case 'finish torn':
      return world.finishTorn();
    case 'new epoch':
      return world.write(world.fleet.startEpoch(), false);
  }
}

describe('follow: any writer over any network', () => {
  test('property: what is live is a version that was written, nothing goes back, and one check makes all equal', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
        const world = new World();
        for (const one of steps) perform(world, one);
        world.settle();
        expect(world.state).toMatchObject({ phase: 'live', ...world.fleet.positionOf(followed) });
        expect(world.held()).toBe(world.fleet.history.get(placeOf(followed, world.fleet.positionOf(followed))) ?? '');
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  test('property: without a loss no document is read after the first set', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ policy, at: fc.subarray([...anchors]) }), { minLength: 1, maxLength: 30 }), (writes) => {
        const world = new World();
        world.write(world.fleet.put('first', [followed]), false);
        world.settle();
        const asked: FollowAction[] = [];
        for (const { policy: name, at } of writes) {
          for (const { documents } of world.fleet.put(name, at)) {
            const ours = documents.filter(({ statement }) => parseDesired(statement.subject)?.anchor === followed);
            for (const document of ours) asked.push(...follow(world.state, { type: 'live', document }));
          }
        }
        expect(asked.filter(({ type }) => type !== 'put')).toEqual([]);
        expect(world.state).toMatchObject(world.fleet.positionOf(followed));
      }),
      { seed: 21 },
    );
  });
});
