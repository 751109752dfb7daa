import { parseSelector } from '@accord/core/labels/parse-selector';
import { nearestName } from '@accord/core/policy/nearest-name';
import { accessParts, type AccessPart, type Role } from '@accord/proto/access';
import type { LabelSelector } from '@accord/proto/selector';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseWholeNumber } from '../parse-whole-number.ts';

export interface BindingOptions {
  readonly selector?: LabelSelector;
  readonly policies?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly parts?: readonly AccessPart[];
  readonly clusterScoped?: true;
  readonly priorityMax?: number;
}

/** What binds a role to a part of the fleet. */
export function addBindingOptions(command: Command): Command {
  return command
    .addOption(new Option('-l, --selector <labels>', 'only for clusters with these labels, as kubectl has it').argParser(readSelector))
    .addOption(new Option('--policies <patterns>', 'only policies called so; * stands for any characters').argParser(readPatterns))
    .addOption(new Option('--namespaces <patterns>', 'only in namespaces called so').argParser(readPatterns))
    .addOption(new Option('--parts <parts>', `only these parts: ${accessParts.join(', ')}`).argParser(readParts))
    .option('--cluster-scoped', 'also objects that belong to the whole cluster')
    .addOption(new Option('--priority-max <n>', 'policies up to this priority (default: 100)').argParser(parseWholeNumber));
}

/** Undefined when no option asks for a binding. Throws InvalidArgumentError where one does and the clusters are not said. */
export function bindingOf(role: Role, { selector, ...more }: BindingOptions): object | undefined {
  if (selector === undefined && Object.keys(more).length === 0) return undefined;
  if (selector === undefined) throw new InvalidArgumentError("Say for which clusters: -l env=dev, or -l '' for all of them.");
  return { role, clusters: selector, ...more };
}

function readSelector(text: string): LabelSelector {
  const parsed = parseSelector(text);
  if (parsed.outcome === 'invalid') throw new InvalidArgumentError(parsed.message);
  return parsed.selector;
}

function readPatterns(text: string): readonly string[] {
  const patterns = text.split(',').map((pattern) => pattern.trim());
  const wrong = patterns.find((pattern) => !/^[-a-z0-9*]{1,63}$/.test(pattern));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`${JSON.stringify(wrong)} is no pattern: lower-case letters, digits, "-" and "*".`);
  return patterns;
}

function readParts(text: string): readonly AccessPart[] {
  return text.split(',').map((word) => {
    const part = accessParts.find((known) => known === word.trim());
    if (part !== undefined) return part;
    const near = nearestName(word, accessParts);
    throw new InvalidArgumentError(
      `There is no part ${JSON.stringify(word)}. ${near === undefined ? `Use some of ${accessParts.join(', ')}.` : `Did you mean ${near}?`}`,
    );
  });
}
