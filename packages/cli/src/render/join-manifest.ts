import { readFile } from 'node:fs/promises';
import { Document } from 'yaml';

export interface JoinInput {
  readonly cluster: string;
  readonly hubUrl: string;
  readonly hubKey: string;
  readonly token: string;
}

/** Everything that makes a cluster a member, in the order in which it must be applied: kinds, permissions, guard rails, Secret, Deployment. */
export async function renderJoinManifest(input: JoinInput): Promise<string> {
  const [kinds, permissions, guardRails, deployment] = await Promise.all(
    ['crds.yaml', 'rbac.yaml', 'admission-policies.yaml', 'deployment.yaml'].map(readShipped),
  );
  return [kinds, permissions, guardRails, renderJoinSecret(input), deployment].join('\n---\n');
}

async function readShipped(file: string): Promise<string> {
  return (await readFile(new URL(`../../../../deploy/spoke/${file}`, import.meta.url), 'utf8')).trimEnd();
}

/** The Secret from which a spoke takes its environment and its one-time token. */
function renderJoinSecret({ cluster, hubUrl, hubKey, token }: JoinInput): string {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'accord-spoke-join', namespace: 'accord-system', annotations: { 'accord.dev/cluster': cluster } },
    type: 'Opaque',
    stringData: { ACCORD_HUB_URL: hubUrl, ACCORD_HUB_KEY: hubKey, 'join-token': token },
  };
  return new Document(secret).toString({ lineWidth: 0 }).trimEnd();
}
