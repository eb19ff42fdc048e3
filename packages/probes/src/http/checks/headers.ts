import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { HttpFacts } from '../facts.ts'
import { parsePolicies } from '../parse.ts'

type Headers = HttpFacts['page']['headers']

export const httpHeaders = {
  id: 'http.headers',
  version: 2,
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
    'Of several policies each is enforced, so the strictest counts; of several referrer policies the last that browsers know.',
    'The observatory of MDN also asks for object-src, refuses unsafe-eval and any source in the clear, and lets a missing Referrer-Policy pass; a test lists every difference with its reason.',
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

/** Sources behind which anybody can stand. */
const isBroad = (source: string) => /^(\*|[a-z]+:(\/\/\*(\.\*)?)?|https?:\/\/\*:\*)$/.test(source)
/** In the clear, anybody on the way can stand in for the host. */
const isInTheClear = (source: string) => source.startsWith('http:')

type Policy = ReturnType<typeof parsePolicies>[number]

/** What lets any script run under this policy; undefined: nothing. */
function openSource(policy: Policy): string | undefined {
  const sources = policy.get('script-src') ?? policy.get('default-src')
  if (sources === undefined) return 'no script-src'
  const isStrict = sources.some((source) => /^'(nonce-|sha\d{3}-|strict-dynamic')/i.test(source))
  return isStrict
    ? undefined
    : sources.find((source) => source === "'unsafe-inline'" || isBroad(source) || isInTheClear(source))
}

function judgePolicy(headers: Headers): Verdict {
  const because = 'page.headers.content-security-policy'
  const header = headers['content-security-policy']
  if (header === undefined) return fail('policy', because, 'policy-missing')
  const open = parsePolicies(header).map(openSource)
  return open.includes(undefined)
    ? pass('policy', because, 'policy-set')
    : fail('policy', because, 'policy-open', { source: open[0] ?? '' })
}

function judgeFrame(headers: Headers): Verdict {
  const because = ['page.headers.content-security-policy', 'page.headers.x-frame-options']
  const named = parsePolicies(headers['content-security-policy'] ?? '').flatMap((policy) => {
    const ancestors = policy.get('frame-ancestors')
    return ancestors === undefined ? [] : [ancestors]
  })
  const option = headers['x-frame-options']?.trim().toLowerCase()
  // Where a policy speaks of frames, browsers disregard the option.
  const isSet =
    named.length === 0
      ? option === 'deny' || option === 'sameorigin'
      : named.some((ancestors) => !ancestors.some(isBroad))
  return isSet ? pass('frame', because, 'frame-set') : fail('frame', because, 'frame-missing')
}

const closedReferrer = [
  'no-referrer',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'origin',
  'origin-when-cross-origin',
]
const openReferrer = ['unsafe-url', 'no-referrer-when-downgrade']

function judgeReferrer(headers: Headers): Verdict {
  const because = 'page.headers.referrer-policy'
  const policies = (headers['referrer-policy'] ?? '').split(',').map((policy) => policy.trim().toLowerCase())
  // Of a list the last policy that the browser knows counts.
  const last = policies.findLast((policy) => [...closedReferrer, ...openReferrer].includes(policy))
  const isSet = last !== undefined && closedReferrer.includes(last)
  return isSet ? pass('referrer', because, 'referrer-set') : fail('referrer', because, 'referrer-missing')
}

function judgeVersions(headers: Headers): Verdict {
  const header = (['server', 'x-powered-by'] as const).find((name) => /\d\.\d/.test(headers[name] ?? ''))
  return header === undefined
    ? pass('version', ['page.headers.server', 'page.headers.x-powered-by'], 'version-hidden')
    : fail('version', `page.headers.${header}`, 'version-shown', { header })
}
