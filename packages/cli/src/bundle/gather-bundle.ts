import { CodedError } from '@accord/proto/coded-error';
import { programVersion } from '@accord/proto/version';
import type { HubClient } from '../hub-client.ts';
import { collectionPath } from '../objects/kinds.ts';
import type { Finding } from '../render/findings.ts';

export interface GatherDeps {
  readonly hub: () => HubClient;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What is asked of the hub, and what of the answer is kept. Policies themselves are not: they may hold anything. */
const sections: readonly (readonly [name: string, path: string, keep: (body: unknown) => unknown])[] = [
  ['fleet', '/v1/fleet', (body) => body],
  ['clusters', collectionPath('Cluster'), clustersOf],
  ['changes', '/v1/changes?limit=50', (body) => body],
  ['drift', '/v1/drift?since=24h&limit=100', (body) => body],
  ['audit', '/v1/audit?limit=200', (body) => body],
  ['openapi', '/openapi.json', (body) => (body as { readonly info?: unknown }).info],
  ['metrics', '/metrics', (body) => String(body).split('\n')],
];

/** Everything that helps whoever looks at a report of a bug. What the hub refuses is named with its reason. */
export async function gatherBundle(deps: GatherDeps, findings: readonly Finding[]): Promise<Readonly<Record<string, unknown>>> {
  const { hub, now, signal } = deps;
  const bundle: Record<string, unknown> = {
    format: 'accord-bundle/1',
    at: new Date(now()).toISOString(),
    program: { version: programVersion, node: process.version, platform: `${process.platform}/${process.arch}` },
    findings,
  };
  const missing: Record<string, string> = {};
  for (const [name, path, keep] of sections) {
    try {
      bundle['hub'] ??= hub().url;
      bundle[name] = keep((await hub().send(path)).body);
    } catch (error) {
      if (!(error instanceof CodedError) || signal.aborted) throw error;
      missing[name] = `${error.code}: ${error.message}`;
    }
  }
  return { ...bundle, missing };
}

/** Annotations are whatever people write there. */
function clustersOf(body: unknown): unknown {
  const { items = [] } = body as {
    readonly items?: readonly { readonly metadata?: Record<string, unknown>; readonly spec?: unknown; readonly status?: unknown }[];
  };
  return items.map(({ metadata: { annotations: _annotations, managedFields: _fields, ...metadata } = {}, spec, status }) => ({
    metadata,
    spec,
    status,
  }));
}
