import { randomBytes } from 'node:crypto';
import { fleetSchema, type Fleet } from '@accord/proto/api';
import { CodedError } from '@accord/proto/coded-error';
import type { Command } from 'commander';
import { gatherBundle } from '../bundle/gather-bundle.ts';
import { writeBundle } from '../bundle/write-bundle.ts';
import type { Context } from '../context.ts';
import { diagnoseBus } from '../diagnose-bus.ts';
import { diagnoseCluster } from '../diagnose.ts';
import { joinFindings } from '../diagnose-joins.ts';
import { helpFor } from '../failure-of.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { HubClient } from '../hub-client.ts';
import { collectionPath } from '../objects/kinds.ts';
import { escapeControls } from '../render/escape-controls.ts';
import { renderFailure } from '../render/failure.ts';
import { renderFindings, type Finding } from '../render/findings.ts';
import { clusterListSchema } from '../resources.ts';
import { plain } from '../terminal.ts';

interface DoctorOptions {
  readonly bundle?: string;
  readonly anonymize?: boolean;
}

export function addDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .summary('what is wrong, and what to run')
    .description(
      'Looks at the hub, its bus, your token, and each cluster: connection, sync, version and permissions of the spoke, names that collide. Exit code 1 when something is wrong.',
    )
    .option('--bundle <file>', 'write what helps with a report of a bug into this JSON file, without credentials and policies')
    .option('--anonymize', 'with --bundle: a hash for each name')
    .addHelpText('after', '\nExample:\n  accord doctor\n  accord doctor --bundle accord.json --anonymize')
    .action(async (options: DoctorOptions) => context.finish(await doctor(context, options)));
}

async function doctor(context: Context, { bundle, anonymize = false }: DoctorOptions): Promise<ExitCode> {
  const findings = bundle === undefined ? await examine(context) : await examineAnyway(context);
  context.terminal.print(...renderFindings(findings, context.terminal.paint));
  if (bundle !== undefined) {
    const salt = anonymize ? randomBytes(16).toString('hex') : undefined;
    await writeBundle(bundle, await gatherBundle(context, findings), salt);
    context.terminal.note(`${bundle} is written. Read it before you give it away.`);
  }
  return findings.some(({ level }) => level === 'wrong') ? exitCodes.failed : exitCodes.done;
}

/** A bundle is asked for when something is wrong, also when that is what doctor stumbles over. */
async function examineAnyway(context: Context): Promise<readonly Finding[]> {
  try {
    return await examine(context);
  } catch (error) {
    if (!(error instanceof CodedError) || context.signal.aborted) throw error;
    return [wrong('doctor', error)];
  }
}

function wrong(what: string, error: CodedError): Finding {
  return { level: 'wrong', what, text: renderFailure(error, plain).replace(/^error: /, '') };
}

/** Each step needs the one before; the first that fails is told, and what lies behind it is not guessed. */
async function examine(context: Context): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const step = async (what: string, look: () => Promise<string>): Promise<boolean> => {
    try {
      findings.push({ level: 'ok', what, text: await look() });
      return true;
    } catch (error) {
      if (!(error instanceof CodedError) || context.signal.aborted) throw error;
      findings.push(wrong(what, withoutDoctor(error)));
      return false;
    }
  };
  const { hub } = context;
  if (!(await step('address', async () => hub().url))) return findings;
  if (!(await step('hub', () => health(hub())))) return findings;
  await step('bus', () => readiness(hub()));
  let fleet: Fleet | undefined;
  await step('token', async () => {
    fleet = await hub().read('/v1/fleet', fleetSchema);
    return `accepted; the hub knows ${fleet.clusters.total} clusters`;
  });
  if (fleet === undefined) return findings;
  const { problems, alarms } = fleet;
  findings.push(...diagnoseBus(fleet));
  const { items } = await hub().read(collectionPath('Cluster'), clusterListSchema);
  if (items.length === 0)
    findings.push({ level: 'warn', what: 'clusters', text: 'there is none yet; bring one in: accord cluster add NAME' });
  const ofClusters = items.flatMap((cluster) => diagnoseCluster(cluster, problems, context.now()));
  findings.push(...alarms.map((text): Finding => ({ level: 'wrong', what: 'fleet', text })));
  return [...findings, ...ofClusters, ...(await joinFindings(hub(), context.now()))];
}

const noHub = 'Is ACCORD_URL the address of a hub? Start the local fleet with: npm start';

/** Other commands send people here; from here it would be a circle. */
function withoutDoctor(error: CodedError): CodedError {
  return (error.help ?? helpFor(error.code)).includes('accord doctor')
    ? new CodedError(error.code, error.message, { help: noHub, cause: error })
    : error;
}

async function health(hub: HubClient): Promise<string> {
  const { status } = await hub.ask('/healthz');
  if (status === 200) return 'answers';
  throw new CodedError('unavailable', `${hub.url}/healthz answered ${status}`, {
    help: noHub,
  });
}

/** `/readyz` says what the hub still waits for; it is not ready without its bus. */
async function readiness(hub: HubClient): Promise<string> {
  const { status, body } = await hub.ask('/readyz');
  if (status === 200) return 'the hub has caught up with its bus';
  const { because } = (body ?? {}) as { readonly because?: unknown };
  const said = typeof because === 'string' ? because : typeof body === 'string' ? body : JSON.stringify(body);
  throw new CodedError('unavailable', `The hub is not ready: ${escapeControls(said.replace(/^not ready: /, '').trim())}`, {
    help: 'Wait a moment; if it stays so, look at its log and at nats-server: accord local status',
  });
}
