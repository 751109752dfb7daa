import { CodedError } from '@accord/proto/coded-error';
import { asRecord } from './as-record.ts';
import { encodeBody } from './encode-body.ts';
import { failureOfRead, type Discovery } from './discovery.ts';
import type { PermissionTier, ServerFacts } from './kube.ts';
import { acceptJson } from './media-types.ts';
import type { Transport } from './transport.ts';

interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
}

/** From the widest tier down, each with a right that only its roles give. */
const tiers: readonly (readonly [tier: PermissionTier, right: Right])[] = [
  ['RBACAdmin', { verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' }],
  ['Standard', { verb: 'accord-apply', group: 'rbac.authorization.k8s.io', resource: 'roles' }],
];

/** Asks the server what it is, what the spoke may do there, and whether other kinds take our names from kubectl. */
export async function inspectServer(transport: Transport, discovery: Discovery, signal: AbortSignal): Promise<ServerFacts> {
  const answer = await transport.send({ method: 'GET', path: '/version', accept: acceptJson }, signal);
  if (answer.status !== 200) throw failureOfRead('ask for the version of the API server', answer);
  const { gitVersion, platform } = asRecord(answer.body) ?? {};
  if (typeof gitVersion !== 'string' || typeof platform !== 'string')
    throw new CodedError('garbage', 'the API server answered with something that is no version', {
      help: 'check ACCORD_KUBE_URL: is that the API server?',
    });
  return { gitVersion, platform, permissions: await tierOf(transport, signal), nameCollisions: await nameCollisions(discovery, signal) };
}

async function tierOf(transport: Transport, signal: AbortSignal): Promise<PermissionTier> {
  for (const [tier, right] of tiers) if (await mayI(transport, right, signal)) return tier;
  return 'Observe';
}

async function mayI(transport: Transport, { verb, group, resource }: Right, signal: AbortSignal): Promise<boolean> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource } },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const answer = await transport.send(
    { method: 'POST', path, accept: acceptJson, contentType: acceptJson, body: encodeBody(review) },
    signal,
  );
  if (answer.status !== 201) throw failureOfRead('ask what the spoke may do', answer);
  return asRecord(asRecord(answer.body)?.['status'])?.['allowed'] === true;
}

/** kubectl takes the group that sorts first when a bare plural is served by several. */
async function nameCollisions(discovery: Discovery, signal: AbortSignal): Promise<readonly string[]> {
  const kinds = await discovery.all(signal);
  return ['clusters', 'clusterpolicies'].flatMap((resource) => {
    const others = kinds.filter((kind) => kind.resource === resource && kind.group !== 'accord.dev' && kind.group < 'accord.dev');
    return [...new Set(others.map(({ group }) => `${resource}.${group}`))];
  });
}
