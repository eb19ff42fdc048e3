/** No form of a public page is longer. */
const mostBytes = 32_768

/**
 * The fields of a plain form. A page of somebody else's may not post it in a reader's name: browsers say so in
 * `Sec-Fetch-Site`, since with `no-referrer` they say `Origin: null` for one's own pages, too.
 *
 * @returns null for anything that is no form, is too long, or comes from another site
 */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const site = request.headers.get('sec-fetch-site')
  if (type !== 'application/x-www-form-urlencoded' || (site !== null && site !== 'same-origin' && site !== 'none'))
    return null
  const parts: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | null = request.body
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > mostBytes) return null
    parts.push(part)
  }
  const text = Buffer.concat(parts).toString('utf8')
  return text.includes('%00') || text.includes('\0') ? null : new URLSearchParams(text)
}
