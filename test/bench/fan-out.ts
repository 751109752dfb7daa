import { randomUUID } from 'node:crypto';
import { anchorAll, clusterAnchor, labelAnchor, liveFilter, setAnchor, tickSubject } from '@accord/proto/subjects';
import { startRealm } from '../real/identity-realm.ts';
import { byEffort, type Bench, type Effort, type Figure } from './bench.ts';
import { Crowd } from './crowd.ts';
import type { CrowdMember } from './crowd-main.ts';
import { incompressible } from './publish-changes.ts';
import { median } from './statistics.ts';
import { wallMs } from './wall-clock.ts';

const sizes: Readonly<Record<Effort, { readonly connections: readonly number[]; readonly rounds: number }>> = {
  quick: { connections: [1_000], rounds: 5 },
  normal: { connections: [2_000], rounds: 8 },
  full: { connections: [2_000, 10_000], rounds: 8 },
};

/** Figure 12. */
export const fanOut: Bench = {
  name: 'fan-out',
  shows: 'one document to thousands of connections, until the last has it; and a plain message to the same ones',
  run: async (effort, say) => {
    const { connections, rounds } = byEffort(effort, sizes);
    const figures: Figure[] = [];
    for (const count of connections) figures.push(...(await measure(count, rounds, say)));
    return figures;
  },
};

async function measure(count: number, rounds: number, say: (line: string) => void): Promise<readonly Figure[]> {
  const realm = await startRealm();
  let crowd: Crowd | undefined;
  try {
    const members = Array.from({ length: count }, (): CrowdMember => {
      const { id, jwt, key } = realm.member({ labels: { env: 'prod' }, sets: ['default'] });
      const anchors = [anchorAll, labelAnchor('env', 'prod'), clusterAnchor(id), setAnchor('default')];
      return { id, jwt, seed: key.seed, subjects: [...anchors.map(liveFilter), tickSubject, `_INBOX.${id}.${id}.*`] };
    });
    const startedAt = performance.now();
    crowd = await Crowd.connect({ ...realm.identity.nats.place }, members);
    say(`${count} connections after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
    const body = Buffer.from(incompressible(1_000));
    const document = async (): Promise<void> =>
      void (await realm.hub.append(
        [
          { subject: 'desired.all.p', body },
          { subject: 'index.all', body: Buffer.from(incompressible(8_000)) },
        ],
        randomUUID(),
      ));
    const plain = (): void => realm.hub.publish(tickSubject, body);
    const times: Record<'document' | 'plain', number[]> = { document: [], plain: [] };
    for (let round = -2; round < rounds; round += 1) {
      for (const [what, subject, send] of [
        ['plain', tickSubject, plain],
        ['document', 'live.desired.all.p', document],
      ] as const) {
        let sentMs = 0;
        const heard = await crowd.hear(subject, () => {
          sentMs = wallMs();
          return send();
        });
        // The first two are for the compilers.
        if (round >= 0) times[what].push(Math.max(...heard) - sentMs);
      }
    }
    const [last, reference] = [median(times.document), median(times.plain)];
    say(`${count} connections, until the last has it: document ${last.toFixed(0)} ms, plain message ${reference.toFixed(0)} ms`);
    return [
      { name: `fan-out-${count}-than-plain`, value: last / reference, unit: '×' },
      { name: `fan-out-${count}`, value: last, unit: 'ms', reference, min: Math.min(...times.document), max: Math.max(...times.document) },
    ];
  } finally {
    await crowd?.stop();
    await realm.stop();
  }
}
