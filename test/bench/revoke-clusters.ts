import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HubProgram } from '../chaos/hub-program.ts';
import { until } from '../real/fleet-fixture.ts';
import { HubMember, makeTraffic } from '../real/hub-member.ts';
import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { ManyConnections } from './many-connections.ts';
import { percentile, summary } from './statistics.ts';

const talkers = 20;
const cutMsMax = 60_000;

export const revokeClusters: Bench = {
  name: 'revoke',
  shows: 'revoke: call → the TCP connection of the victim is closed, with traffic; once more with thousands of connections',
  run,
};

async function run(effort: Effort, say: (line: string) => void): Promise<readonly Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'accord-bench-'));
  const hub = await HubProgram.at(join(home, 'hub'));
  try {
    await hub.start();
    await until('the hub is ready', async () => (await hub.readiness()) === 'ok');
    const few = await revokeSome(hub, 'few', byEffort(effort, { quick: 20, normal: 50, full: 50 }));
    say(`revoke, ${talkers} others: cut ${summary(few.cut)}; answered ${summary(few.answered)}`);
    const many = await ManyConnections.open(hub, byEffort(effort, { quick: 1_000, normal: 5_000, full: 10_000 }));
    try {
      const open = many.count;
      const crowded = await revokeSome(hub, 'many', byEffort(effort, { quick: 10, normal: 20, full: 50 }));
      say(`revoke, ${open} others: cut ${summary(crowded.cut)}; answered ${summary(crowded.answered)}`);
      if (many.count !== open) throw new Error(`${open - many.count} others were cut as well`);
      return [
        ...figuresOf('revoke', few),
        ...figuresOf('revoke-many', crowded),
        { name: 'revoke-many-connections', value: open, unit: 'connections' },
      ];
    } finally {
      many.close();
    }
  } finally {
    await hub.stop();
    await hub.killAll();
    rmSync(home, { recursive: true, force: true });
  }
}

interface Revoked {
  readonly cut: readonly number[];
  readonly answered: readonly number[];
}

/** One after the other, each as soon as the one before is answered; some others report and beat ten times a second meanwhile. */
async function revokeSome(hub: HubProgram, prefix: string, count: number): Promise<Revoked> {
  const members = await Promise.all(Array.from({ length: talkers }, (_, n) => HubMember.join(hub, `${prefix}-talker-${n}`)));
  const clients = await Promise.all(members.map(async (member) => [member, await member.login()] as const));
  const traffic = makeTraffic(clients, 100);
  const cut: number[] = [];
  const answered: number[] = [];
  try {
    for (let n = 0; n < count; n += 1) {
      const victim = await HubMember.join(hub, `${prefix}-victim-${n}`);
      const client = await victim.login();
      const refused = await client.settle();
      if (refused.length > 0) throw new Error(refused.join(', '));
      const startMs = performance.now();
      const closed = async (): Promise<void> => {
        await client.until(() => client.isClosed, 'the cut', cutMsMax);
        cut.push(performance.now() - startMs);
      };
      await Promise.all([revoke(hub, victim.name), closed()]);
      answered.push(performance.now() - startMs);
      victim.close();
    }
  } finally {
    traffic.stop();
    for (const member of members) member.close();
  }
  return { cut, answered };
}

async function revoke(hub: HubProgram, name: string): Promise<void> {
  const { status, body } = await hub.client.send('POST', `/v1/clusters/${name}/revoke`);
  if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
}

function figuresOf(name: string, { cut, answered }: Revoked): readonly Figure[] {
  const figure = (what: string, values: readonly number[]): Figure => ({
    name: `${name}-${what}-p99`,
    value: percentile(values, 99),
    unit: 'ms',
    min: Math.min(...values),
    max: Math.max(...values),
  });
  return [figure('cut', cut), figure('answered', answered)];
}
