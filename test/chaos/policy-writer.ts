import type { HubProgram } from './hub-program.ts';

/** A state of a policy, told apart by its description. */
export interface Written {
  readonly revision: number;
  readonly description: string;
}

interface PolicyObject {
  readonly metadata: { readonly name: string; readonly generation: number; readonly resourceVersion: string };
  readonly spec: { readonly description?: string };
}

const path = '/apis/accord.dev/v1alpha1/clusterpolicies';

/** Writes and reads policies over REST at a hub that may die at any moment. */
export class PolicyWriter {
  readonly #hub: HubProgram;

  constructor(hub: HubProgram) {
    this.#hub = hub;
  }

  /** Rejects for every answer but success, a conflict, and none at all. */
  async put(
    name: string,
    description: string,
    { resourceVersion, key }: { readonly resourceVersion?: string; readonly key?: string } = {},
  ): Promise<Written | 'conflict' | 'no answer'> {
    const metadata = { name, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    const spec = { description, clusterSelector: { matchLabels: { env: 'prod' } }, namespaces: [{ name: 'team' }] };
    const body = JSON.stringify({ apiVersion: 'accord.dev/v1alpha1', kind: 'ClusterPolicy', metadata, spec });
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await this.#send('PUT', `${path}/${name}`, { body, headers });
    if (answer === 'no answer') return answer;
    if (answer.status === 409) return 'conflict';
    if (answer.status >= 300) throw new Error(`PUT ${name}: ${answer.status} ${answer.text}`);
    return writtenOf(JSON.parse(answer.text) as PolicyObject);
  }

  async get(name: string): Promise<(Written & { readonly resourceVersion: string }) | 'no answer' | undefined> {
    const answer = await this.#send('GET', `${path}/${name}`);
    if (answer === 'no answer') return answer;
    if (answer.status === 404) return undefined;
    const object = JSON.parse(answer.text) as PolicyObject;
    return { ...writtenOf(object), resourceVersion: object.metadata.resourceVersion };
  }

  async list(): Promise<ReadonlyMap<string, Written>> {
    const answer = await this.#send('GET', path);
    if (answer === 'no answer') throw new Error('the hub does not answer');
    const { items } = JSON.parse(answer.text) as { readonly items: readonly PolicyObject[] };
    return new Map(items.map((object) => [object.metadata.name, writtenOf(object)]));
  }

  async #send(
    method: string,
    at: string,
    { body, headers = {} }: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly status: number; readonly text: string } | 'no answer'> {
    const authorization = `Bearer ${this.#hub.token}`;
    try {
      const response = await fetch(`${this.#hub.url}${at}`, {
        method,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(20_000),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return 'no answer';
    }
  }
}

function writtenOf({ metadata, spec }: PolicyObject): Written {
  return { revision: metadata.generation, description: spec.description ?? '' };
}
