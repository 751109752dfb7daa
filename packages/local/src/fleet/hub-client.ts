import { jsonOrText } from '@accord/proto/json-or-text';
import { CodedError } from '@accord/proto/coded-error';
import type { FleetCluster } from './fleet-clusters.ts';

export interface JoinToken {
  readonly token: string;
  /** Fingerprint of the key with which the hub signs what is desired. */
  readonly hubKey: string;
}

export interface HubAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The few REST calls that bring clusters into the hub of a local fleet. */
export class HubClient {
  readonly url: string;
  readonly #token: string;

  constructor({ url, token }: { readonly url: string; readonly token: string }) {
    this.url = url;
    this.#token = token;
  }

  /**
   * A join token for a name; undefined when a cluster of that name has joined.
   * An invitation that nobody took is ended first: its token was shown once, and perhaps to a start that died before it was written down.
   */
  async createJoinToken({ name, labels, spec = {} }: FleetCluster): Promise<JoinToken | undefined> {
    // What is made for a look at the product is to do something at once.
    const ask = () => this.send('POST', '/v1/join-tokens', { cluster: name, labels, spec, mode: 'Enforce', expiresIn: '1h' });
    const first = await ask();
    const answer = first.status === 409 && (await this.#endInvitation(name)) ? await ask() : first;
    if (answer.status === 409) return undefined;
    if (answer.status !== 201) throw refusal(`join token for ${name}`, answer);
    return answer.body as JoinToken;
  }

  async #endInvitation(cluster: string): Promise<boolean> {
    const listed = await this.send('GET', '/v1/join-tokens');
    if (listed.status !== 200) throw refusal('list of the join tokens', listed);
    const { items } = listed.body as {
      readonly items: readonly { readonly cluster: string; readonly state: string; readonly hash: string }[];
    };
    const open = items.find((token) => token.cluster === cluster && token.state === 'Open');
    if (open === undefined) return false;
    const ended = await this.send('DELETE', `/v1/join-tokens/${open.hash}`);
    if (ended.status !== 200) throw refusal(`end of the invitation of ${cluster}`, ended);
    return true;
  }

  /** Writes a ClusterPolicy. Rejects with `invalid` when the hub refuses it. */
  async putPolicy(policy: { readonly metadata: { readonly name: string } }): Promise<void> {
    const { name } = policy.metadata;
    const answer = await this.send('PUT', `/apis/accord.dev/v1alpha1/clusterpolicies/${name}`, policy);
    if (answer.status >= 300) throw refusal(`policy ${name}`, answer);
  }

  /** Rejects with `unavailable` when the hub does not answer. */
  async send(method: string, path: string, body?: unknown): Promise<HubAnswer> {
    try {
      const response = await fetch(new URL(path, this.url), {
        method,
        headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', accept: 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      return { status: response.status, body: jsonOrText(await response.text()) };
    } catch (cause) {
      throw new CodedError('unavailable', `${method} ${this.url}${path}: the hub does not answer`, { cause });
    }
  }
}

function refusal(what: string, { status, body }: HubAnswer): CodedError {
  const text = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : JSON.stringify(body);
  return new CodedError(status < 500 ? 'invalid' : 'unavailable', `${what}: the hub answered ${status}: ${text.slice(0, 500)}`);
}
