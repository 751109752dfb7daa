import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HighWaterFile } from './intent/high-water.ts';
import { recover } from './recover.ts';

test('what was published after the last mark does not keep the next hub from a new epoch', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'accord-recover-'));
  const file = new HighWaterFile(dataDir);
  file.raise({ intentSeq: 5, fleetSeq: 40, epoch: 2 });
  await file.flush();
  expect(await recover(dataDir, true)).toContain('in epoch 3');
  // A hub that is killed has written its mark a second ago.
  expect((await new HighWaterFile(dataDir).load()).fleetSeq).toBeGreaterThan(40 + 100_000);
});
