import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { TlsFacts } from '../facts.ts'

const params = z.object({
  failDays: field(z.int().min(0).default(14), {
    label: { en: 'Fails when fewer days are left', de: 'Fehler, wenn weniger Tage bleiben' },
    unit: 'days',
  }),
  noticeDays: field(z.int().min(0).default(30), {
    label: { en: 'Notice when fewer days are left', de: 'Hinweis, wenn weniger Tage bleiben' },
    unit: 'days',
  }),
})

export const tlsExpiry = {
  id: 'tls.expiry',
  version: 1,
  connector: 'tls',
  title: {
    en: 'Certificates are valid and not about to expire',
    de: 'Zertifikate sind gültig und laufen nicht bald ab',
  },
  why: {
    en: 'An expired certificate stops the service or teaches people to click warnings away.',
    de: 'Ein abgelaufenes Zertifikat legt den Dienst lahm oder gewöhnt daran, Warnungen wegzuklicken.',
  },
  remedy: {
    en: 'Renew the certificate, and let renewal run by itself (ACME) with an alarm when it fails.',
    de: 'Zertifikat erneuern und die Erneuerung automatisch laufen lassen (ACME), mit Alarm bei Fehlschlag.',
  },
  severity: 'high',
  serves: [
    { measure: 'configuration-monitoring', as: 'proves' },
    { measure: 'transport-encryption', as: 'supports' },
  ],
  params,
  reads: ['certificate'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5'],
  pitfalls: [
    'Every certificate of the chain is judged: an expired intermediate stops clients as surely as an expired leaf. A self-issued root that the server sends along is left out, since clients use their own copy.',
    'The machine that looks needs the right time; host.time checks it.',
  ],
  messages: {
    valid: { en: 'Valid until {until}.', de: 'Gültig bis {until}.' },
    soon: { en: 'Valid until {until}, {days} more days.', de: 'Gültig bis {until}, noch {days} Tage.' },
    'too-soon': { en: 'Expires on {until}, in {days} days.', de: 'Läuft am {until} ab, in {days} Tagen.' },
    expired: { en: 'Expired on {until}.', de: 'Am {until} abgelaufen.' },
    early: { en: 'Not valid before {from}.', de: 'Erst ab {from} gültig.' },
  },
  judge({ certificate }, { failDays, noticeDays }, now) {
    return certificate.chain.flatMap(({ validFrom, validTo, selfIssued }, index) => {
      if (selfIssued && index > 0) return []
      const subject = index === 0 ? 'certificate' : `intermediate-${index}`
      const because = `certificate.chain.${index}.validTo`
      const days = daysUntil(validTo, now)
      const says = { until: validTo.slice(0, 10), from: validFrom.slice(0, 10), days }
      if (new Date(validFrom) > now) return [fail(subject, `certificate.chain.${index}.validFrom`, 'early', says)]
      if (new Date(validTo) <= now) return [fail(subject, because, 'expired', says)]
      if (days < failDays) return [fail(subject, because, 'too-soon', says)]
      return [days < noticeDays ? info(subject, because, 'soon', says) : pass(subject, because, 'valid', says)]
    })
  },
} satisfies Check<TlsFacts, 'certificate', typeof params>
