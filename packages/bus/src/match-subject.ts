/** True when a NATS filter (`*` for one token, a last `>` for one or more) covers a subject. */
export function matchSubject(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  for (const [at, token] of wanted.entries()) {
    if (token === '>') return tokens.length > at;
    if (tokens[at] === undefined || (token !== '*' && token !== tokens[at])) return false;
  }
  return tokens.length === wanted.length;
}
