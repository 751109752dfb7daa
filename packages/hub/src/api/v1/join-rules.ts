import { randomBytes } from 'node:crypto';
import { decideAddRule } from '@accord/core/cluster/decide-invite';
import { newClusterMode } from '@accord/proto/cluster';
import { joinRuleRequestSchema, joinTokenResponseSchema } from '@accord/proto/join-api';
import { tokenHash } from '@accord/proto/join';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { readClusterSpec } from '../kube/write-cluster.ts';
import { readDuration } from '../read-duration.ts';
import { shownBefore } from './join-tokens.ts';
import { operation, type AnyOperation } from './operation.ts';

/** One token for several clusters. It is listed and ended as any other. */
export function joinRuleOperations({ projection, requests, clock, hubKey, installation }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'POST',
      path: '/v1/join-rules',
      summary: 'Makes a token with which several clusters join, each under a name of its own that matches. The token is shown once.',
      role: 'admin',
      body: joinRuleRequestSchema,
      status: 201,
      answer: joinTokenResponseSchema,
      run: async (request, { name, namePattern, maxJoins, labels, spec, mode, expiresIn }) => {
        const token = randomBytes(32).toString('base64url');
        const nowMs = clock.now();
        const expiresInMs = readDuration(expiresIn, 'expiresIn');
        const { spec: filled } = readClusterSpec({ ...spec, ...(mode !== undefined && { mode }) }, { name, modeOtherwise: newClusterMode });
        const rule = { name, namePattern, joinsMax: maxJoins, labels, spec: filled, tokenHash: tokenHash(token), nowMs, expiresInMs };
        const { isRepeated } = await requests.store(request, () => decideAddRule(projection.registry, rule));
        if (isRepeated) throw shownBefore('join rule', `DELETE /v1/join-tokens/${name}`);
        return { token, cluster: name, expiresAt: timeOf(nowMs + expiresInMs), hubKey: hubKey(), ...installation };
      },
    }),
  ];
}
