import { Document } from 'yaml';

export interface JoinInput {
  readonly cluster: string;
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly token: string;
}

export const spokeNamespace = 'accord-system';

/** The Secret from which a spoke takes its environment and its one-time token. */
export function renderJoinManifest({ cluster, hubUrl, hubKey, token }: JoinInput): string {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'accord-spoke-join', namespace: spokeNamespace, annotations: { 'accord.dev/cluster': cluster } },
    type: 'Opaque',
    stringData: { ACCORD_HUB_URL: hubUrl, ACCORD_HUB_KEY: hubKey, 'join-token': token },
  };
  return new Document(secret).toString({ lineWidth: 0 }).trimEnd();
}
