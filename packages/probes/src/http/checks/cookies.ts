import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { HttpFacts } from '../facts.ts'

export const httpCookies = {
  id: 'http.cookies',
  version: 1,
  connector: 'http',
  title: { en: 'Cookies are Secure, HttpOnly and SameSite', de: 'Cookies sind Secure, HttpOnly und SameSite' },
  why: {
    en: 'Otherwise a session can be stolen by a script, on the line, or used by another site.',
    de: 'Sonst kann eine Sitzung per Skript oder auf der Leitung gestohlen oder von einer fremden Seite benutzt werden.',
  },
  remedy: {
    en: 'Set every cookie with Secure, HttpOnly and SameSite=Lax or Strict; name session cookies __Host-….',
    de: 'Jedes Cookie mit Secure, HttpOnly und SameSite=Lax oder Strict setzen; Sitzungs-Cookies __Host-… nennen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'web-app-hardening', as: 'proves' },
    { measure: 'session-timeout', as: 'supports' },
    { measure: 'request-authorisation', as: 'supports' },
  ],
  params: noParams,
  reads: ['cookies'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['OWASP ASVS 4.0.3 3.4.1', 'OWASP ASVS 4.0.3 3.4.2', 'OWASP ASVS 4.0.3 3.4.3'],
  sources: ['https://www.rfc-editor.org/rfc/rfc6265', 'https://owasp.org/www-community/controls/SecureCookieAttribute'],
  pitfalls: [
    'Only cookies set without signing in are seen. No cookie at all is not-applicable, not a pass.',
    'A token that a script must read (double submit) cannot be HttpOnly: declare an exception for it.',
  ],
  messages: {
    guarded: { en: '{name} is guarded.', de: '{name} ist geschützt.' },
    bare: { en: '{name} lacks {missing}.', de: '{name} fehlt {missing}.' },
  },
  judge({ cookies }) {
    // A cookie may be set on each hop; one that is ever bare is bare.
    const placed = cookies.map((cookie, index) => ({ ...cookie, index }))
    return [...Map.groupBy(placed, ({ name }) => name)].map(([name, set]) => {
      const missing = [
        ...(set.every((cookie) => cookie.secure) ? [] : ['Secure']),
        ...(set.every((cookie) => cookie.httpOnly) ? [] : ['HttpOnly']),
        ...(set.every((cookie) => cookie.sameSite === 'lax' || cookie.sameSite === 'strict') ? [] : ['SameSite']),
      ]
      const because = set.map(({ index }) => `cookies.${index}`)
      return missing.length === 0
        ? pass(name, because, 'guarded', { name })
        : fail(name, because, 'bare', { name, missing: missing.join(', ') })
    })
  },
} satisfies Check<HttpFacts, 'cookies', typeof noParams>
