import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import { connectSpokeBus } from '@accord/spoke/connect-spoke-bus';
import { HubClient } from '@accord/spoke/join/hub-client';
import { CredentialStore, type StoredCredential } from '@accord/spoke/join/credential-store';
import { FakeCluster } from '@accord/spoke/kube/fake-cluster';
import { FakeKube } from '@accord/spoke/kube/fake-kube';
import { allSpokeMetrics } from '@accord/spoke/metrics/spoke-metrics';
import { runSpoke } from '@accord/spoke/run-spoke';
import type { Invited } from './join-stage.ts';

/** A whole spoke in this process with its real requests to hub and bus, on a fake cluster that outlives it. */
export class RunningSpoke {
  readonly log = new ListLog();
  readonly #kube = new FakeKube(new FakeCluster());
  readonly #hubUrl: string;
  readonly #invited: Invited;
  #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(hubUrl: string, invited: Invited) {
    this.#hubUrl = hubUrl;
    this.#invited = invited;
  }

  start(): void {
    this.#stop = new AbortController();
    const { hubKey, token, caBundle } = this.#invited;
    const ofPod = {
      kubeUrl: 'https://127.0.0.1:9',
      kubeTokenFile: '',
      kubeCaFile: '',
      healthListen: '',
      joinTokenFile: undefined,
    };
    const config = { ...ofPod, hubUrl: this.#hubUrl, hubKey, namespace: 'accord-system', instance: 'one', clusterName: undefined };
    const deps = {
      ...{ config: { ...config, logLevel: 'info' as const }, kube: this.#kube, connectBus: connectSpokeBus },
      ...{
        hub: new HubClient(this.#hubUrl, caBundle === undefined ? undefined : Buffer.from(caBundle, 'base64').toString()),
        readToken: async () => token,
        meter: new Meter(allSpokeMetrics),
      },
      ...{ serveHealth: () => undefined, clock: systemClock, log: this.log, random: Math.random },
    };
    this.#running = runSpoke(deps, this.#stop.signal).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) throw error;
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  stored(): Promise<StoredCredential> {
    return new CredentialStore(this.#kube, 'accord-system').loadOrCreate(new AbortController().signal);
  }
}
