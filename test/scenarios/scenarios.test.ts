import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runScenario } from './run-scenario.ts';

const directory = new URL('./', import.meta.url);
const files = readdirSync(directory).filter((name) => name.endsWith('.txt'));

/** `REWRITE=1` writes what the program does now; the difference is read in review. */
test.each(files)('%s', { timeout: 60_000 }, async (name) => {
  const file = new URL(name, directory);
  const text = readFileSync(file, 'utf8');
  const now = await runScenario(text);
  if (process.env['REWRITE'] === '1') writeFileSync(file, now);
  else expect(now).toBe(text);
});
