/** Exit codes of the command line, beside those of signals. */
export const exitCode = { done: 0, problems: 1, failedReplicates: 2 } as const;
