import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { parsePolicy } from '../../http/parse.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfCsp = {
  id: 'self.csp',
  version: 1,
  connector: 'self',
  title: { en: 'The workplace runs only its own scripts', de: 'Die Arbeitsoberfläche führt nur eigene Skripte aus' },
  why: {
    en: 'A script that slipped in could read a whole register.',
    de: 'Ein eingeschleustes Skript könnte ein ganzes Register lesen.',
  },
  remedy: {
    en: "Restore the Content-Security-Policy of the release: script-src 'self' or a nonce, object-src 'none', base-uri and frame-ancestors.",
    de: "Die Content-Security-Policy der Auslieferung wiederherstellen: script-src 'self' oder Nonce, object-src 'none', base-uri und frame-ancestors.",
  },
  severity: 'medium',
  serves: [{ measure: 'web-app-hardening', as: 'supports' }],
  params: noParams,
  reads: ['web'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 14.4.3'],
  sources: ['https://www.w3.org/TR/CSP3/'],
  pitfalls: ["Judged is the header as sent. 'unsafe-inline' beside a nonce is ignored by browsers and by this check."],
  messages: {
    strict: { en: '{directive} is restricted.', de: '{directive} ist eingeschränkt.' },
    open: { en: '{directive} is missing or open.', de: '{directive} fehlt oder ist offen.' },
  },
  judge({ web: { contentSecurityPolicy } }) {
    const policy = parsePolicy(contentSecurityPolicy)
    const scripts = policy.get('script-src') ?? policy.get('default-src') ?? ['*']
    const hasNonce = scripts.some((source) => /^'(nonce|sha\d{3})-/.test(source))
    const isRestricted = {
      'script-src': !scripts.some(
        (source) => ['*', 'http:', 'https:', 'data:'].includes(source) || (source === "'unsafe-inline'" && !hasNonce),
      ),
      'object-src': (policy.get('object-src') ?? policy.get('default-src'))?.join() === "'none'",
      'base-uri': policy.has('base-uri'),
      'frame-ancestors': policy.has('frame-ancestors') && policy.get('frame-ancestors')?.includes('*') === false,
    }
    return Object.entries(isRestricted).map(([directive, restricted]) =>
      (restricted ? pass : fail)(directive, 'web.contentSecurityPolicy', restricted ? 'strict' : 'open', { directive }),
    )
  },
} satisfies Check<SeenSelfFacts, 'web', typeof noParams>
