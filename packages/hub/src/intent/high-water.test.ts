import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HighWaterFile } from './high-water.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'accord-high-water-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('the newest mark is what the next start reads', async () => {
  const path = directory();
  const file = new HighWaterFile(path);
  for (let intentSeq = 1; intentSeq <= 20; intentSeq += 1) file.raise({ intentSeq });
  await file.flush();
  expect((await new HighWaterFile(path).load()).intentSeq).toBe(20);
});

test('a mark that cannot be written is told, and ends nothing', async () => {
  const failures: unknown[] = [];
  const file = new HighWaterFile(join(directory(), 'missing'), (error) => failures.push(error));
  file.raise({ intentSeq: 1 });
  await expect(file.flush()).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
  expect(failures).toHaveLength(1);
});
