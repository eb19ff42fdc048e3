/** What a request to the account library carries, read once and so that the library can read it no other way. */
export interface Form {
  readonly request: Request
  /** The mail address that it names, in one spelling; null where it names none. */
  readonly address: string | null
}

/**
 * Reads a POST to the library. Whoever guesses a password has to send an address, on whatever path. The library would also
 * take forms, in which two parsers may see two addresses: so JSON is what counts and what is passed on, and forms
 * reach only what receives them by design, the answers of single sign-on.
 *
 * @returns null for a body that is no JSON object
 */
export async function readForm(request: Request): Promise<Form | null> {
  if (request.method !== 'POST') return { request, address: null }
  const isJson = /^application\/json\b/i.test(request.headers.get('content-type') ?? '')
  if (!isJson && new URL(request.url).pathname.startsWith('/api/auth/sso/')) return { request, address: null }
  const text = await request.text()
  if (!isJson && text !== '') return null
  const body = parse(text)
  if (body === null) return null
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  const passed = new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) })
  const email = 'email' in body ? body.email : null
  return { request: passed, address: typeof email === 'string' ? canonicalAddress(email) : null }
}

/**
 * One spelling of a mail address, so that another spelling gives nobody more attempts. Coarser than what the library
 * compares (lower case): what it takes for one address is never counted as two.
 */
export function canonicalAddress(email: string): string {
  return email.toLowerCase().normalize('NFKC').toLowerCase().trim().slice(0, 320)
}

function parse(text: string): object | null {
  try {
    const body: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null
  } catch {
    return null
  }
}
