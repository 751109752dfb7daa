import { closeSync } from 'node:fs';
import { wantsColour } from './config.ts';
import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';
import { Terminal } from './terminal.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// Whoever read our output may have gone, as with `accord get policies | head`.
process.stdout.on('error', () => process.exit(exitCodes.done));

const { env, stdin, stdout, stderr } = process;
const terminal = new Terminal({
  ...{ out: stdout, err: stderr, colour: wantsColour(env, stdout.isTTY) },
  ...{ isTerminal: stderr.isTTY, isOutTerminal: stdout.isTTY },
  size: () => ({ columns: stdout.columns, rows: stdout.rows }),
});
let isOpen = true;
const closeOutput = async (): Promise<void> => {
  if (!isOpen || stdout.isTTY) return;
  isOpen = false;
  // A pipe takes 64 KiB at a time, so what was printed may still be on its way. The stream itself cannot be ended.
  await new Promise<void>((written) => stdout.write('', () => written()));
  closeSync(1);
};
process.exitCode = await run(process.argv.slice(2), {
  ...{ terminal, env, stdin, stderr, closeOutput },
  ...{ now: Date.now, signal: stop.signal },
});
if (!isOpen) process.exit();
// A stream that is still open must not keep the shell waiting; what was written to a pipe has to get out first.
stdout.write('', () => process.exit());
