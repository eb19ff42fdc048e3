/**
 * What a log line may carry: random ids, counts, durations, codes. The closed list is the point: no name, address,
 * file name or free text can be logged, because there is no field for it.
 */
export interface LogFields {
  readonly tenant?: string
  readonly run?: string
  readonly operation?: string
  readonly trace?: string
  readonly code?: string
  readonly check?: string
  readonly queue?: string
  readonly status?: number
  readonly count?: number
  readonly durationMs?: number
  readonly port?: number
  readonly attempt?: number
  /** The class of an unexpected error, never its message. */
  readonly error?: string
  /** The first own line of its stack, `module/file.ts:12:3`: where, never what. */
  readonly where?: string
}

/** Structured logs: one JSON object a line. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const levels = ['debug', 'info', 'warn', 'error'] as const

/** Opens a log from a level on; by default it goes to standard error. */
export function openLog(
  level: (typeof levels)[number],
  now: () => Date,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  const from = levels.indexOf(level)
  const at =
    (name: (typeof levels)[number]) =>
    (event: string, fields: LogFields = {}) => {
      if (levels.indexOf(name) >= from)
        write(`${JSON.stringify({ at: now().toISOString(), level: name, event, ...fields })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The class of an error for a log line; its message may hold data and stays out. */
export function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? `:${error.code}` : ''
  return `${error.name}${code}`
}

/** Where an unexpected error arose: the first line of its stack in art32's own code. */
export function errorPlace(error: unknown): string {
  const line =
    error instanceof Error
      ? error.stack?.split('\n').find((one) => /^ {4}at .*\/(?:apps|packages)\//.test(one))
      : undefined
  return /(?:apps|packages)\/[^)\s]+/.exec(line ?? '')?.[0] ?? ''
}
