import type { LogField } from '@accord/proto/log-fields';
import { pino } from 'pino';
import { redactSecrets } from '@accord/proto/redact-secrets';

/** Names of one list, so that a line can be searched for what it is about. */
export type LogFields = Readonly<Partial<Record<LogField, unknown>>>;

/** Constant messages, varying fields. No secret and no manifest body ever goes in. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

export interface CreateLogOptions {
  readonly name: string;
  readonly level: LogLevel;
  /** Asked at each line. */
  readonly alsoSays?: () => LogFields;
  /** Standard output, unless said otherwise. */
  readonly destination?: { write(line: string): void };
}

/** JSON lines. Whatever looks like a credential is cut out of each, as a second net. */
export function createLog({ name, level, destination, alsoSays }: CreateLogOptions): Log {
  const mixin = alsoSays === undefined ? {} : { mixin: () => ({ ...alsoSays() }) };
  const options = { name, level, errorKey: 'error', base: { name, pid: process.pid }, hooks: { streamWrite: redactSecrets }, ...mixin };
  return wrap(destination === undefined ? pino(options) : pino(options, destination));
}

interface PinoLike {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): PinoLike;
}

function wrap(logger: PinoLike): Log {
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    child: (fields) => wrap(logger.child(fields)),
  };
}

/** For tests: keeps `level message` lines with their fields. */
export class ListLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[] = [];
  #add =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void this.lines.push({ level, message, fields });
  debug: Log['debug'] = this.#add('debug');
  info: Log['info'] = this.#add('info');
  warn: Log['warn'] = this.#add('warn');
  error: Log['error'] = this.#add('error');
  child(): Log {
    return this;
  }
}
