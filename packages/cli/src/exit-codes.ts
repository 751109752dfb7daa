/** What the shell hears. `notConverged`: the time was over first. `offline`: done, except on clusters that are offline. */
export const exitCodes = { done: 0, failed: 1, usage: 2, notConverged: 3, offline: 4 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
