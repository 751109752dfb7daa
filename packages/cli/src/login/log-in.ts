/** The authorization code flow with PKCE, with a browser on this machine. Source: RFC 8252 and RFC 7636. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@accord/proto/coded-error';
import type { LoginServer } from '@accord/proto/api';
import * as oidc from 'openid-client';
import type { KeptLogin } from './kept-login.ts';

interface LoggingIn {
  /** Tells the user where to go. */
  readonly show: (text: string) => void;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** Somebody has to find his password. */
const browserMsMax = 300_000;
const callbackPath = '/callback';

/** Waits until the user is back from his browser. Rejects with `unauthenticated`, `unavailable` or `timeout`. */
export async function logIn(server: LoginServer, { show, nowMs, signal }: LoggingIn): Promise<KeptLogin> {
  const configuration = await configurationOf(server);
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  const listener = await listen();
  try {
    const { port } = listener.address() as AddressInfo;
    const redirect = `http://127.0.0.1:${port}${callbackPath}`;
    const address = oidc.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: redirect, scope: server.scope, state, nonce, prompt: 'consent' },
      ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    });
    const returned = comeBack(listener, state, AbortSignal.any([signal, AbortSignal.timeout(browserMsMax)]));
    show(`Open this address in a browser on this machine:\n\n  ${address.href}\n`);
    const came = new URL(await returned, redirect);
    const tokens = await oidc.authorizationCodeGrant(configuration, came, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    return keptOf(server, tokens, nowMs, undefined);
  } catch (cause) {
    throw asCoded(cause, server);
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
}

/** A new token without a browser. Rejects with `unauthenticated` when the server wants to see the user again. */
export async function refresh(kept: KeptLogin, nowMs: number): Promise<KeptLogin> {
  const { server, refreshToken } = kept;
  if (refreshToken === undefined)
    throw new CodedError('unauthenticated', `the login at ${server.issuer} is over`, { help: 'Log in again: accord login' });
  try {
    return keptOf(server, await oidc.refreshTokenGrant(await configurationOf(server), refreshToken), nowMs, refreshToken);
  } catch (cause) {
    throw asCoded(cause, server);
  }
}

async function configurationOf({ issuer, clientId }: LoginServer): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  try {
    // Nobody is on the way between two programs of one machine; everywhere else it has to be https.
    const execute = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ? [oidc.allowInsecureRequests] : [];
    return await oidc.discovery(url, clientId, undefined, oidc.None(), { execute });
  } catch (cause) {
    throw new CodedError('unavailable', `${issuer} does not answer as an OpenID Connect server: ${(cause as Error).message}`, {
      cause,
      help: 'Is it up? See: accord doctor',
    });
  }
}

function keptOf(
  server: LoginServer,
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  nowMs: number,
  before: string | undefined,
): KeptLogin {
  const expiresAtMs = (tokens.claims()?.exp ?? 0) * 1_000 || nowMs;
  if (tokens.id_token === undefined)
    throw new CodedError('unauthenticated', `${server.issuer} gave no ID token`, { help: 'Log in again: accord login' });
  const refreshToken = tokens.refresh_token ?? before;
  return { server, token: tokens.id_token, expiresAtMs, ...(refreshToken !== undefined && { refreshToken }) };
}

function listen(): Promise<Server> {
  const listener = createServer();
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', () => resolve(listener));
  });
}

/** Path and query with which the browser comes back. What comes with another state was sent by somebody else, and is not waited for. */
function comeBack(listener: Server, state: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    listener.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
      const isOurs = url?.pathname === callbackPath && url.searchParams.get('state') === state;
      response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end(isOurs ? 'Done. Close this window and go back to your terminal.\n' : 'Nothing is here.\n', () => {
        if (isOurs) resolve(`${url.pathname}${url.search}`);
      });
    });
    signal.addEventListener(
      'abort',
      () => reject(new CodedError('timeout', 'nobody came back from the browser', { help: 'Try again: accord login' })),
      { once: true },
    );
  });
}

function asCoded(cause: unknown, { issuer }: LoginServer): CodedError {
  if (cause instanceof CodedError) return cause;
  const { error, error_description: told } = cause as { readonly error?: unknown; readonly error_description?: unknown };
  const because = typeof told === 'string' ? told : typeof error === 'string' ? error : (cause as Error).message;
  return new CodedError('unauthenticated', `${issuer} did not let you in: ${because}`, { cause, help: 'Log in again: accord login' });
}
