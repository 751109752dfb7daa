import { isCoded, type CodedError } from '@accord/proto/coded-error';
import { explainFailure } from '@accord/proto/explain-failure';
import { systemClock } from '@accord/runtime/clock';
import { createLog } from '@accord/runtime/log';
import { parseHubArguments, usage, type HubCommand } from './config.ts';
import { recover } from './recover.ts';
import { serve } from './serve.ts';
import { LogContext } from './tracing/log-context.ts';

/** Exit codes: 0 stopped, 1 failed, 2 usage. */
async function main(): Promise<void> {
  const command = readArguments();
  if (command === undefined) return;
  if (command.command === 'help') {
    process.stdout.write(usage);
    return;
  }
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
  try {
    if (command.command === 'recover') process.stdout.write(await recover(command.dataDir, command.accept));
    else {
      const { config } = command;
      const context = new LogContext();
      const log = createLog({ name: 'accord-hub', level: config.logLevel, alsoSays: () => context.fields() });
      await serve({ config, context, clock: systemClock, log }, stop.signal);
    }
  } catch (error) {
    if (!isCoded(error)) throw error;
    fail(error, 1);
  }
}

function readArguments(): HubCommand | undefined {
  try {
    return parseHubArguments(process.argv.slice(2), process.env);
  } catch (error) {
    if (!isCoded(error)) throw error;
    fail(error, 2);
    return undefined;
  }
}

function fail(error: CodedError, exitCode: number): void {
  process.stderr.write(`accord-hub: ${explainFailure(error)}\n`);
  process.exitCode = exitCode;
}

await main();
// Open keep-alive sockets must not hold up a stop.
setTimeout(() => process.exit(), 1_000).unref();
