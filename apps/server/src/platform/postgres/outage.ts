import type { AppError } from '../../kernel/index.ts'
import { postgresErrors } from './errors.ts'

/** Where a connection fails: when it is made, and when its other end is gone before anybody noticed. */
const onTheWay = new Set(['connect', 'read', 'write'])
/** Codes of the system that mean: nobody answers there, or no longer. */
const lost = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])

/**
 * Whether an error means that the database does not answer at this moment, as an outage that passes: connections that
 * failed or broke (SQLSTATE class 08), a server that starts or stops (57P01 to 57P03), no room for one more (53300), a full disk (53100).
 *
 * @source PostgreSQL, Appendix A: error codes
 */
export function databaseOutage(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100') return postgresErrors.disk_full({}, { cause: error })
  const isAway = 'syscall' in error && onTheWay.has(String(error.syscall)) && lost.has(code)
  const isEnding = code.startsWith('08') || /^57P0[123]$/.test(code) || code === '53300'
  // The driver has no code for these.
  const isBroken =
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  return isAway || isEnding || isBroken ? postgresErrors.away({}, { cause: error }) : null
}
