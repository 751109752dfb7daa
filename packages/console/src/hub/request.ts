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

/** What the hub made of a write. */
export interface Written<Answer> {
  readonly answer: Answer;
  /** Under which it can be followed; empty when nothing had to be written. */
  readonly change: string;
}

/** As `request`, with the change that it made. `reason` goes into the audit. */
export async function write<Answer>(path: string, { reason = '', ...send }: Send & { readonly reason?: string }): Promise<Written<Answer>> {
  const said = reason === '' ? {} : { 'accord-reason': headerText(reason) };
  const { response, answer } = await ask(path, { ...send, headers: { ...send.headers, ...said } });
  return { answer: answer as Answer, change: response.headers.get('accord-change') ?? '' };
}

/** One request to the hub that served the page. The cookie goes along by itself. Rejects with `HubProblem`; with `unavailable` when nobody answers. */
export async function request<Answer>(path: string, send: Send = {}): Promise<Answer> {
  return (await ask(path, send)).answer as Answer;
}

async function ask(
  path: string,
  { method = 'GET', body, headers = {}, signal }: Send,
): Promise<{ readonly response: Response; readonly answer: unknown }> {
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
  if (response.ok) return { response, answer };
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

/** A header carries Latin letters alone (RFC 9110 §5.5, Fetch); the rest is shown as missing. */
export function headerText(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a0-\u00ff]/g, '?');
}
