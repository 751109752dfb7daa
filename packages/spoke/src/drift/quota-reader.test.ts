import type { JsonObject } from '@accord/proto/canonical';
import { CodedError } from '@accord/proto/coded-error';
import { ManualClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { expect, test } from 'vitest';
import type { Kube } from '../kube/kube.ts';
import { QuotaReader } from './quota-reader.ts';

/** A reader over an API server that answers each look with this many of ten pods used, or with nothing. */
async function look(uses: readonly (number | 'fails')[], hasAny = true) {
  const clock = new ManualClock(0);
  const log = new ListLog();
  const stop = new AbortController();
  const said: string[] = [];
  let asked = 0;
  const list = async (): Promise<readonly JsonObject[]> => {
    const used = uses[asked];
    asked += 1;
    if (used === 'fails' || used === undefined) throw new CodedError('unavailable', 'no answer');
    return [{ metadata: { namespace: 'n', name: 'q' }, status: { hard: { pods: '10' }, used: { pods: String(used) } } }];
  };
  const onChange = (): void => void said.push(reader.usage.map(({ percent }) => percent).join());
  const reader = new QuotaReader({ kube: { list } as unknown as Kube, owned: { has: () => hasAny }, onChange, clock, log });
  const done = reader.run(stop.signal);
  for (const _use of uses) {
    clock.advance(60_000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  stop.abort();
  clock.advance(60_000);
  await done;
  return { said, asked };
}

test('quotas are looked at once a minute, and told when something has changed', async () => {
  expect(await look([3, 3, 9])).toEqual({ said: ['30', '90'], asked: 3 });
});

test('a look that fails leaves what was told, and the next one goes on', async () => {
  expect((await look([3, 'fails', 9])).said).toEqual(['30', '90']);
});

test('nothing is asked where policies have no quota', async () => expect(await look([3, 3], false)).toEqual({ said: [], asked: 0 }));
