import { programVersion } from '@accord/proto/version';
import { Command } from 'commander';
import { addAccess } from './commands/access.ts';
import { addApply } from './commands/apply.ts';
import { addAudit } from './commands/audit.ts';
import { addBuild } from './commands/build.ts';
import { addCluster } from './commands/cluster.ts';
import { addCompletion } from './commands/completion.ts';
import { addConfirm } from './commands/confirm.ts';
import { addConsole } from './commands/console.ts';
import { addDelete } from './commands/delete.ts';
import { addDescribe } from './commands/describe.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDrift } from './commands/drift.ts';
import { addEdit } from './commands/edit.ts';
import { addGet } from './commands/get.ts';
import { addGrant } from './commands/grant.ts';
import { addHolds } from './commands/holds.ts';
import { addKeys } from './commands/keys.ts';
import { addKubeconfig } from './commands/kubeconfig.ts';
import { addLint } from './commands/lint.ts';
import { addLocal } from './commands/local.ts';
import { addLogin } from './commands/login.ts';
import { addPreview } from './commands/preview.ts';
import { addRevert } from './commands/revert.ts';
import { addSeal } from './commands/seal.ts';
import { addStops } from './commands/stops.ts';
import { addStatus } from './commands/status.ts';
import { addToken } from './commands/token.ts';
import { addTrace } from './commands/trace.ts';
import { addWatch } from './commands/watch.ts';
import { addWhy } from './commands/why.ts';
import type { Context } from './context.ts';

const verbs = [
  addApply,
  addGet,
  addDescribe,
  addEdit,
  addDelete,
  addStops,
  addHolds,
  addGrant,
  addSeal,
  addPreview,
  addLint,
  addBuild,
  addStatus,
  addWhy,
  addTrace,
  addDiff,
  addRevert,
  addDrift,
  addAccess,
  addWatch,
  addDoctor,
  addCluster,
  addKubeconfig,
  addConfirm,
  addAudit,
  addToken,
  addKeys,
  addLogin,
  addConsole,
  addLocal,
  addCompletion,
];

/** The whole command line. Rejects with CommanderError for a usage error, which was told already, and with CodedError for a failure. */
export function createProgram(context: Context): Command {
  const program = new Command('accord')
    .description('Policy and registry for fleets of Kubernetes clusters.')
    .version(programVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', '\nExample:\n  accord apply -f team-payments.yaml --wait && accord trace team-payments')
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    })
    .exitOverride();
  for (const add of verbs) add(program, context);
  pointToHelp(program, 'accord');
  return program;
}

/** A usage error ends in what to run, down to the verb that was meant. */
function pointToHelp(command: Command, words: string): void {
  command.showHelpAfterError(`See: ${words} --help`);
  for (const inner of command.commands) pointToHelp(inner, `${words} ${inner.name()}`);
}
