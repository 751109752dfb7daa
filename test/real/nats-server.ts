import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BusPlace } from '@accord/bus/bus';
import { createServingCertificate } from '@accord/hub/identity/self-signed';
import { ensurePrograms } from '@accord/local/programs/ensure-programs';
import { createKeyPair, type KeyPair } from '@accord/proto/keys';
import { freePort } from '../free-port.ts';

/** A nats-server with the two accounts of a fleet, in plain configuration: without an operator, tokens and revocations. */
export interface NatsServer {
  readonly place: BusPlace;
  readonly hubKey: KeyPair;
  /** May use what concerns the cluster that it was made for, and nothing else. */
  readonly spokeKey: KeyPair;
  /** SIGKILL: what a crash looks like. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port, with what was on disk. */
  start(): Promise<void>;
  /** SIGSTOP: it takes in what is sent to it, and answers nothing until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

export async function startNatsServer(options: { readonly clusterId: string; readonly extra?: string }): Promise<NatsServer> {
  const program = (await ensurePrograms({ names: ['nats-server'], env: process.env }))['nats-server'];
  const dir = mkdtempSync(join(tmpdir(), 'accord-nats-'));
  const port = await freePort();
  const hubKey = createKeyPair('user');
  const spokeKey = createKeyPair('user');
  const config = join(dir, 'nats.conf');
  const { cert, key } = await createServingCertificate(Date.now());
  writeFileSync(join(dir, 'tls.crt'), cert);
  writeFileSync(join(dir, 'tls.key'), key, { mode: 0o600 });
  writeFileSync(config, renderConfig({ port, dir, hub: hubKey.publicKey, spoke: spokeKey.publicKey, ...options }), { mode: 0o600 });
  let child: ChildProcess | undefined;
  const atExit = (): void => void child?.kill('SIGKILL');
  process.on('exit', atExit);
  const kill = async (): Promise<void> => {
    if (!isRunning(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const start = async (): Promise<void> => {
    if (isRunning(child)) return;
    child = spawn(program, ['-c', config], { stdio: 'ignore' });
    await waitForPort(port);
  };
  const stop = async (): Promise<void> => {
    await kill();
    process.off('exit', atExit);
    rmSync(dir, { recursive: true });
  };
  await start();
  const place = { servers: [`tls://127.0.0.1:${port}`], ca: cert };
  const pause = (): void => void child?.kill('SIGSTOP');
  const resume = (): void => void child?.kill('SIGCONT');
  return { place, hubKey, spokeKey, kill, start, pause, resume, stop };
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

interface ConfigInput {
  readonly port: number;
  readonly dir: string;
  readonly hub: string;
  readonly spoke: string;
  readonly clusterId: string;
  readonly extra?: string;
}

/** The boundary between HUB and SPOKES is the one of the real fleet: five services and the live stream one way, beats the other way. */
function renderConfig({ port, dir, hub, spoke, clusterId, extra = '' }: ConfigInput): string {
  const services = ['$JS.API.DIRECT.GET.FLEET.desired.>', '$JS.API.DIRECT.GET.FLEET.index.>', 'report.*.*', 'outcome.*', 'rpc.*.*'];
  const exports = services.map((subject) => `{ service: "${subject}", accounts: [SPOKES], response: Singleton, threshold: "5s" }`);
  const imports = services.map((subject) => `{ service: { account: HUB, subject: "${subject}" } }`);
  const publish = ['desired.all.>', `desired.c.${clusterId}.>`, 'index.all', `index.c.${clusterId}`].map(
    (subject) => `$JS.API.DIRECT.GET.FLEET.${subject}`,
  );
  const ofSpoke = {
    publish: [
      ...publish,
      ...['summary', 'drift', 'inventory'].map((kind) => `report.${clusterId}.${kind}`),
      `outcome.${clusterId}`,
      `rpc.${clusterId}.renew`,
      `beat.${clusterId}`,
    ],
    subscribe: ['live.desired.all.>', `live.desired.c.${clusterId}.>`, 'live.tick', `_INBOX.${clusterId}.>`],
  };
  return `
listen: "127.0.0.1:${port}"
log_file: "${join(dir, 'nats.log')}"
tls { cert_file: "${join(dir, 'tls.crt')}", key_file: "${join(dir, 'tls.key')}", handshake_first: true, min_version: "1.3" }
jetstream { store_dir: "${join(dir, 'js')}", sync_interval: always, max_mem: 64MB, max_file: 2GB }
max_payload: 2MB
max_pending: 16MB
accounts {
  HUB {
    jetstream: enabled
    users: [ { nkey: ${hub} } ]
    exports: [ ${exports.join(', ')}, { stream: "live.>", accounts: [SPOKES] } ]
    imports: [ { stream: { account: SPOKES, subject: "beat.*" } } ]
  }
  SPOKES {
    users: [ { nkey: ${spoke}, permissions: { publish: { allow: ${JSON.stringify(ofSpoke.publish)} }, subscribe: { allow: ${JSON.stringify(ofSpoke.subscribe)} } } } ]
    imports: [ ${imports.join(', ')}, { stream: { account: HUB, subject: "live.>" } } ]
    exports: [ { stream: "beat.*", accounts: [HUB] } ]
    mappings: { "live.>": "void.>" }
  }
}
${extra}
`;
}

async function waitForPort(port: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    if (await greets(port)) return;
    if (Date.now() > deadline) throw new Error(`nats-server does not answer on port ${port}`);
    await sleep(20);
  }
}

/** The server speaks first: a connection alone could be the listener of somebody else. */
async function greets(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.toString().startsWith('INFO ');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
