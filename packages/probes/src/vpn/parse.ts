import { Unreadable } from '../engine/reading.ts'

/** A peer as the program tells of it, with its key or name. */
export type Peer = { readonly tunnel: string; readonly key: string; readonly heardAt: string | null }

const isKey = (text: string) => /^[A-Za-z0-9+/]{43}=$/.test(text)

/** `wg show all latest-handshakes`: interface, public key and seconds since 1970, by tabs; 0 is never. */
export function parseHandshakes(text: string): Peer[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [tunnel = '', key = '', seconds = ''] = line.split('\t')
      if (tunnel === '' || !isKey(key) || !/^\d{1,12}$/.test(seconds))
        throw new Unreadable('contract', 'wg printed something else than handshakes')
      return { tunnel, key, heardAt: seconds === '0' ? null : new Date(Number(seconds) * 1000).toISOString() }
    })
}

/** Names of `wg show interfaces`. */
export const parseInterfaces = (text: string): string[] => text.split(/\s+/).filter((name) => name !== '')

/** When a status file of OpenVPN was written, and who was connected then. */
export type Status = { readonly at: Date; readonly clients: readonly { name: string; since: string }[] }

/** A status file of version 3 (tabs) or 2 (commas). Columns are found by their titles: they differ from version to version. */
export function parseStatus(text: string): Status {
  const separator = text.startsWith('TITLE\t') ? '\t' : ','
  const rows = text.split(/\r?\n/).map((line) => line.split(separator))
  const at = Number(rows.find(([kind]) => kind === 'TIME')?.[2])
  const header = rows.find(([kind, table]) => kind === 'HEADER' && table === 'CLIENT_LIST')?.slice(2)
  const name = header?.indexOf('Common Name') ?? -1
  const since = header?.indexOf('Connected Since (time_t)') ?? -1
  // The last line shows that the file was not read while it was being written.
  if (
    !Number.isSafeInteger(at) ||
    at <= 0 ||
    at > 8e12 ||
    name < 0 ||
    since < 0 ||
    !rows.some(([kind]) => kind === 'END')
  )
    throw new Unreadable('contract', 'the status file is not whole, or not of version 2 or 3')
  return {
    at: new Date(at * 1000),
    clients: rows
      .filter(([kind]) => kind === 'CLIENT_LIST')
      .map((row) => {
        const seconds = Number(row[since + 1])
        const who = row[name + 1] ?? ''
        if (who === '' || !Number.isSafeInteger(seconds) || seconds < 0 || seconds > 8e12)
          throw new Unreadable('contract', 'a client in the status file has no name or no time')
        return { name: who, since: new Date(seconds * 1000).toISOString() }
      }),
  }
}
