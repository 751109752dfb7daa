import { InvalidArgumentError } from 'commander';

/** A whole number from 1; for a flag of the command line. */
export function parseWholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
}
