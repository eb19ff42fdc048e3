import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/**
 * Serves the built workplace: files by their hashed names for ever, and the one page for every other address, with the
 * nonce of this answer put in.
 *
 * @param folder the build; read when asked for, so that a build under way is waited for by `ready`
 */
export function webFiles(folder: string, ready: Promise<void>) {
  return async function file(path: string, nonce: string): Promise<Response | null> {
    await ready
    // Asked for by browsers where a page names no icon, as the public pages do not.
    if (path === '/favicon.ico') return await file('/icon.svg', nonce)
    const extension = extname(path)
    if (extension === '') {
      const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
      if (page === null) return null
      return new Response(page.replaceAll('__NONCE__', nonce), {
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      })
    }
    const type = types[extension]
    const place = normalize(join(folder, path))
    if (!type || !place.startsWith(folder + sep) || path.includes('\0')) return null
    const bytes = await readFile(place).catch(() => null)
    if (!bytes) return null
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(bytes, { headers: { 'content-type': type, 'cache-control': cache } })
  }
}
