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
const terminal = new Terminal({ out: stdout, err: stderr, colour: wantsColour(env, stdout.isTTY), isTerminal: stderr.isTTY });
process.exitCode = await run(process.argv.slice(2), { terminal, env, stdin, stderr, now: Date.now, signal: stop.signal });
// A stream that is still open must not keep the shell waiting; what was written to a pipe has to get out first.
stdout.write('', () => process.exit());
