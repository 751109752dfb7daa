import { originExtension, type Entries, type NamedEntry, type Origin } from './entries.ts';

export type Kubeconfig = Readonly<Record<string, unknown>>;

export interface Merged {
  readonly config: Kubeconfig;
  /** Contexts that somebody else has under the name of a cluster: they stay, and ours is not written. */
  readonly taken: readonly string[];
}

const parts = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;
type Part = keyof typeof parts;

/** Replaces what the same command wrote before; whatever it did not write, in entries and beside them, stays as it is. */
export function mergeKubeconfig(before: Kubeconfig | undefined, wanted: Entries, origin: Origin): Merged {
  const file: Kubeconfig = before ?? { apiVersion: 'v1', kind: 'Config', preferences: {} };
  const names = new Set(wanted.contexts.map(({ name }) => name));
  const taken = new Set(
    (Object.keys(parts) as Part[]).flatMap((part) =>
      listOf(file, part)
        .filter((entry) => originOf(entry, part) === undefined)
        .map(({ name }) => contextOf(name, part))
        .filter((name) => names.has(name)),
    ),
  );
  const merged = (part: Part): readonly NamedEntry[] => {
    const ours = wanted[part].filter(({ name }) => !taken.has(contextOf(name, part)));
    const written = new Set(ours.map(({ name }) => name));
    const kept = listOf(file, part).filter((entry) => !written.has(entry.name) && !isSame(originOf(entry, part), origin));
    return [...kept, ...ours];
  };
  const config = { ...file, clusters: merged('clusters'), users: merged('users'), contexts: merged('contexts') };
  const current = file['current-context'];
  const isGone = typeof current === 'string' && !config.contexts.some(({ name }) => name === current) && had(file, current);
  return { config: isGone ? { ...config, 'current-context': '' } : config, taken: [...taken].toSorted() };
}

function listOf(file: Kubeconfig, part: Part): readonly NamedEntry[] {
  return (file[part] ?? []) as readonly NamedEntry[];
}

/** Our clusters and users have a prefix before the name of their context. */
function contextOf(name: string, part: Part): string {
  return part === 'contexts' ? name : name.startsWith('accord/') ? name.slice('accord/'.length) : '';
}

/** Undefined for what another program wrote. */
function originOf(entry: NamedEntry, part: Part): Origin | undefined {
  const inner = entry[parts[part]] as { readonly extensions?: readonly { readonly name: string; readonly extension: unknown }[] } | null;
  return inner?.extensions?.find(({ name }) => name === originExtension)?.extension as Origin | undefined;
}

function isSame(one: Origin | undefined, other: Origin): boolean {
  return one !== undefined && one.hub === other.hub && one.selector === other.selector;
}

function had(file: Kubeconfig, context: string): boolean {
  return listOf(file, 'contexts').some(({ name }) => name === context);
}
