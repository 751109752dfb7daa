import { InvalidArgumentError } from 'commander';

/** One revision of a policy as people write it: `team-payments@42`. Throws commander's InvalidArgumentError, which is a usage error. */
export function parseRevision(text: string): { readonly policy: string; readonly revision: number } {
  const [, policy, revision] = /^([^@/]+)@(\d{1,9})$/.exec(text) ?? [];
  if (policy === undefined || revision === undefined)
    throw new InvalidArgumentError(`Write ${JSON.stringify(text)} as POLICY@REVISION, for example team-payments@42.`);
  return { policy, revision: Number(revision) };
}
