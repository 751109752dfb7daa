/**
 * Version of the words between hub and spoke.
 *
 * 1: the first. Raise it when a reader of the previous version would misunderstand; adding is not such a change.
 */
export const protocolVersion = 1;

/** Version of the programs, shown in reports and by `--version`. */
export const programVersion = '0.1.0-alpha.0';
