import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { HttpFacts } from '../facts.ts'
import { parseHsts } from '../parse.ts'

const params = z.object({
  minDays: field(z.int().min(1).default(365), { label: { en: 'Shortest period', de: 'Kürzeste Dauer' }, unit: 'days' }),
  subdomains: field(z.boolean().default(true), { label: { en: 'Subdomains too', de: 'Auch Subdomains' } }),
})

export const httpHsts = {
  id: 'http.hsts',
  version: 1,
  connector: 'http',
  title: { en: 'Browsers are told to use https only (HSTS)', de: 'Browser werden auf https festgelegt (HSTS)' },
  why: {
    en: 'Without it the first request of each visit can be caught in the clear and kept there.',
    de: 'Ohne HSTS lässt sich die erste Anfrage jedes Besuchs unverschlüsselt abfangen und dort festhalten.',
  },
  remedy: {
    en: 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains with every https answer.',
    de: 'Strict-Transport-Security: max-age=31536000; includeSubDomains mit jeder https-Antwort senden.',
  },
  severity: 'medium',
  serves: [
    { measure: 'web-app-hardening', as: 'proves' },
    { measure: 'transport-encryption', as: 'supports' },
  ],
  params,
  reads: ['page'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 14.4.5', 'BSI TR-02102-2'],
  sources: ['https://www.rfc-editor.org/rfc/rfc6797'],
  pitfalls: [
    'The first answer counts, before any redirect: that is the one a browser meets.',
    'A header over plain http is ignored by browsers and fails here.',
  ],
  messages: {
    set: { en: 'HSTS for {days} days.', de: 'HSTS für {days} Tage.' },
    missing: { en: 'The header is missing.', de: 'Der Header fehlt.' },
    invalid: { en: 'The header has no valid max-age.', de: 'Der Header hat kein gültiges max-age.' },
    short: {
      en: 'HSTS for {days} days only, at least {minimum} are wanted.',
      de: 'HSTS nur für {days} Tage, mindestens {minimum} sind verlangt.',
    },
    'host-only': { en: 'HSTS does not include subdomains.', de: 'HSTS schließt Subdomains nicht ein.' },
    plain: { en: 'The page is not served over https.', de: 'Die Seite wird nicht über https ausgeliefert.' },
  },
  judge({ page }, { minDays, subdomains }) {
    const because = 'page.firstHsts'
    if (page.scheme !== 'https') return [fail('hsts', 'page.scheme', 'plain')]
    if (page.firstHsts === null) return [fail('hsts', because, 'missing')]
    const hsts = parseHsts(page.firstHsts)
    if (hsts === null) return [fail('hsts', because, 'invalid')]
    const says = { days: Math.floor(hsts.maxAgeSeconds / 86_400), minimum: minDays }
    if (says.days < minDays) return [fail('hsts', because, 'short', says)]
    return [
      subdomains && !hsts.includesSubdomains
        ? fail('hsts', because, 'host-only', says)
        : pass('hsts', because, 'set', says),
    ]
  },
} satisfies Check<HttpFacts, 'page', typeof params>
