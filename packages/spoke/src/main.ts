import { isCoded } from '@accord/proto/coded-error';
import { createLog } from '@accord/runtime/log';
import { systemClock } from '@accord/runtime/clock';
import { parseSpokeConfig, type SpokeConfig } from './config.ts';
import { createHttpKube } from './kube/http-kube.ts';
import { connectSpokeBus } from './connect-spoke-bus.ts';
import { runSpoke } from './run-spoke.ts';

/** Exit codes: 0 stopped, 1 failed, 2 configured wrongly. */
async function main(): Promise<void> {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
  const config = readConfig();
  if (config === undefined) return;
  const log = createLog({ name: 'accord-spoke', level: config.logLevel });
  const { kubeUrl: url, kubeTokenFile: tokenFile, kubeCaFile: caFile } = config;
  const kube = createHttpKube({ url, tokenFile, caFile, clock: systemClock, log });
  try {
    await runSpoke({ config, kube, connectBus: connectSpokeBus, clock: systemClock, log, random: Math.random }, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (!isCoded(error)) throw error;
    log.error('the spoke cannot go on', { code: error.code, because: error.message, help: error.help });
    process.exitCode = 1;
  }
  // Sockets of requests that were cut may linger; everything that matters has been closed.
  setTimeout(() => process.exit(), 500).unref();
}

function readConfig(): SpokeConfig | undefined {
  try {
    return parseSpokeConfig(process.env);
  } catch (error) {
    if (!isCoded(error)) throw error;
    process.stderr.write(`accord-spoke: ${error.message}: ${error.help ?? ''}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

void main();
