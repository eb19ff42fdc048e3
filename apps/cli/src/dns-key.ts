import { Resolver } from 'node:dns/promises'
import { LedgerError, parseVkey } from '@art32/ledger'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'

/** Begins the text of a record that names the key of a log. */
const mark = 'art32-log '

/** How long one question may take, and how often it is asked. Milliseconds. */
const patience = { timeout: 3_000, tries: 2 }

/**
 * The keys of logs that a domain vouches for: TXT records of `_art32.<domain>` that read `art32-log <vkey>`.
 *
 * @param server the name server to ask, as in `192.0.2.1` or `192.0.2.1:53`; those of this machine otherwise
 * @throws {Refusal} no such record, or no answer: then nothing is known of the key
 */
export async function keysInDns(domain: string, server?: string): Promise<string[]> {
  const name = `_art32.${domain.replace(/\.$/, '')}`
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i.test(domain.replace(/\.$/, '')))
    throw new Refusal('--domain takes the name of a domain, as in example.com.')
  const resolver = new Resolver(patience)
  try {
    if (server !== undefined) resolver.setServers([server])
  } catch (error) {
    throw new Refusal('--dns-server takes an address, as in 192.0.2.1 or [2001:db8::1]:53.', 2, { cause: error })
  }
  const records = await resolver.resolveTxt(name).catch((error: unknown) => {
    const nothing = ['ENOTFOUND', 'ENODATA'].includes(errorCode(error))
    throw new Refusal(
      nothing
        ? `The domain has no key of a log: there is no TXT record at ${name}.`
        : `${name} could not be asked for (${errorCode(error)}): nothing is known of the key. Try again later.`,
      2,
      { cause: error },
    )
  })
  const keys = records
    .map((parts) => parts.join(''))
    .flatMap((text) => (text.startsWith(mark) ? [text.slice(mark.length).trim()] : []))
  if (keys.length === 0)
    throw new Refusal(`The domain has no key of a log: no TXT record at ${name} begins with "${mark.trim()}".`)
  for (const vkey of keys) check(vkey, name)
  return keys
}

function check(vkey: string, name: string): void {
  try {
    parseVkey(nodeCrypto, vkey)
  } catch (error) {
    if (error instanceof LedgerError)
      throw new Refusal(`The record at ${name} holds no key: ${error.message}`, 2, { cause: error })
    throw error
  }
}
