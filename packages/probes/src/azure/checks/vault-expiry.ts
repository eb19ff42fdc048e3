import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(365), {
    label: { en: 'Expires at most this far ahead', de: 'Läuft spätestens ab in' },
    unit: 'days',
  }),
  noticeDays: field(z.int().min(0).default(30), {
    label: { en: 'Notice when fewer days are left', de: 'Hinweis, wenn weniger Tage bleiben' },
    unit: 'days',
  }),
})

export const azureKvExpiry = {
  id: 'azure.kv.expiry',
  version: 1,
  connector: 'azure',
  title: {
    en: 'Keys and secrets carry an expiry date that has not passed',
    de: 'Schlüssel und Geheimnisse haben ein nicht überschrittenes Ablaufdatum',
  },
  why: {
    en: 'What never expires is never replaced, and whoever copied it once can use it for good.',
    de: 'Was nie abläuft, wird nie ersetzt, und wer es einmal kopiert hat, kann es dauerhaft nutzen.',
  },
  remedy: {
    en: 'Replace the key or secret, give the new version an expiry date, and disable the old one once nothing uses it.',
    de: 'Schlüssel oder Geheimnis ersetzen, der neuen Version ein Ablaufdatum geben und die alte deaktivieren, sobald nichts sie mehr nutzt.',
  },
  severity: 'medium',
  serves: [
    { measure: 'encryption-key-management', as: 'proves' },
    { measure: 'secrets-management', as: 'proves' },
  ],
  params,
  reads: ['vaultItems'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS Microsoft Azure Foundations 8.3.3', 'ISO/IEC 27001:2022 A.5.17'],
  sources: [
    'https://learn.microsoft.com/azure/key-vault/general/secure-key-vault',
    'https://learn.microsoft.com/rest/api/keyvault/secrets/list',
  ],
  pitfalls: [
    'Only attributes on the control plane are read; what a vault keeps on its data plane alone (certificates, older versions) is not seen.',
    'Disabled keys and secrets are left out: nothing can use them.',
    'An expiry date does not stop whoever holds a copy of a secret; it only shows that somebody means to replace it.',
  ],
  messages: {
    set: { en: 'Expires on {until}.', de: 'Läuft am {until} ab.' },
    soon: { en: 'Expires on {until}, in {days} days.', de: 'Läuft am {until} ab, in {days} Tagen.' },
    never: { en: 'Has no expiry date.', de: 'Hat kein Ablaufdatum.' },
    expired: { en: 'Expired on {until} and is still enabled.', de: 'Am {until} abgelaufen und noch aktiv.' },
    far: {
      en: 'Expires on {until}, more than {most} days ahead.',
      de: 'Läuft erst am {until} ab, in mehr als {most} Tagen.',
    },
  },
  judge({ vaultItems }, { maxDays, noticeDays }, now) {
    return vaultItems.flatMap(({ vault, kind, name, enabled, expires }, index) => {
      if (!enabled) return []
      const subject = `${vault}/${kind}/${name}`
      const because = `vaultItems.${index}.expires`
      if (expires === null) return [fail(subject, because, 'never')]
      const until = expires.slice(0, 10)
      const days = daysUntil(expires, now)
      if (new Date(expires) <= now) return [fail(subject, because, 'expired', { until })]
      if (days > maxDays) return [fail(subject, because, 'far', { until, most: maxDays })]
      if (days < noticeDays) return [info(subject, because, 'soon', { until, days })]
      return [pass(subject, because, 'set', { until })]
    })
  },
} satisfies Check<AzureFacts, 'vaultItems', typeof params>
