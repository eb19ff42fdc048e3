import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { SeenSelfFacts } from '../facts.ts'

const params = z.object({
  maxIdleMinutes: field(z.int().min(1).default(1_440), {
    label: { en: 'Longest idle time', de: 'Längste Leerlaufzeit' },
    unit: 'minutes',
  }),
})

export const selfCookies = {
  id: 'self.cookies',
  version: 1,
  connector: 'self',
  title: {
    en: 'Session cookies are guarded and idle sessions end',
    de: 'Sitzungs-Cookies sind geschützt und ungenutzte Sitzungen enden',
  },
  why: {
    en: 'A session is as good as a password while it lasts.',
    de: 'Eine Sitzung ist so gut wie ein Passwort, solange sie dauert.',
  },
  remedy: {
    en: 'Restore Secure, HttpOnly and SameSite, and shorten the idle time.',
    de: 'Secure, HttpOnly und SameSite wiederherstellen und die Leerlaufzeit verkürzen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'session-timeout', as: 'proves', takes: { sessionTimeout: 'maxIdleMinutes' } },
    { measure: 'web-app-hardening', as: 'supports' },
  ],
  params,
  reads: ['sessions', 'web'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 3.3.2', 'OWASP ASVS 4.0.3 3.4.1'],
  sources: ['https://www.rfc-editor.org/rfc/rfc6265'],
  pitfalls: [
    'On loopback without TLS browsers accept cookies without Secure; that is told, not failed, as long as nothing else listens.',
  ],
  messages: {
    guarded: {
      en: 'The session cookie is Secure, HttpOnly and SameSite.',
      de: 'Das Sitzungs-Cookie ist Secure, HttpOnly und SameSite.',
    },
    bare: { en: 'The session cookie lacks {missing}.', de: 'Dem Sitzungs-Cookie fehlt {missing}.' },
    loopback: {
      en: 'The session cookie is not Secure, on loopback only.',
      de: 'Das Sitzungs-Cookie ist nicht Secure, nur auf Loopback.',
    },
    ends: {
      en: 'Idle sessions end after {minutes} minutes.',
      de: 'Ungenutzte Sitzungen enden nach {minutes} Minuten.',
    },
    lingers: {
      en: 'Idle sessions last {minutes} minutes; {maximum} are allowed.',
      de: 'Ungenutzte Sitzungen dauern {minutes} Minuten; zulässig sind {maximum}.',
    },
  },
  judge({ sessions, web }, { maxIdleMinutes }) {
    const minutes = Math.ceil(sessions.idleSeconds / 60)
    const ends = minutes <= maxIdleMinutes
    return [
      judgeCookie(sessions, web),
      (ends ? pass : fail)('idle', 'sessions.idleSeconds', ends ? 'ends' : 'lingers', {
        minutes,
        maximum: maxIdleMinutes,
      }),
    ]
  },
} satisfies Check<SeenSelfFacts, 'sessions' | 'web', typeof params>

function judgeCookie(
  { cookieSecure, cookieHttpOnly, cookieSameSite }: SeenSelfFacts['sessions'],
  { listens }: SeenSelfFacts['web'],
): Verdict {
  const isLocal = listens.every(({ address, tls }) => tls === 'none' && /^(127\.|::1$|localhost$|\/)/.test(address))
  const missing = [
    ...(cookieSecure || isLocal ? [] : ['Secure']),
    ...(cookieHttpOnly ? [] : ['HttpOnly']),
    ...(cookieSameSite === 'none' ? ['SameSite'] : []),
  ]
  if (missing.length > 0) return fail('cookie', 'sessions', 'bare', { missing: missing.join(', ') })
  return cookieSecure ? pass('cookie', 'sessions', 'guarded') : info('cookie', 'sessions.cookieSecure', 'loopback')
}
