import { declaredLabelsSchema, loginServerSchema, whoamiSchema } from '@accord/proto/api';
import type * as z from 'zod';
import type { Caller } from '../auth.ts';
import { timeOf } from '../fact-history.ts';
import type { ResourceDeps } from '../kube/resources.ts';
import { Refusal } from '../refusal.ts';
import { callerOf } from '../request-context.ts';
import { operation, type AnyOperation } from './operation.ts';

/** What a caller asks before he asks for anything else: how to log in, who he is, and the words of the fleet. */
export function whoamiOperations({ people, declaredLabels }: ResourceDeps): readonly AnyOperation[] {
  return [
    operation({
      method: 'GET',
      path: '/v1/login',
      summary: 'Where people log in.',
      role: 'public',
      status: 200,
      refuses: [404],
      answer: loginServerSchema,
      run: () => {
        if (people !== undefined) return people.login;
        throw new Refusal('not-found', 'nobody logs in here', { help: 'An admin makes a token: accord token create NAME --role operator' });
      },
    }),
    operation({
      method: 'GET',
      path: '/v1/whoami',
      summary: 'Whom the hub takes you for, and what you may.',
      role: 'known',
      status: 200,
      answer: whoamiSchema,
      run: (request) => whoamiOf(callerOf(request)),
    }),
    operation({
      method: 'GET',
      path: '/v1/labels',
      summary: 'The labels that the fleet has declared: which are required, which values they have, which are protected.',
      role: 'viewer',
      scope: 'any',
      status: 200,
      answer: declaredLabelsSchema,
      run: () => ({ labels: { ...declaredLabels } }),
    }),
  ];
}

export function whoamiOf({ actor, access, expiresAtMs }: Caller): z.input<typeof whoamiSchema> {
  return {
    actor,
    ...(access.whole !== undefined && { role: access.whole }),
    bindings: [...access.bindings],
    ...(expiresAtMs !== undefined && { expiresAt: timeOf(expiresAtMs) }),
  };
}
