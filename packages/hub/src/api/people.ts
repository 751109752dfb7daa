import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Access } from '@accord/core/access/access';
import { roles } from '@accord/proto/access';
import type { LoginServer } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Clock } from '@accord/runtime/clock';
import { isSafe, type OidcConfig } from './access-file.ts';
import type { Caller } from './auth.ts';
import type { PeoplePort } from './deps.ts';

/** Signatures with a public key alone: with a shared one whoever verifies could sign as well. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 60;
const answerMsMax = 5_000;
/** A key that is not known yet is looked for at most this often. */
const refetchMsMin = 10_000;
/** Keys that the server took back are believed no longer than this. */
const keysMsMax = 600_000;
const usernameCharsMax = 128;

/** People who log in at an OpenID Connect server. Their tokens are verified here, with the keys that the server publishes. */
export class People implements PeoplePort {
  readonly login: LoginServer;
  readonly #config: OidcConfig;
  readonly #clock: Clock;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(config: OidcConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.login = { issuer: config.issuer, clientId: config.clientId ?? config.audience, scope: config.scope };
  }

  identify = async (token: string): Promise<Caller | undefined> => {
    if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return undefined;
    const payload = await this.#verify(token);
    const expiresAtMs = (payload.exp ?? 0) * 1_000;
    return {
      actor: `oidc/${this.#nameOf(payload)}`,
      access: accessOf(this.#config, payload),
      expiresAtMs,
      isStillKnown: () => this.#clock.now() < expiresAtMs + clockToleranceSeconds * 1_000,
    };
  };

  async #verify(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.#config;
    try {
      const { payload } = await jwtVerify(token, await this.#jwks(), {
        ...{ issuer, audience, algorithms, clockTolerance: clockToleranceSeconds },
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.#clock.now()),
      });
      return payload;
    } catch (cause) {
      throw asCoded(cause, issuer);
    }
  }

  /** Where the keys are, is asked once; a failure is asked about again. */
  async #jwks(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover();
    try {
      return await this.#keys;
    } catch (error) {
      this.#keys = undefined;
      throw error;
    }
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { issuer } = this.#config;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(answerMsMax) });
    const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (found.issuer !== issuer || typeof found.jwks_uri !== 'string' || !isSafe(found.jwks_uri))
      throw new CodedError('unavailable', `${url} is not the configuration of ${issuer}`, {
        help: 'Correct oidc.issuer in the file of --access.',
      });
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: answerMsMax,
      cooldownDuration: refetchMsMin,
      cacheMaxAge: keysMsMax,
    });
  }

  #nameOf(payload: JWTPayload): string {
    const named = payload[this.#config.username];
    const name = typeof named === 'string' && named !== '' ? named : (payload.sub ?? '');
    return name.replace(/[^\x21-\x7e]/g, '?').slice(0, usernameCharsMax);
  }
}

/** What the claims give, all grants together. A person without any is known and may nothing. */
function accessOf({ grants }: OidcConfig, payload: JWTPayload): Access {
  const held = grants.filter(({ claim, value }) => {
    const claimed = payload[claim];
    return Array.isArray(claimed) ? claimed.includes(value) : claimed === value;
  });
  return {
    whole: roles.findLast((role) => held.some((grant) => grant.role === role)),
    bindings: held.flatMap(({ bindings = [] }) => bindings),
  };
}

/** A token that does not hold is the caller's affair, and he is told why; a server that cannot be asked is not. */
function asCoded(cause: unknown, issuer: string): CodedError {
  if (cause instanceof CodedError) return cause;
  const isVerdict =
    cause instanceof errors.JOSEError &&
    !(cause instanceof errors.JWKSTimeout) &&
    !(cause instanceof errors.JWKSInvalid) &&
    cause.code !== 'ERR_JOSE_GENERIC';
  if (isVerdict)
    return new CodedError('unauthenticated', `this token of ${issuer} does not hold: ${cause.message}`, {
      cause,
      help: 'Log in again: accord login',
    });
  return new CodedError('unavailable', `the keys of ${issuer} cannot be read: ${(cause as Error).message}`, {
    cause,
    help: 'Is it up? Tokens of the hub work all the same.',
  });
}
