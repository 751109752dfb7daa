import { parseArgs } from 'node:util';

/** What a person asked for, or why it cannot be understood. */
export type Command =
  | { readonly verb: 'up'; readonly clusters: number | undefined; readonly port: number; readonly fresh: boolean }
  | { readonly verb: 'down' }
  | { readonly verb: 'status'; readonly output: 'text' | 'json' }
  | { readonly verb: 'kubeconfig'; readonly name: string | undefined }
  | { readonly verb: 'tour' }
  | { readonly verb: 'help' }
  | { readonly verb: 'misuse'; readonly message: string };

export const usage = `A fleet on this machine: a hub, real Kubernetes API servers, and a spoke for each.

Usage: accord local <command>        (npm start -- [flags] is accord local up [flags])

Commands:
  up [--clusters N] [--port P] [--fresh]   start the fleet and stay in the foreground; Ctrl-C stops it
      --clusters N   number of clusters, 1 to 50 (default: as many as last time, at first 3)
      --port P       port of the hub on 127.0.0.1 (default: 7420)
      --fresh        forget everything from earlier starts
  down                                     stop the fleet, wherever it was started
  status [-o json]                         every process: kind, cluster, pid, store directory
  tour                                     show the product against the running fleet, in a minute
  kubeconfig [NAME]                        path of the kubeconfig of a cluster, or of "hub"; without NAME all of them

Environment:
  ACCORD_HOME      state (default: accord in the XDG state directory)
  ACCORD_CACHE     server programs that were built (default: accord in the XDG cache directory)
  ACCORD_BIN_DIR   directory with nats-server, etcd, kube-apiserver and kube-controller-manager
`;

const clustersMax = 50;

/** Never throws: a misuse is a command too, with what to say about it. */
export function parseCommand(args: readonly string[]): Command {
  const [verb = 'help', ...rest] = args;
  try {
    if (rest.includes('--help') || rest.includes('-h')) return { verb: 'help' };
    switch (verb) {
      case 'up':
        return parseUp(rest);
      case 'down':
        parseArgs({ args: rest, options: {} });
        return { verb };
      case 'tour':
        parseArgs({ args: rest, options: {} });
        return { verb };
      case 'status':
        return parseStatus(rest);
      case 'kubeconfig':
        return parseKubeconfig(rest);
      case 'help':
      case '--help':
      case '-h':
        return { verb: 'help' };
      default:
        return misuse(`unknown command ${JSON.stringify(verb)}; there are up, down, status, tour and kubeconfig`);
    }
  } catch (error) {
    // parseArgs says in one sentence which flag or argument it does not know.
    if (error instanceof TypeError) return misuse(error.message);
    throw error;
  }
}

function parseUp(args: string[]): Command {
  const { values } = parseArgs({ args, options: { clusters: { type: 'string' }, port: { type: 'string' }, fresh: { type: 'boolean' } } });
  const clusters = values.clusters === undefined ? undefined : wholeNumber(values.clusters, 1, clustersMax);
  if (clusters === 'no') return misuse(`--clusters takes a number from 1 to ${clustersMax}, not ${JSON.stringify(values.clusters)}`);
  const port = wholeNumber(values.port ?? '7420', 1, 65_535);
  if (port === 'no') return misuse(`--port takes a number from 1 to 65535, not ${JSON.stringify(values.port)}`);
  return { verb: 'up', clusters, port, fresh: values.fresh ?? false };
}

function parseStatus(args: string[]): Command {
  const { values } = parseArgs({ args, options: { output: { type: 'string', short: 'o', default: 'text' } } });
  if (values.output !== 'json' && values.output !== 'text') return misuse(`-o takes json or text, not ${JSON.stringify(values.output)}`);
  return { verb: 'status', output: values.output };
}

function parseKubeconfig(args: string[]): Command {
  const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
  return positionals.length > 1 ? misuse('kubeconfig takes one name') : { verb: 'kubeconfig', name: positionals[0] };
}

const misuse = (message: string): Command => ({ verb: 'misuse', message });

function wholeNumber(text: string, min: number, max: number): number | 'no' {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : 'no';
}
