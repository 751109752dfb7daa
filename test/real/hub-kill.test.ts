import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FleetReader } from '../chaos/fleet-reader.ts';
import { HubProgram } from '../chaos/hub-program.ts';
import { PolicyWriter, type Written } from '../chaos/policy-writer.ts';
import { SeededRandom } from '../chaos/seeded-random.ts';
import { until } from './fleet-fixture.ts';

const crashes = 100;
const delayMsMax = 80;
const anchor = 'l.env.prod';

/** Two hubs side by side, each crashed half as often: a restart is mostly waiting. */
test.concurrent.each([11, 12])(
  'what was answered 2xx is there, once, after 50 crashes of the hub (seed %i)',
  { timeout: 400_000 },
  async (seed) => {
    const home = mkdtempSync(join(tmpdir(), 'accord-hub-kill-'));
    const hub = await HubProgram.at(join(home, 'hub'));
    const random = new SeededRandom(seed);
    let fleet: FleetReader | undefined;
    try {
      await hub.start();
      fleet = await FleetReader.open(join(home, 'hub'), hub.bus);
      const ledger = new Ledger(hub);
      expect(await ledger.create('first')).toBe(true);
      for (let crash = 0; crash < crashes / 2; crash += 1) {
        const { writing, answered } = ledger.write(crash);
        // The first requests of a cold hub take long: every other crash comes among the first, the rest among those that follow.
        if (crash % 2 === 1) await Promise.race([answered, writing]);
        await sleep(random.below(delayMsMax));
        // Once in a while the bus goes with its hub.
        await (crash % 10 === 9 ? hub.killAll() : hub.kill());
        await writing;
        await hub.start();
        await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
        await ledger.check(`seed ${seed}, crash ${crash}`);
        await untilPublished(fleet, ledger, `seed ${seed}, crash ${crash}`);
      }
      // Or the crashes came before or after everything, and nothing was shown.
      const { answered, unanswered } = ledger;
      expect([answered > crashes / 2, unanswered > crashes / 2], `${answered} answered, ${unanswered} not`).toEqual([true, true]);
    } finally {
      await fleet?.close();
      await hub.killAll();
      rmSync(home, { recursive: true, force: true });
    }
  },
);

async function untilPublished(fleet: FleetReader, ledger: Ledger, when: string): Promise<void> {
  const wanted = [...(await ledger.stored())].map(([name, { revision, description }]) => `${name}@${revision} ${description}`).toSorted();
  let published: readonly string[] = [];
  const isSame = async (): Promise<boolean> => {
    published = [...(await fleet.policies(anchor))]
      .map(([name, { revision, spec }]) => `${name}@${revision} ${spec?.description}`)
      .toSorted();
    return published.join() === wanted.join();
  };
  await until('FLEET agrees with INTENT', isSame).catch(() => expect(published, when).toEqual(wanted));
}

/** What the writers were told, and what may be there besides because nobody was told. */
class Ledger {
  readonly #writer: PolicyWriter;
  /** Name → the last state that was answered. */
  readonly #known = new Map<string, Written>();
  /** Name → descriptions of writes that got no answer since then. */
  readonly #pending = new Map<string, string[]>();
  #repeated: { readonly key: string; readonly description: string; readonly base: number; readonly told: readonly number[] } | undefined;
  #first: PromiseWithResolvers<void> = Promise.withResolvers();
  answered = 0;
  unanswered = 0;

  constructor(hub: HubProgram) {
    this.#writer = new PolicyWriter(hub);
  }

  stored(): Promise<ReadonlyMap<string, Written>> {
    return this.#writer.list();
  }

  /** Four writers at once; each goes on until the hub no longer answers. Never rejects for that. */
  write(round: number): { readonly writing: Promise<unknown>; readonly answered: Promise<void> } {
    this.#first = Promise.withResolvers();
    const writers = [this.#create(round), this.#change(round), this.#race(round), this.#repeat(round)];
    return { writing: Promise.all(writers), answered: this.#first.promise };
  }

  create(name: string): Promise<boolean> {
    return this.#put(name, '');
  }

  async check(when: string): Promise<void> {
    await this.#checkRepeated(when);
    const stored = await this.stored();
    for (const name of new Set([...this.#known.keys(), ...this.#pending.keys()])) {
      const known = this.#known.get(name);
      const pending = this.#pending.get(name) ?? [];
      const there = stored.get(name);
      const revision = (known?.revision ?? 0) + 1;
      const allowed = [known, ...pending.map((description) => ({ revision, description }))];
      expect(allowed, `${when}: ${name}`).toContainEqual(there);
      if (there !== undefined) this.#known.set(name, there);
    }
    this.#pending.clear();
  }

  async #create(round: number): Promise<void> {
    for (let n = 0; n < 3; n += 1) if (!(await this.#put(`new-${round}-${n}`, `${n}`))) return;
  }

  async #change(round: number): Promise<void> {
    for (let n = 0; n < 50; n += 1) if (!(await this.#put('changed', `${round}.${n}`))) return;
  }

  /** Two people who read the same version: one of them is told to read again. */
  async #race(round: number): Promise<void> {
    for (let n = 0; n < 50; n += 1) {
      const before = await this.#writer.get('raced');
      if (before === 'no answer') return;
      const sent = [`${round}.${n}.a`, `${round}.${n}.b`];
      const resourceVersion = before?.resourceVersion;
      const answers = await Promise.all(
        sent.map((description) => this.#writer.put('raced', description, resourceVersion === undefined ? {} : { resourceVersion })),
      );
      const won = answers.filter((answer) => typeof answer === 'object');
      if (resourceVersion !== undefined) expect(won.length, `round ${round}.${n}: ${JSON.stringify(answers)}`).toBeLessThanOrEqual(1);
      this.#note('raced', sent, answers);
      if (answers.includes('no answer')) return;
      if (resourceVersion !== undefined) expect(won.length, `round ${round}.${n}: ${JSON.stringify(answers)}`).toBe(1);
    }
  }

  /** The same request twice at once, and once more after the restart. */
  async #repeat(round: number): Promise<void> {
    const before = await this.#writer.get('repeated');
    if (before === 'no answer') return;
    const key = `key-${round}`;
    const description = `${round}`;
    const answers = await Promise.all([0, 1].map(() => this.#writer.put('repeated', description, { key })));
    const told = answers.flatMap((answer) => (typeof answer === 'object' ? [answer.revision] : []));
    this.#repeated = { key, description, base: before?.revision ?? 0, told };
  }

  async #checkRepeated(when: string): Promise<void> {
    if (this.#repeated === undefined) return;
    const { key, description, base, told } = this.#repeated;
    const again = await this.#writer.put('repeated', description, { key });
    for (const revision of told) expect(revision, when).toBe(base + 1);
    expect(again, when).toMatchObject({ revision: base + 1, description });
    expect(await this.#writer.get('repeated'), when).toMatchObject({ revision: base + 1, description });
    this.#repeated = undefined;
  }

  async #put(name: string, description: string): Promise<boolean> {
    const answer = await this.#writer.put(name, description);
    this.#note(name, [description], [answer]);
    return typeof answer === 'object';
  }

  #note(name: string, sent: readonly string[], answers: readonly (Written | 'conflict' | 'no answer')[]): void {
    const pending = this.#pending.get(name) ?? [];
    for (const [at, answer] of answers.entries()) {
      if (answer === 'no answer') {
        pending.push(sent[at] ?? '');
        this.unanswered += 1;
      } else if (answer !== 'conflict') {
        const { revision, description } = answer;
        if (revision > (this.#known.get(name)?.revision ?? 0)) this.#known.set(name, { revision, description });
        this.answered += 1;
        this.#first.resolve();
      }
    }
    this.#pending.set(name, pending);
  }
}
