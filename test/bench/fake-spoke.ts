import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '@accord/local/config';
import type { FleetCluster } from '@accord/local/fleet/fleet-clusters';
import type { LocalFleet } from '@accord/local/fleet/local-fleet';
import { spokeFlags } from '@accord/local/fleet/spoke-process';
import { bundle } from './bundle.ts';
import type { Contents } from './change-ledger.ts';
import type { NumbersWritten } from './fake-spoke-main.ts';

/** A spoke whose API server costs nothing, so that a figure is about the spoke. */
export interface FakeSpoke {
  readonly pid: number;
  contents(): Promise<Contents>;
  stop(): Promise<void>;
}

/** Starts it in a process of its own, bundled and with the flags of production, as a cluster that joins the hub. */
export async function startFakeSpoke(fleet: LocalFleet, cluster: FleetCluster, namespace: string): Promise<FakeSpoke> {
  const { home, logs } = fleet.paths;
  const program = join(home, 'fake-spoke.cjs');
  await bundle('fake-spoke-main.ts', program);
  const invitation = await fleet.hub.createJoinToken(cluster);
  if (invitation === undefined) throw new Error(`the hub has a cluster ${cluster.name} already`);
  const joinToken = join(home, 'fake-spoke.token');
  writeFileSync(joinToken, invitation.token, { mode: 0o600 });
  const env = childEnvironment(process.env, {
    ACCORD_HUB_URL: fleet.hub.url,
    ACCORD_HUB_KEY: invitation.hubKey,
    ACCORD_JOIN_TOKEN_FILE: joinToken,
    // Nobody listens there, and nobody asks.
    ACCORD_KUBE_URL: 'https://127.0.0.1:9',
  });
  const log = openSync(join(logs, `${cluster.name}-spoke.log`), 'a', 0o600);
  const child = fork(program, [namespace], { execArgv: [...spokeFlags], env, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const ended = once(child, 'exit');
  await once(child, 'spawn');
  return {
    pid: child.pid ?? Number.NaN,
    async contents() {
      const answer = once(child, 'message') as Promise<[NumbersWritten]>;
      child.send('contents');
      const [written] = await Promise.race([answer, ended.then(() => Promise.reject(new Error('the spoke has ended; see its log')))]);
      return new Map(Object.entries(written));
    },
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
