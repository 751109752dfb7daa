/** An OpenID Connect server as a process of its own: `node oidc-server.ts PORT CLIENT FILE`. Accounts and their groups come with the login name. */
import { writeFileSync } from 'node:fs';
import Provider from 'oidc-provider';
import { exportJWK, generateKeyPair } from 'jose';

const [port = '', client = '', keyFile = ''] = process.argv.slice(2);
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: `key-${process.pid}` };
// So that the test can sign what this server never would.
writeFileSync(keyFile, JSON.stringify(key), { mode: 0o600 });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [key] },
  claims: { openid: ['sub', 'groups', 'email'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  ttl: { IdToken: Number(process.env['ID_TOKEN_SECONDS'] ?? 3600) },
  // `ann.team-pay.auditors` is Ann, in two groups.
  findAccount: (_context, id) => {
    const [name = '', ...groups] = id.split('.');
    return { accountId: id, claims: () => ({ sub: id, groups, email: `${name}@example.org` }) };
  },
});
provider.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
process.on('SIGTERM', () => process.exit(0));
