import { Resolver } from 'node:dns/promises'

/** Asks for the TXT records of a name. @returns null where nobody could be asked, which says nothing about the name */
export type AskTxt = (name: string) => Promise<readonly string[] | null>

/** What the name servers of a zone say when there is no such record. */
const absent: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * Opens the way to DNS.
 *
 * @param servers addresses with ports, for tests; otherwise those of the machine
 * @param patienceMs for the first of two tries
 * @source RFC 1035 §3.3.14 (the strings of one record are one text), RFC 2308 (no such name, no such record)
 */
export function openTxt(servers?: readonly string[], patienceMs = 1_500): AskTxt {
  return async (name) => {
    const resolver = new Resolver({ timeout: patienceMs, tries: 2 })
    if (servers) resolver.setServers([...servers])
    try {
      return (await resolver.resolveTxt(name)).map((strings) => strings.join(''))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return absent.has(code) ? [] : null
    }
  }
}
