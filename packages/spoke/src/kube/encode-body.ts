import type { JsonObject } from '@accord/proto/canonical';

/**
 * JSON that the API server's YAML reader gives back unchanged.
 *
 * As raw characters U+007F to U+009F, U+FFFE and U+FFFF are refused, and U+0085 silently becomes a space. Characters beyond the
 * basic plane must stay raw: the reader refuses escaped surrogate pairs. Measured on kube-apiserver v1.36.3.
 */
export function encodeBody(body: JsonObject | readonly JsonObject[]): string {
  return JSON.stringify(body).replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const unsafe = /[\u007f-\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff]/g;
