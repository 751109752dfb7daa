/** What the page writes: each is one call of REST, as the command line makes it. */
import { address, write, type Written } from './request.ts';

const kinds = '/apis/accord.dev/v1alpha1';
export const policyPath = (name: string): string => `${kinds}/clusterpolicies/${encodeURIComponent(name)}`;
export const clusterPath = (name: string): string => `${kinds}/clusters/${encodeURIComponent(name)}`;
const v1 = (part: 'policies' | 'clusters', name: string, verb: string): string => `/v1/${part}/${encodeURIComponent(name)}/${verb}`;

/** Sets fields of the spec; a null takes one away. */
function patch(path: string, spec: Readonly<Record<string, unknown>>, reason: string): Promise<Written<unknown>> {
  return write(path, { method: 'PATCH', reason, body: { spec }, headers: { 'content-type': 'application/merge-patch+json' } });
}

export const suspendPolicy = (name: string, suspended: true | null, reason: string): Promise<Written<unknown>> =>
  patch(policyPath(name), { suspended }, reason);
export const pauseCluster = (name: string, paused: true | null, reason: string): Promise<Written<unknown>> =>
  patch(clusterPath(name), { paused }, reason);
export const setMode = (name: string, mode: 'Inform' | 'Enforce', reason: string): Promise<Written<unknown>> =>
  patch(clusterPath(name), { mode }, reason);

export const putPolicy = (name: string, object: unknown, reason: string): Promise<Written<unknown>> =>
  write(`${policyPath(name)}?fieldManager=accord-console`, { method: 'PUT', reason, body: object });
export const deletePolicy = (name: string, reason: string): Promise<Written<unknown>> =>
  write(policyPath(name), { method: 'DELETE', reason });
export const confirmRemoval = (
  name: string,
  held: { readonly revision: number; readonly count: number },
  reason: string,
): Promise<Written<unknown>> => write(v1('policies', name, 'confirm-removal'), { method: 'POST', reason, body: held });

export interface Hold {
  readonly clusters: readonly string[];
  /** `2h`. Every hold ends by itself. */
  readonly for: string;
}
export const holdPolicy = (name: string, hold: Hold, reason: string): Promise<Written<unknown>> =>
  write(v1('policies', name, 'holds'), { method: 'POST', reason, body: { ...hold, reason } });
/** Of one object where one is named, else every hold of the policy on the cluster. */
export const liftHold = (
  name: string,
  { cluster, object }: { readonly cluster: string; readonly object?: string | undefined },
  reason: string,
): Promise<Written<unknown>> => write(address(v1('policies', name, 'holds'), { clusters: cluster, object }), { method: 'DELETE', reason });

export const judgeJoin = (name: string, verdict: 'approve' | 'reject', fingerprint: string, reason: string): Promise<Written<unknown>> =>
  write(v1('clusters', name, verdict), { method: 'POST', reason, body: { fingerprint } });
export const revokeCluster = (name: string, reason: string): Promise<Written<unknown>> =>
  write(v1('clusters', name, 'revoke'), { method: 'POST', reason });
export const revokeToken = (name: string, reason: string): Promise<Written<unknown>> =>
  write(`/v1/api-tokens/${encodeURIComponent(name)}`, { method: 'DELETE', reason });
