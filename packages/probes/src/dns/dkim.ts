import { createPublicKey } from 'node:crypto'
import { Unreadable } from '../engine/reading.ts'
import type { DnsFacts } from './facts.ts'
import { settled } from './mail.ts'
import { textsOf } from './query.ts'
import type { Ask } from './query.ts'

/** Names under which common mail services publish their keys. Nothing lists those of a domain. */
const usual = ['default', 'dkim', 'dkim1', 'google', 'k1', 'k2', 'key1', 'mail', 's1', 's2', 'selector1', 'selector2']

/**
 * Reads the DKIM keys of the named selectors, or those that are found under usual names.
 *
 * @throws {Unreadable} not-configured: none is named and none was found, which does not mean that there is none
 */
export async function readDkim(ask: Ask, domain: string, named: readonly string[]): Promise<DnsFacts['dkim']> {
  const selectors = named.length > 0 ? named : usual
  const keys = await Promise.all(selectors.map(async (selector) => await readKey(ask, domain, selector)))
  if (named.length > 0) return keys
  const found = keys.filter(({ records }) => records > 0)
  if (found.length > 0) return found
  throw new Unreadable('not-configured', 'no key was found under the usual names', {
    needs: 'the setting dkimSelectors',
  })
}

async function readKey(ask: Ask, domain: string, selector: string): Promise<DnsFacts['dkim'][number]> {
  const texts = textsOf(settled(await ask(`${selector}._domainkey.${domain}`, 'TXT'))).filter((text) =>
    /(^|;)\s*p\s*=/i.test(text),
  )
  return { selector, records: texts.length, ...parseKey(texts[0] ?? 'p=') }
}

type Key = Pick<DnsFacts['dkim'][number], 'state' | 'kind' | 'bits' | 'testing'>

/** Reads a key record (RFC 6376 §3.6.1): an empty `p` has been revoked. */
export function parseKey(text: string): Key {
  const tags = new Map(
    text.split(';').map((tag) => {
      const at = tag.indexOf('=')
      return [tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).replace(/\s+/g, '')] as const
    }),
  )
  const kind = (tags.get('k') ?? 'rsa').toLowerCase() === 'ed25519' ? 'ed25519' : 'rsa'
  const testing = (tags.get('t') ?? '').split(':').includes('y')
  const key = tags.get('p') ?? ''
  if (key === '') return { state: 'revoked', kind, bits: null, testing }
  const bits = kind === 'ed25519' ? ed25519Bits(key) : rsaBits(key)
  return { state: bits === null ? 'broken' : 'valid', kind, bits, testing }
}

function ed25519Bits(base64: string): number | null {
  return Buffer.from(base64, 'base64').length === 32 ? 256 : null
}

function rsaBits(base64: string): number | null {
  const key = Buffer.from(base64, 'base64')
  // The standard speaks of the inner form, and everybody publishes the outer one.
  for (const type of ['spki', 'pkcs1'] as const)
    try {
      return createPublicKey({ key, format: 'der', type }).asymmetricKeyDetails?.modulusLength ?? null
    } catch {
      continue
    }
  return null
}
