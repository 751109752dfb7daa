import { readFile } from 'node:fs/promises';
import { loadAllYaml, type KubernetesObject } from '@kubernetes/client-node';

/** The objects of one file of `deploy/spoke`, in its order, as the library's models. */
export async function readManifests(file: string): Promise<KubernetesObject[]> {
  return loadAllYaml(await readFile(manifestFile(file), 'utf8')) as KubernetesObject[];
}

export function manifestFile(file: string): URL {
  return new URL(`../../../../deploy/spoke/${file}`, import.meta.url);
}
