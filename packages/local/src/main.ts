import { isCoded } from '@accord/proto/coded-error';
import { explainFailure } from '@accord/proto/explain-failure';
import { down } from './commands/down.ts';
import { kubeconfig } from './commands/kubeconfig.ts';
import { parseCommand, usage, type Command } from './commands/parse-command.ts';
import { status } from './commands/status.ts';

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Aborts at Ctrl-C, SIGTERM, or when the terminal goes away. A second signal ends this process at once, which kills its children. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(exitCodes.failed);
    console.log('\nStopping. (Once more: kill everything at once.)');
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return stop.signal;
}

/** `up` and `tour` load the client library of Kubernetes, which takes half a second that nobody should wait for a status. */
async function run(command: Command): Promise<number> {
  switch (command.verb) {
    case 'up': {
      const { up } = await import('./commands/up.ts');
      await up(command, process.env, stopSignal());
      return exitCodes.done;
    }
    case 'down':
      await down(process.env);
      return exitCodes.done;
    case 'status':
      status(command.output, process.env);
      return exitCodes.done;
    case 'tour': {
      const { tour } = await import('./tour/tour.ts');
      await tour(process.env, (line) => console.log(line));
      return exitCodes.done;
    }
    case 'kubeconfig':
      kubeconfig(command.name, process.env);
      return exitCodes.done;
    case 'help':
      process.stdout.write(usage);
      return exitCodes.done;
    case 'misuse':
      console.error(`${command.message}. See --help.`);
      return exitCodes.usage;
  }
}

// Whoever read our output may have gone; the fleet runs on.
process.stdout.on('error', () => undefined);
try {
  process.exitCode = await run(parseCommand(process.argv.slice(2)));
} catch (error) {
  if (!isCoded(error)) throw error;
  console.error(explainFailure(error));
  process.exitCode = exitCodes.failed;
}
// A timer or an idle connection of a stopped part must not keep the terminal.
process.exit();
