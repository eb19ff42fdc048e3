import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { EntraFacts } from '../facts.ts'

const dayMs = 86_400_000

const params = z.object({
  maxDays: field(z.int().min(1).default(365), {
    label: { en: 'Longest lifetime', de: 'Längste Lebensdauer' },
    unit: 'days',
  }),
  warnDays: field(z.int().min(0).default(30), {
    label: { en: 'Tell before the end', de: 'Vor dem Ende melden' },
    unit: 'days',
  }),
})

export const entraAppSecretsExpiring = {
  id: 'entra.app-secrets-expiring',
  version: 1,
  connector: 'entra',
  title: {
    en: 'App credentials expire and are not overdue',
    de: 'App-Zugangsdaten laufen ab und sind nicht überfällig',
  },
  why: {
    en: 'The secret of an app needs no second factor. One that lives for years is copied into files and forgotten; one that ends unnoticed stops the service.',
    de: 'Das Geheimnis einer App braucht keinen zweiten Faktor. Lebt es Jahre, wird es in Dateien kopiert und vergessen; endet es unbemerkt, steht der Dienst.',
  },
  remedy: {
    en: 'Replace the credential by one of at most a year, better by a certificate or a managed identity, and remove those that have expired.',
    de: 'Die Zugangsdaten durch solche von höchstens einem Jahr ersetzen, besser durch ein Zertifikat oder eine verwaltete Identität, und abgelaufene entfernen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'api-token-auth', as: 'supports' },
    { measure: 'secrets-management', as: 'supports' },
  ],
  params,
  reads: ['credentials'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.17', 'ISO/IEC 27001:2022 A.8.24'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/tutorial-govern-monitor',
    'https://learn.microsoft.com/en-us/graph/api/resources/passwordcredential',
  ],
  pitfalls: [
    'A certificate that signs and verifies is listed twice with one id and judged once.',
    'An expired credential opens nothing; it fails because nobody noticed, and because one in use means a service that stands.',
    'Credentials of apps that others registered lie with them and cannot be seen here.',
  ],
  messages: {
    good: { en: 'The {kind} {key} ends on {end}.', de: 'Zugangsdaten {key} ({kind}) enden am {end}.' },
    soon: {
      en: 'The {kind} {key} of the app {app} ends on {end}.',
      de: 'Zugangsdaten {key} ({kind}) der App {app} enden am {end}.',
    },
    expired: {
      en: 'The {kind} {key} of the app {app} ended on {end}.',
      de: 'Zugangsdaten {key} ({kind}) der App {app} endeten am {end}.',
    },
    long: {
      en: 'The {kind} {key} of the app {app} lives for {days} days; {maximum} are allowed.',
      de: 'Zugangsdaten {key} ({kind}) der App {app} gelten {days} Tage; zulässig sind {maximum}.',
    },
    endless: {
      en: 'The {kind} {key} of the app {app} never ends.',
      de: 'Zugangsdaten {key} ({kind}) der App {app} enden nie.',
    },
  },
  judge({ credentials }, { maxDays, warnDays }, now) {
    return credentials.map(({ app, key, kind, start, end }, index): Verdict => {
      const subject = `${app}:${key}`
      const because = `credentials.${index}`
      const says = { app, key, kind, end: end?.slice(0, 10) ?? '–' }
      if (end === null) return fail(subject, because, 'endless', says)
      const leftMs = Date.parse(end) - now.getTime()
      if (leftMs <= 0) return fail(subject, because, 'expired', says)
      const days = start === null ? null : Math.round((Date.parse(end) - Date.parse(start)) / dayMs)
      // A year from a leap day on has a day more.
      if (days !== null && days > maxDays + 1)
        return fail(subject, because, 'long', { ...says, days, maximum: maxDays })
      return (leftMs <= warnDays * dayMs ? info : pass)(
        subject,
        because,
        leftMs <= warnDays * dayMs ? 'soon' : 'good',
        says,
      )
    })
  },
} satisfies Check<EntraFacts, 'credentials', typeof params>
