import type { ObjectResult, Trouble } from '@accord/core/apply/report-policy';
import { sealedIn } from '@accord/core/policy/sealed-secrets';
import type { JsonObject } from '@accord/proto/canonical';
import { openSecret, type Opener, type SecretValues } from '@accord/proto/seal-secret';
import type { ApplyAnswer } from '../kube/kube.ts';

export interface Unsealed {
  /** As it is sent. Where something was sealed this is the one place where it lies open: it is neither kept nor told. */
  readonly body: JsonObject;
  readonly values: SecretValues;
}

/** Opens what is sealed in a body, or says why this cluster cannot. */
export async function unseal(body: JsonObject, opener: Opener): Promise<Unsealed | Trouble> {
  const sealed = sealedIn(body);
  if (sealed === undefined) return { body, values: {} };
  const opened = await openSecret(sealed.secret, sealed.namespace, opener);
  switch (opened.outcome) {
    case 'opened': {
      const { sealed: _closed, ...rest } = body;
      const data = Object.fromEntries(
        Object.entries(opened.values).map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const),
      );
      return { body: { ...rest, data }, values: opened.values };
    }
    case 'no-recipient':
      return { outcome: 'blocked', reason: 'NoRecipient', because: 'its values are not sealed for this cluster' };
    case 'key-unknown':
      return {
        outcome: 'blocked',
        reason: 'KeyUnknown',
        because: 'its values are sealed for a key that this cluster does not have',
      };
    case 'broken':
      return {
        outcome: 'refused',
        reason: 'SealBroken',
        because: 'its values do not open: they were sealed for another cluster, namespace, name, key, type or version, or were changed',
      };
  }
}

/** Shorter values are in every sentence. */
const tellingMin = 4;

/** An answer of the API server that repeats a value is told without its text. */
export function withoutValues<Answer extends ApplyAnswer | ObjectResult>(answer: Answer, values: SecretValues): Answer {
  if (!('because' in answer)) return answer;
  const texts = Object.values(values).flatMap((value) => [Buffer.from(value).toString(), Buffer.from(value).toString('base64')]);
  const repeats = texts.some((text) => text.length >= tellingMin && answer.because.includes(text));
  return repeats ? { ...answer, because: 'the API server refuses it with a text that holds a value, and so is not repeated' } : answer;
}
