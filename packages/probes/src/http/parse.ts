import type { HttpFacts } from './facts.ts'

/** Attributes of a Set-Cookie header (RFC 6265 §5.2); the value is dropped at once. */
export function parseCookie(header: string): HttpFacts['cookies'][number] {
  const [pair = '', ...attributes] = header.split(';')
  const given = attributes.map((attribute) => attribute.trim().toLowerCase())
  const sameSite = given.find((attribute) => attribute.startsWith('samesite='))?.slice('samesite='.length)
  return {
    name: pair.split('=', 1)[0]?.trim().slice(0, 128) ?? '',
    secure: given.includes('secure'),
    httpOnly: given.includes('httponly'),
    sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : null,
  }
}

/** Fields of a security.txt (RFC 9116 §2.5); the contacts are counted, not kept. */
export function parseSecurityTxt(text: string): Pick<HttpFacts['securityTxt'], 'contacts' | 'expires'> {
  const fields = text
    .split(/\r?\n/)
    .map((line) => /^\s*([A-Za-z-]+)\s*:\s*(\S.*)$/.exec(line.trimEnd()))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => ({ name: name.toLowerCase(), value }))
  return {
    contacts: fields.filter(({ name, value }) => name === 'contact' && /^(https:|mailto:|tel:)/i.test(value)).length,
    expires: fields.filter(({ name }) => name === 'expires').map(({ value }) => value.slice(0, 64)),
  }
}

/**
 * Directives of a Content-Security-Policy (CSP Level 3 §2.2.1); of a directive given twice the first counts. Names and
 * keywords are written in any case, the values of nonces and hashes are not.
 */
export function parsePolicy(header: string): ReadonlyMap<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>()
  for (const part of header.split(';')) {
    const [name = '', ...values] = part.trim().split(/\s+/)
    if (name !== '' && !directives.has(name.toLowerCase()))
      directives.set(
        name.toLowerCase(),
        values.map((value) => (/^'(nonce|sha\d{3})-/i.test(value) ? value : value.toLowerCase())),
      )
  }
  return directives
}

/** All policies of a header: sent twice, or with commas between them, each of them is enforced (CSP Level 3 §2.2.2). */
export function parsePolicies(header: string): readonly ReadonlyMap<string, readonly string[]>[] {
  return header.split(',').map(parsePolicy)
}

/** Reads `max-age` and `includeSubDomains` (RFC 6797 §6.1); `null` where max-age is missing or no number. */
export function parseHsts(header: string): { maxAgeSeconds: number; includesSubdomains: boolean } | null {
  const parts = header.split(';').map((part) => part.trim().toLowerCase())
  const age = parts.map((part) => /^max-age\s*=\s*"?(\d+)"?$/.exec(part)?.[1]).find((value) => value !== undefined)
  return age === undefined
    ? null
    : { maxAgeSeconds: Number(age), includesSubdomains: parts.includes('includesubdomains') }
}
