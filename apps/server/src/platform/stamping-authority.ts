import { readFileSync } from 'node:fs'

/** The time-stamping authority that this installation asks. */
export interface AuthoritySetting {
  readonly address: string
  /** Its host, as people are told. */
  readonly host: string
  /** Root certificates in PEM, one of which its certificate must lead to. */
  readonly roots: string
}

/**
 * Reads "address file": the authority, and the file with its root certificates.
 *
 * @throws {Error} in words that follow "The setting … is not valid:"
 */
export function authorityOf(text: string): AuthoritySetting | null {
  const [, address = '', file = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? []
  if (address === '') return null
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.hash !== '' || file === '')
    throw new Error('an authority is written as its http(s) address, a space, and the file of its root certificate')
  return { address: url.href, host: url.host, roots: contentOf(file) }
}

function contentOf(file: string): string {
  const text = read(file)
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new Error('the file of the root certificate holds none in PEM')
  return text
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error('the file of the root certificate cannot be read', { cause: error })
  }
}
