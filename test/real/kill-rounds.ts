import { isDeepStrictEqual } from 'node:util';
import { moments } from '../chaos/write-proxy.ts';
import type { SeededRandom } from '../chaos/seeded-random.ts';
import { changeKinds, drawChange, pick, type Change, type ChangeKind, type Policies, type Policy } from './kill-changes.ts';
import { settleForeigners, type Cell } from './kill-foreigners.ts';
import { until, type FleetFixture } from './fleet-fixture.ts';
import { ownNamespace, parts, sharedNamespace, sides, specOf, wantedOf, type Side } from './kill-policies.ts';
import { KillWorld } from './kill-world.ts';
import { KillableSpoke } from './killable-spoke.ts';

const settings = `/api/v1/namespaces/${sharedNamespace}/configmaps/settings`;
/** Nothing here waits for a timer that is longer: what comes right later was made right by something else. */
const limitMs = 30_000;

/** Rounds on one cluster: two policies are changed, the spoke is killed at a chosen write, and then everything must be right. */
export class KillRounds {
  readonly #cell: Cell;
  readonly #random: SeededRandom;
  #policies: Policies;
  /** Kind of change and moment of each kill. */
  readonly hits = new Set<string>();

  private constructor(cell: Cell, random: SeededRandom) {
    this.#cell = cell;
    this.#random = random;
    const withoutLent = new Set(parts.filter((part) => part !== 'lent'));
    const start = { version: 1, parts: withoutLent, isSelected: true, isWritten: true, isLabelled: true, revision: 0 };
    const policy = (side: Side): Policy => ({ ...start, name: `${cell.name}-${side}`, side, priority: side === 'left' ? 200 : 100 });
    this.#policies = { left: policy('left'), right: policy('right') };
  }

  /** Both policies are applied, and foreign objects stand all over. The cluster is `kill-` and this name. */
  static async begin(fixture: FleetFixture, name: string, random: SeededRandom): Promise<KillRounds> {
    const cluster = `kill-${name}`;
    const spoke = await KillableSpoke.takeOver(fixture, cluster);
    const rounds = new KillRounds({ fixture, name, spoke, world: new KillWorld(fixture, cluster) }, random);
    const policies = rounds.#policies;
    const absent = (policy: Policy): Policy => ({ ...policy, isWritten: false, isLabelled: false });
    await rounds.#carryOut({ left: absent(policies.left), right: absent(policies.right) }, policies);
    await rounds.#untilRight(new Map());
    await settleForeigners(rounds.#cell);
    return rounds;
  }

  async end(): Promise<void> {
    await this.#cell.spoke.stop();
  }

  /** One kill, and now and then a second one while the first is made good. A rejection says what was done in it. */
  async run(round: number): Promise<void> {
    const kind = changeKinds[round % changeKinds.length] as ChangeKind;
    const said: string[] = [`round ${round}`];
    try {
      await this.#run(kind, drawChange(kind, this.#policies, this.#random), said);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${said.join(', ')}: ${what}\n${this.#cell.spoke.fate()}`, { cause });
    }
  }

  async #run(kind: ChangeKind, change: Change, said: string[]): Promise<void> {
    const { spoke, world } = this.#cell;
    const random = this.#random;
    said.push(change.what);
    const before = this.#policies;
    const point = { nth: 1 + random.below(changesBetween(before, change.policies)), moment: pick(moments, random) };
    const owned = await world.owned();
    const killed = spoke.killAt(point);
    await this.#carryOut(before, change.policies);
    const { write, sendLate } = await inTime(killed, `${point.nth} writes`);
    said.push(`killed ${point.moment} write ${point.nth} (${write})`);
    this.hits.add(`${kind} ${point.moment}`);
    await this.#meddle(before, said);
    const same = wantedOf(Object.values(this.#policies));
    const uids = new Map([...owned].filter(([path]) => same.has(path)));
    if (random.below(4) === 0) await this.#killAgain(uids, said);
    else await spoke.start();
    await this.#untilRight(uids);
    if (point.moment !== 'late') return;
    await sendLate();
    await this.#untilRight(uids);
  }

  /** While the first kill is made good; it may be made good with fewer writes. */
  async #killAgain(uids: ReadonlyMap<string, string>, said: string[]): Promise<void> {
    const { spoke } = this.#cell;
    const point = { nth: 1 + this.#random.below(8), moment: pick(moments.slice(0, 3), this.#random) };
    let isDead = false;
    const killed = spoke.killAt(point).then((reached) => {
      isDead = true;
      return reached;
    });
    await spoke.start();
    await until('it is killed again or done', async () => isDead || (await this.#faults(uids)).length === 0, limitMs);
    if (spoke.spare()) return;
    said.push(`then ${point.moment} write ${point.nth} (${(await killed).write})`);
    await spoke.start();
  }

  /** While the spoke is dead others go on: they take what it has let go or is about to, or change what it holds. */
  async #meddle(before: Policies, said: string[]): Promise<void> {
    const { world } = this.#cell;
    const wanted = wantedOf(Object.values(this.#policies));
    const own = (path: string): boolean => sides.some((side) => path.startsWith(`/api/v1/namespaces/${ownNamespace(side)}/configmaps/`));
    const going = [...wantedOf(Object.values(before)).keys()].find((path) => own(path) && !wanted.has(path));
    const how = pick(['disown', 'replace', 'leave'] as const, this.#random);
    const isEdited = this.#random.below(4) === 0;
    if (going !== undefined && how !== 'leave') {
      said.push(`${how} ${going}`);
      // What the dead process has sent may still be carried out.
      await until(`${going} is taken away`, () => world.takeAway(going, how).then(() => true));
    }
    if (isEdited && wanted.has(settings)) {
      said.push('edit of settings');
      await world.edit(settings, { data: { stamp: 'edited' } }).catch(() => said.push('which is not there'));
    }
  }

  async #carryOut(before: Policies, after: Policies): Promise<void> {
    const { fixture, name } = this.#cell;
    this.#policies = after;
    for (const side of sides) {
      const [was, is] = [before[side], after[side]];
      if (was.isWritten && !is.isWritten) await fixture.delete(is.name);
      const isNew = !was.isWritten || was.version !== is.version || was.priority !== is.priority || was.parts !== is.parts;
      if (!is.isWritten || !isNew) continue;
      const revision = await fixture.put(is.name, specOf(is, { matchLabels: { cell: name, [side]: 'on' } }));
      this.#policies = { ...this.#policies, [side]: { ...is, revision } };
    }
    if (sides.every((side) => before[side].isLabelled === after[side].isLabelled)) return;
    const labels = Object.fromEntries(sides.map((side) => [side, after[side].isLabelled ? 'on' : 'off']));
    await fixture.relabel(`kill-${name}`, { cell: name, ...labels });
  }

  #faults(uids: ReadonlyMap<string, string>): Promise<readonly string[]> {
    return this.#cell.world.faults({ drafts: Object.values(this.#policies), uids });
  }

  async #untilRight(uids: ReadonlyMap<string, string>): Promise<void> {
    let faults: readonly string[] = [];
    const isRight = async (): Promise<boolean> => {
      faults = await this.#faults(uids);
      return faults.length === 0;
    };
    await until('everything is right', isRight, limitMs).catch((cause: unknown) => {
      throw new Error(faults.join('\n'), { cause });
    });
  }
}

/** Objects that the change touches: each takes a write at least, and the mirrors take one more. */
function changesBetween(before: Policies, after: Policies): number {
  const [was, is] = [before, after].map((policies) => wantedOf(Object.values(policies)));
  const paths = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return 1 + [...paths].filter((path) => !isDeepStrictEqual(was?.get(path), is?.get(path))).length;
}

async function inTime<Value>(waited: Promise<Value>, what: string): Promise<Value> {
  let isDone = false;
  void waited.then(() => (isDone = true));
  await until(what, async () => isDone, limitMs);
  return waited;
}
