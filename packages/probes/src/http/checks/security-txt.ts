import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { HttpFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().default(366), { label: { en: 'Longest validity', de: 'Längste Gültigkeit' }, unit: 'days' }),
})

export const webSecurityTxt = {
  id: 'web.security-txt',
  version: 1,
  connector: 'http',
  title: {
    en: 'A valid security.txt says where to report a weakness',
    de: 'Eine gültige security.txt sagt, wohin Schwachstellen zu melden sind',
  },
  why: {
    en: 'Somebody who finds a weakness must reach you before somebody who uses it.',
    de: 'Wer eine Schwachstelle findet, muss Sie erreichen, bevor jemand sie ausnutzt.',
  },
  remedy: {
    en: 'Serve /.well-known/security.txt over https as text/plain with Contact and one Expires within a year.',
    de: '/.well-known/security.txt über https als text/plain mit Contact und einem Expires binnen eines Jahres ausliefern.',
  },
  severity: 'low',
  serves: [
    { measure: 'vulnerability-disclosure', as: 'proves' },
    { measure: 'user-security-notification', as: 'supports' },
  ],
  params,
  reads: ['securityTxt'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.5', 'ISO/IEC 27001:2022 A.6.8'],
  sources: ['https://www.rfc-editor.org/rfc/rfc9116'],
  pitfalls: [
    'Many sites answer every path with a page and status 200: the content type and the fields decide, not the status.',
    'The contacts are counted, not stored.',
  ],
  messages: {
    valid: { en: 'Valid until {until}.', de: 'Gültig bis {until}.' },
    absent: { en: 'There is none (status {status}).', de: 'Es gibt keine (Status {status}).' },
    'wrong-type': { en: 'The answer is not text/plain.', de: 'Die Antwort ist nicht text/plain.' },
    'no-contact': { en: 'It names no contact.', de: 'Sie nennt keinen Kontakt.' },
    'no-expiry': { en: 'It needs exactly one valid Expires.', de: 'Sie braucht genau ein gültiges Expires.' },
    expired: { en: 'It expired on {until}.', de: 'Sie ist am {until} abgelaufen.' },
    long: {
      en: 'It is valid until {until}; less than a year is advised.',
      de: 'Sie gilt bis {until}; empfohlen ist weniger als ein Jahr.',
    },
  },
  judge({ securityTxt: { status, contentType, contacts, expires } }, { maxDays }, now) {
    const subject = 'security.txt'
    if (status !== 200) return [fail(subject, 'securityTxt.status', 'absent', { status })]
    if (!/^text\/plain\b/i.test(contentType)) return [fail(subject, 'securityTxt.contentType', 'wrong-type')]
    if (contacts === 0) return [fail(subject, 'securityTxt.contacts', 'no-contact')]
    const [until = ''] = expires
    if (expires.length !== 1 || Number.isNaN(Date.parse(until)))
      return [fail(subject, 'securityTxt.expires', 'no-expiry')]
    const days = daysUntil(until, now)
    const says = { until: new Date(until).toISOString().slice(0, 10) }
    if (days < 0) return [fail(subject, 'securityTxt.expires', 'expired', says)]
    return [(days > maxDays ? info : pass)(subject, 'securityTxt.expires', days > maxDays ? 'long' : 'valid', says)]
  },
} satisfies Check<HttpFacts, 'securityTxt', typeof params>
