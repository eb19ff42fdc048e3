import { AppError } from '../../kernel/index.ts'
import { postgresErrors } from './errors.ts'

/** Where a connection fails: when it is made, and when its other end is gone before anybody noticed. */
const onTheWay = new Set(['connect', 'read', 'write'])
/** Codes of the system that mean: nobody answers there, or no longer. */
const lost = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Whether an error means that a database server does not answer at this moment, or is not set. */
export function isAway(error: unknown): boolean {
  const known = error instanceof AppError ? error : databaseOutage(error)
  return known !== null && ['postgres.away', 'postgres.server_away', 'postgres.no_server'].includes(known.code)
}

/** SQLSTATEs of a login or a database that is not, or no longer, on this server. */
const gone = new Set(['28P01', '28000', '3D000'])

/** Whether a connection was refused since the server knows no such login or database. */
export function isElsewhere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && gone.has(String(error.code))
}

/** When to ask again while a tenant is being moved: small ones are held for less. */
const heldSeconds = 5

/**
 * Whether an error means that the database does not answer at this moment, as an outage that passes: connections that
 * failed or broke (SQLSTATE class 08), a server that starts or stops (57P01 to 57P03), no room for one more (53300), a full disk (53100), a
 * tenant that may only be read because it is being moved (25006).
 *
 * @source PostgreSQL, Appendix A: error codes
 */
export function databaseOutage(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100') return postgresErrors.disk_full({}, { cause: error })
  if (code === '25006') return postgresErrors.held({ seconds: heldSeconds }, { cause: error })
  const isAway = 'syscall' in error && onTheWay.has(String(error.syscall)) && lost.has(code)
  const isEnding = code.startsWith('08') || /^57P0[123]$/.test(code) || code === '53300'
  // The driver has no code for these.
  const isBroken =
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  return isAway || isEnding || isBroken ? postgresErrors.away({}, { cause: error }) : null
}
