/** A real hub that trusts a real OpenID Connect server, and people who log in with the real command line. The browser is played by plain requests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JWK } from 'jose';
import { HubProgram } from '../chaos/hub-program.ts';
import { runProgram, type Ended } from '../chaos/run-program.ts';
import { freePort } from '../free-port.ts';
import { until } from './fleet-fixture.ts';

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const serverMain = fileURLToPath(new URL('oidc-server.ts', import.meta.url));

export interface Kept {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly refreshToken: string;
}

export interface Said {
  readonly status: number;
  readonly body: { readonly detail?: string; readonly message?: string; readonly actor?: string };
}

export class OidcWorld {
  readonly client = 'accord-cli';
  readonly home: string = mkdtempSync(join(tmpdir(), 'accord-oidc-'));
  readonly hub: HubProgram;
  readonly #port: number;
  #server: ChildProcess | undefined;

  private constructor(hub: HubProgram, port: number) {
    this.hub = hub;
    this.#port = port;
  }

  static async start(): Promise<OidcWorld> {
    const port = await freePort();
    const directory = mkdtempSync(join(tmpdir(), 'accord-oidc-hub-'));
    const access = join(directory, 'access.yaml');
    const world = new OidcWorld(await HubProgram.at(join(directory, 'hub'), ['--access', access]), port);
    writeFileSync(access, world.#accessFile());
    await world.startServer();
    await world.hub.start();
    await until('the hub is ready', async () => (await world.hub.readiness()) === 'ok');
    return world;
  }

  async stop(): Promise<void> {
    await this.hub.stop();
    await this.stopServer();
    for (const directory of [this.home, join(this.hub.dataDir, '..')]) rmSync(directory, { recursive: true, force: true });
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The private key of the server: what it would never give away. Another one after each start. */
  get key(): JWK {
    return JSON.parse(readFileSync(this.#keyFile, 'utf8')) as JWK;
  }

  async startServer(): Promise<void> {
    const child = spawn(process.execPath, [serverMain, String(this.#port), this.client, this.#keyFile], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#server = child;
    await once(child.stdout, 'data');
  }

  async stopServer(): Promise<void> {
    const server = this.#server;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGTERM');
    await exited;
  }

  /** The command line of one person, who has a home of his own. */
  accord(user: string, ...words: readonly string[]): Promise<Ended> {
    return runProgram(process.execPath, [cli, ...words], this.#environment(user));
  }

  /** `accord login`, and what a person does in his browser. */
  async logIn(
    user: string,
    account: string,
    behave = (address: string): Promise<unknown> => this.browse(address, account),
  ): Promise<Ended> {
    const child = spawn(process.execPath, [cli, 'login'], { env: this.#environment(user), stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    const closed = once(child, 'close');
    const address = (): string | undefined => /^ {2}(http\S+)$/m.exec(said.err)?.[1];
    await until('the address is told', async () => address() !== undefined || child.exitCode !== null);
    await behave(address() ?? '');
    const [code] = (await closed) as [number | null];
    return { code, ...said };
  }

  /** Follows redirects, keeps cookies, and fills in the forms of the server. */
  async browse(address: string, account: string): Promise<string> {
    const cookies = new Map<string, string>();
    let next = address;
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 20; step += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, {
        redirect: 'manual',
        headers: next.startsWith(this.issuer) ? { cookie } : {},
        ...(form === undefined ? {} : { method: 'POST', body: form }),
      });
      for (const [, name = '', value = ''] of response.headers.getSetCookie().flatMap((set) => [/^([^=]+)=([^;]*)/.exec(set) ?? []]))
        cookies.set(name, value);
      const location = response.headers.get('location');
      const page = await response.text();
      const action = location ?? /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) return page;
      next = new URL(action, next).href;
      const filled = page.includes('name="login"') ? { prompt: 'login', login: account, password: 'any' } : { prompt: 'consent' };
      form = location === null ? new URLSearchParams(filled) : undefined;
    }
    throw new Error(`no end: ${next}`);
  }

  /** Where the command line keeps what a person got. */
  fileOf(user: string): string {
    return join(this.home, user, '.config', 'accord', 'logins.json');
  }

  keptBy(user: string): Kept {
    return (JSON.parse(readFileSync(this.fileOf(user), 'utf8')) as Record<string, Kept>)[this.hub.url] as Kept;
  }

  async ask(token: string, method = 'GET', path = '/v1/whoami', body?: unknown): Promise<Said> {
    const response = await fetch(`${this.hub.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Said['body'] };
  }

  get #keyFile(): string {
    return join(this.home, 'issuer-key.json');
  }

  #environment(user: string): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', HOME: join(this.home, user), ACCORD_URL: this.hub.url };
  }

  #accessFile(): string {
    return `
labels:
  env: {required: true, values: [dev, prod], protected: true}
oidc:
  issuer: ${this.issuer}
  audience: ${this.client}
  username: email
  grants:
  - {claim: groups, value: platform, role: admin}
  - claim: groups
    value: team-pay
    bindings:
    - {role: operator, clusters: {matchLabels: {env: dev}}, policies: [pay-*], namespaces: [pay-*], parts: [namespaces, quota]}
`;
  }
}
