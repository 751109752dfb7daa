import type { Problem } from '@accord/proto/api';

/** What the hub refused, in its own words. */
export class HubProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do; empty when nothing helps but to wait. */
  readonly help: string;

  constructor({ status, code, detail, help = '' }: Problem) {
    super(detail);
    this.status = status;
    this.code = code;
    this.help = help;
  }
}

export interface Send {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One request to the hub that served the page. The cookie goes along by itself. Rejects with `HubProblem`; with `unavailable` when nobody answers. */
export async function request<Answer>(path: string, { method = 'GET', body, headers = {}, signal }: Send = {}): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new HubProblem({
      ...{ type: '', title: '', status: 0, code: 'unavailable' },
      ...{ detail: 'The hub does not answer.', help: 'The page tries again by itself. Is the hub running? See: accord doctor' },
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new HubProblem(problemIn(answer, response.status));
}

/** Under /v1 the hub answers with problems, under /apis with the Status of Kubernetes. */
function problemIn(answer: unknown, status: number): Problem {
  const { code, detail, message, reason, help } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const isText = (part: unknown): part is string => typeof part === 'string';
  const text = [detail, message].find(isText) ?? `The hub answers ${status}.`;
  const named = [code, reason].find(isText) ?? 'unavailable';
  return { type: '', title: '', status, code: named, detail: text, ...(isText(help) && { help }) };
}

/** `/v1/changes` with what is not undefined and not empty of `query`. */
export function address(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const words = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(words.map(([name, value]) => [name, String(value)]));
  return words.length === 0 ? path : `${path}?${search}`;
}
