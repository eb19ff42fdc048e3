/**
 * What a command cannot do: the message says what and what to do about it.
 *
 * `exit` is the exit status: 1 where the thing looked at does not hold or was refused, 2 where it could not be looked at.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly exit: 1 | 2
  /** The code that a server gave with it. */
  readonly code: string | undefined

  constructor(message: string, exit: 1 | 2 = 2, options: { cause?: unknown; code?: string } = {}) {
    super(message, options)
    this.exit = exit
    this.code = options.code
  }
}

/** The code of a system error, such as `ENOENT`; empty for everything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
