/** The first nats-server with atomic batches, message TTL and grouped fsync as we use them. */
export const natsServerMin = '2.14.7';

/** A pre-release of the oldest version that is needed may lack what was added last, so it does not count. */
export function isRecentServer(version: string): boolean {
  const [release = '', preRelease] = version.split('-', 2);
  const order = release.localeCompare(natsServerMin, 'en', { numeric: true });
  return order > 0 || (order === 0 && preRelease === undefined);
}
