import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Problem } from '@accord/proto/api';
import type { CredentialResponse, JoinRequest, PendingJoin, RenewRequest } from '@accord/proto/join-api';
import { CodedError, errorCodes, type ErrorCode } from '@accord/proto/coded-error';

type Answer = CredentialResponse | PendingJoin;

/** What node:https is told, besides what is the same for both requests. */
interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: string[];
  readonly rejectUnauthorized?: false;
}

/** The two requests that a spoke makes. */
export interface HubPort {
  join(token: string, body: JoinRequest, signal: AbortSignal): Promise<CredentialResponse | PendingJoin>;
  renew(body: RenewRequest, signal: AbortSignal): Promise<CredentialResponse>;
}

/** The only two requests that a spoke makes over HTTP. node:http, because `fetch` would cost the spoke 12 MiB. */
export class HubClient implements HubPort {
  readonly #url: URL;
  readonly #ca: string | undefined;

  /** `ca` is the PEM of an authority that may sign for the hub. Those that everybody trusts may, too: a proxy may stand in front. */
  constructor(url: string, ca?: string) {
    this.#url = new URL(url);
    this.#ca = ca;
  }

  join(token: string, body: JoinRequest, signal: AbortSignal): Promise<CredentialResponse | PendingJoin> {
    const trust = this.#ca === undefined ? {} : { ca: [...rootCertificates, this.#ca] };
    return this.#post('v1/join', body, { ...trust, headers: { authorization: `Join ${token}` } }, signal);
  }

  /**
   * Nothing in it is secret, and what comes is believed by its signature, whoever brings it. So a member finds its hub again that shows a
   * certificate of another authority than before, and is told which.
   */
  async renew(body: RenewRequest, signal: AbortSignal): Promise<CredentialResponse> {
    // An answer of another kind has no signature.
    return (await this.#post('v1/renew', body, { rejectUnauthorized: false }, signal)) as CredentialResponse;
  }

  #post(path: string, body: object, { headers = {}, ...tls }: Sending, signal: AbortSignal): Promise<Answer> {
    const url = new URL(path, this.#url);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const away = (cause: Error): void =>
      reject(
        new CodedError('unavailable', `the hub at ${url.origin} does not answer: ${cause.message}`, {
          cause,
          help: helpFor(cause),
        }),
      );
    const request = send(
      url,
      {
        method: 'POST',
        ...tls,
        headers: { 'content-type': 'application/json', ...headers },
        signal,
        timeout: 10_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', away);
        response.on('end', () => {
          try {
            resolve(readAnswer(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in 10 s')));
    request.on('error', away);
    request.end(JSON.stringify(body));
    return promise;
  }
}

function helpFor({ code = '' }: NodeJS.ErrnoException): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Start the hub with that name: --allow-host NAME, or take one that its certificate has.';
  if (/CERT|SIGNATURE/.test(code))
    return 'Check ACCORD_HUB_URL, and ACCORD_HUB_CA in Secret accord-spoke-join: accord cluster add prints the authority of the hub.';
  return 'Check ACCORD_HUB_URL, and that the hub runs.';
}

function readAnswer(status: number, text: string): Answer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new CodedError('garbage', `the hub answers ${status} with something that is no JSON`, {
      cause,
      help: 'Check ACCORD_HUB_URL: is that the hub?',
    });
  }
  if (status === 200) return answer as CredentialResponse;
  if (status === 202) return { state: 'pending', cluster: '', fingerprint: '', ...(answer as Partial<PendingJoin>) };
  const { code, detail, help } = answer as Partial<Problem>;
  const known = errorCodes.find((candidate): candidate is ErrorCode => candidate === code) ?? 'unavailable';
  throw new CodedError(known, `the hub refuses (${status}): ${detail ?? 'it does not say why'}`, help === undefined ? {} : { help });
}
