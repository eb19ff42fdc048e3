import { DatabaseError } from 'pg'
import { ShieldError } from '../error.ts'
import { codeOf, type End } from './connect.ts'

const says: Readonly<Record<string, string>> = {
  '22001': 'a new value is longer than the column allows',
  '23502': 'nothing is left of a value in a column that takes no NULL; plan something else for it',
  '23505':
    'two rows have the same key now. Values that differ in capitals or blanks only are one pseudonym: type the column as code, or keep it',
  '23503': 'a row references one that is not there',
  '23514': 'a new value is not what a check of the table allows',
  '23P01': 'new values exclude each other',
  '53100': 'there is no space left',
  '57P01': 'the server was stopped',
  '57014': 'the server ended the statement',
  '42501': 'the role may not do this',
  '40P01': 'the server was locked against itself; run it again when nobody uses the target',
}

/**
 * What went wrong in a database in words without values: what the server says of a row may quote it.
 */
export function refusalOf(error: unknown, end: End, table?: string): unknown {
  if (error instanceof ShieldError) return error
  const code = codeOf(error)
  if (!(error instanceof DatabaseError)) {
    if (code === '' && !(error instanceof Error && /connection|terminated/iu.test(error.message))) return error
    return new ShieldError(`The connection to the ${end} broke${code === '' ? '' : ` (${code})`}. Nothing was kept.`)
  }
  // These name objects only.
  if (code === '42501' || code === '42P01') return new ShieldError(`The ${end}: ${error.message}.`)
  const why = says[code] ?? (code.startsWith('22') ? 'a new value is not of the type of its column' : `error ${code}`)
  const column = error.column ?? /, column ([^:]+)(?::|$)/u.exec(error.where ?? '')?.[1]
  const place = [table ?? error.table, column].filter((part) => part !== undefined).join('.')
  const constraint = error.constraint === undefined ? '' : ` (${error.constraint})`
  return new ShieldError(`The ${end}${place === '' ? '' : `, ${place}`}: ${why}${constraint}. Nothing was kept.`)
}
