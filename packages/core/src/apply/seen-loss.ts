/** What others have in a namespace, as far as it could be looked at. */
export interface Seen {
  /** `ConfigMap settings`, sorted. Of each kind the first few. */
  readonly used: readonly string[];
  /** Not all of it could be looked at. */
  readonly isPart: boolean;
}

const namedMax = 3;

/** What would be lost with a namespace that goes with everything in it, in words that follow that everything. */
export function seenLoss({ used, isPart }: Seen): string {
  const partly = 'not all of it can be seen';
  if (used.length === 0) return isPart ? partly : 'where nothing of others is seen, Secrets aside';
  const more = used.length > namedMax ? ` and ${used.length - namedMax} more` : '';
  return `${used.slice(0, namedMax).join(', ')}${more} among it${isPart ? `; ${partly}` : ''}`;
}
