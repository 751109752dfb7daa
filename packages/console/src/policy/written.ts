import type { KubeObject } from '@accord/proto/kube-api';

/** As a person would write it: what the hub sets is left out. */
export function written({ apiVersion, kind, metadata: { name, labels, annotations }, spec }: KubeObject): unknown {
  const meta = { ...(Object.keys(labels).length > 0 && { labels }), ...(Object.keys(annotations).length > 0 && { annotations }) };
  return { apiVersion, kind, metadata: { name, ...meta }, spec };
}
