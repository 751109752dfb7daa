import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@accord/proto/coded-error';
import { localConfig, type Environment } from '../config.ts';
import { fleetPaths } from '../fleet-paths.ts';
import { renderColumns } from './render-columns.ts';

/** Prints where the kubeconfig of one cluster is, ready for `kubectl --kubeconfig $(…)`; without a name all of them. */
export function kubeconfig(name: string | undefined, env: Environment): void {
  const paths = fleetPaths(localConfig(env).home);
  const clustersDir = join(paths.home, 'clusters');
  const names = existsSync(clustersDir) ? readdirSync(clustersDir).toSorted() : [];
  const files = [['hub', paths.hubKubeconfig], ...names.map((cluster) => [cluster, paths.cluster(cluster).kubeconfig])] as const;
  const known = files.filter((entry): entry is [string, string] => existsSync(entry[1] ?? ''));
  if (name === undefined) {
    for (const line of renderColumns(known)) console.log(line);
    return;
  }
  const path = known.find(([candidate]) => candidate === name)?.[1];
  if (path === undefined) throw unknownName(name, known);
  console.log(path);
}

function unknownName(name: string, known: readonly (readonly [string, string])[]): CodedError {
  const help = known.length === 0 ? 'Start a fleet with npm start.' : `There are: ${known.map(([candidate]) => candidate).join(', ')}.`;
  return new CodedError('not-found', `There is no kubeconfig of ${JSON.stringify(name)}.`, { help });
}
