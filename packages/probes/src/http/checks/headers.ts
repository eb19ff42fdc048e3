import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { HttpFacts } from '../facts.ts'
import { parsePolicy } from '../parse.ts'

type Headers = HttpFacts['page']['headers']

export const httpHeaders = {
  id: 'http.headers',
  version: 1,
  connector: 'http',
  title: {
    en: 'Security headers are set and give no versions away',
    de: 'Sicherheits-Header sind gesetzt und verraten keine Versionen',
  },
  why: {
    en: 'They stop injected scripts, framing by other sites and guessed content types in the browser.',
    de: 'Sie halten eingeschleuste Skripte, fremde Rahmen und geratene Inhaltstypen im Browser auf.',
  },
  remedy: {
    en: "Send Content-Security-Policy without 'unsafe-inline' for scripts, X-Content-Type-Options: nosniff, frame-ancestors, a Referrer-Policy; drop version numbers from Server and X-Powered-By.",
    de: "Content-Security-Policy ohne 'unsafe-inline' für Skripte, X-Content-Type-Options: nosniff, frame-ancestors und Referrer-Policy senden; Versionsnummern aus Server und X-Powered-By entfernen.",
  },
  severity: 'medium',
  serves: [
    { measure: 'web-app-hardening', as: 'proves' },
    { measure: 'system-hardening', as: 'supports' },
  ],
  params: noParams,
  reads: ['page'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 14.4.3', 'OWASP ASVS 4.0.3 14.4.4', 'OWASP ASVS 4.0.3 14.4.6', 'OWASP ASVS 4.0.3 14.4.7'],
  sources: ['https://www.w3.org/TR/CSP3/', 'https://owasp.org/www-project-secure-headers/'],
  pitfalls: [
    "'unsafe-inline' is harmless where a nonce, a hash or 'strict-dynamic' stands beside it: browsers ignore it then.",
    'A policy and a frame rule are asked of HTML only; an API that answers JSON passes without them.',
    'Only the first page is seen. A policy that differs per page needs one connection per page.',
  ],
  messages: {
    'policy-set': {
      en: 'The content security policy restricts scripts.',
      de: 'Die Content-Security-Policy schränkt Skripte ein.',
    },
    'policy-missing': { en: 'There is no content security policy.', de: 'Es gibt keine Content-Security-Policy.' },
    'policy-open': {
      en: 'The policy lets any script run ({source}).',
      de: 'Die Richtlinie lässt beliebige Skripte zu ({source}).',
    },
    'sniff-set': { en: 'Content types are not guessed.', de: 'Inhaltstypen werden nicht geraten.' },
    'sniff-missing': {
      en: 'X-Content-Type-Options: nosniff is missing.',
      de: 'X-Content-Type-Options: nosniff fehlt.',
    },
    'frame-set': {
      en: 'Framing by other sites is restricted.',
      de: 'Einbettung durch andere Seiten ist eingeschränkt.',
    },
    'frame-missing': { en: 'Any site may frame this page.', de: 'Jede Seite darf diese Seite einbetten.' },
    'referrer-set': { en: 'The referrer is restricted.', de: 'Der Referrer ist eingeschränkt.' },
    'referrer-missing': {
      en: 'Referrer-Policy is missing or gives everything away.',
      de: 'Referrer-Policy fehlt oder gibt alles preis.',
    },
    'version-hidden': { en: 'No version is given away.', de: 'Keine Version wird verraten.' },
    'version-shown': { en: 'A header names a version ({header}).', de: 'Ein Header nennt eine Version ({header}).' },
  },
  judge({ page: { headers } }) {
    const isPage = /html/i.test(headers['content-type'] ?? 'text/html')
    const nosniff = headers['x-content-type-options']?.trim().toLowerCase() === 'nosniff'
    return [
      ...(isPage ? [judgePolicy(headers), judgeFrame(headers)] : []),
      nosniff
        ? pass('content-type', 'page.headers.x-content-type-options', 'sniff-set')
        : fail('content-type', 'page.headers.x-content-type-options', 'sniff-missing'),
      judgeReferrer(headers),
      judgeVersions(headers),
    ]
  },
} satisfies Check<HttpFacts, 'page', typeof noParams>

const anyScript = ["'unsafe-inline'", '*', 'http:', 'https:', 'data:']

function judgePolicy(headers: Headers): Verdict {
  const because = 'page.headers.content-security-policy'
  const header = headers['content-security-policy']
  if (header === undefined) return fail('policy', because, 'policy-missing')
  const policy = parsePolicy(header)
  const sources = policy.get('script-src') ?? policy.get('default-src')
  if (sources === undefined) return fail('policy', because, 'policy-open', { source: 'no script-src' })
  const isStrict = sources.some((source) => /^'(nonce-|sha\d{3}-|strict-dynamic')/.test(source))
  const open = sources.find((source) => anyScript.includes(source) && !isStrict)
  return open === undefined
    ? pass('policy', because, 'policy-set')
    : fail('policy', because, 'policy-open', { source: open })
}

function judgeFrame(headers: Headers): Verdict {
  const because = ['page.headers.content-security-policy', 'page.headers.x-frame-options']
  const ancestors = parsePolicy(headers['content-security-policy'] ?? '').get('frame-ancestors')
  const option = headers['x-frame-options']?.trim().toLowerCase()
  const isSet = ancestors === undefined ? option === 'deny' || option === 'sameorigin' : !ancestors.includes('*')
  return isSet ? pass('frame', because, 'frame-set') : fail('frame', because, 'frame-missing')
}

const openReferrer = ['unsafe-url', 'no-referrer-when-downgrade']

function judgeReferrer(headers: Headers): Verdict {
  const because = 'page.headers.referrer-policy'
  // Of a list the last policy that the browser knows counts.
  const policy = headers['referrer-policy']?.split(',').at(-1)?.trim().toLowerCase() ?? ''
  const isSet = policy !== '' && !openReferrer.includes(policy)
  return isSet ? pass('referrer', because, 'referrer-set') : fail('referrer', because, 'referrer-missing')
}

function judgeVersions(headers: Headers): Verdict {
  const header = (['server', 'x-powered-by'] as const).find((name) => /\d\.\d/.test(headers[name] ?? ''))
  return header === undefined
    ? pass('version', ['page.headers.server', 'page.headers.x-powered-by'], 'version-hidden')
    : fail('version', `page.headers.${header}`, 'version-shown', { header })
}
