import { CodedError, isCoded } from '@accord/proto/coded-error';
import { explainFailure } from '@accord/proto/explain-failure';
import { createLog } from '@accord/runtime/log';
import { Meter } from '@accord/runtime/metrics/meter';
import { watchLoopDelay } from '@accord/runtime/metrics/watch-loop-delay';
import { processMetrics } from '@accord/runtime/processes/process-readings';
import { systemClock } from '@accord/runtime/clock';
import { readFile } from 'node:fs/promises';
import { parseSpokeConfig, type SpokeConfig } from './config.ts';
import { serveHealth, type Health } from './health.ts';
import { HubClient } from './join/hub-client.ts';
import { createHttpKube } from './kube/http-kube.ts';
import { connectSpokeBus } from './connect-spoke-bus.ts';
import { countAnswer } from './metrics/count-answers.ts';
import { allSpokeMetrics } from './metrics/spoke-metrics.ts';
import { runSpoke } from './run-spoke.ts';

/** Exit codes: 0 stopped, 1 failed, 2 configured wrongly. */
async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
  const config = readConfig();
  if (config === undefined) return;
  const log = createLog({ name: 'accord-spoke', level: config.logLevel });
  const { kubeUrl: url, kubeTokenFile: tokenFile, kubeCaFile: caFile } = config;
  const meter = new Meter(allSpokeMetrics);
  const onDelay = (ms: number): void => meter.observe(processMetrics.loopDelay, ms / 1_000);
  void watchLoopDelay({ clock: systemClock, everyMs: 1_000, onDelay }, stop.signal);
  const kube = createHttpKube({ url, tokenFile, caFile, clock: systemClock, log, onAnswer: (answered) => countAnswer(meter, answered) });
  const { joinTokenFile, healthListen, hubUrl, hubCA } = config;
  const deps = {
    config,
    kube,
    meter,
    connectBus: connectSpokeBus,
    hub: new HubClient(hubUrl, hubCA),
    readToken: () => readToken(joinTokenFile),
    serveHealth: (health: Health, signal: AbortSignal) => serveHealth(healthListen, health, log, signal),
    clock: systemClock,
    log,
    random: Math.random,
  };
  try {
    await runSpoke(deps, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!isCoded(error)) throw error;
    log.error('the spoke cannot go on', { code: error.code, because: error.message, help: error.help });
    process.exitCode = 1;
  }
  // Sockets of requests that were cut may linger; everything that matters has been closed.
  setTimeout(() => process.exit(), 500).unref();
}

/** The file goes with the Secret, which an owner may delete after the join. */
async function readToken(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    const token = (await readFile(file, 'utf8')).trim();
    return token === '' ? undefined : token;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CodedError('forbidden', `the join token in ${file} cannot be read`, { help: 'Check ACCORD_JOIN_TOKEN_FILE.', cause });
  }
}

function readConfig(): SpokeConfig | undefined {
  try {
    return parseSpokeConfig(process.env);
  } catch (error) {
    if (!isCoded(error)) throw error;
    process.stderr.write(`accord-spoke: ${explainFailure(error)}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

void main();
