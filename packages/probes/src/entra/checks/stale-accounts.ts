import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { declarationOf, declared, nearDeclaration } from '../declared.ts'
import type { EntraFacts } from '../facts.ts'

const dayMs = 86_400_000

const params = z.object({
  days: field(z.int().min(30).default(90), {
    label: { en: 'Longest time without use', de: 'Längste Zeit ohne Nutzung' },
    unit: 'days',
  }),
  declared,
})

export const entraStaleAccounts = {
  id: 'entra.stale-accounts',
  version: 1,
  connector: 'entra',
  title: { en: 'No enabled account lies unused', de: 'Kein aktives Konto liegt brach' },
  why: {
    en: 'Nobody notices when an account that nobody uses is taken over, and often it belongs to somebody who left.',
    de: 'Niemand merkt, wenn ein ungenutztes Konto übernommen wird, und oft gehört es jemandem, der ausgeschieden ist.',
  },
  remedy: {
    en: 'Disable the account; delete it once nobody asked for it. Declare emergency accounts with an end date.',
    de: 'Das Konto sperren und löschen, wenn niemand danach fragt. Notfallkonten mit Enddatum erklären.',
  },
  severity: 'medium',
  serves: [
    { measure: 'access-review', as: 'supports' },
    { measure: 'offboarding', as: 'supports' },
  ],
  params,
  reads: ['activity'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'CIS Controls 5.3'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/monitoring-health/howto-manage-inactive-user-accounts',
    'https://learn.microsoft.com/en-us/graph/api/resources/signinactivity',
    'https://github.com/microsoftgraph/microsoft-graph-docs/issues/14118',
  ],
  pitfalls: [
    'The last successful sign-in counts; attempts that failed, as an attacker makes them, are no use of the account.',
    'Microsoft records it since December 2023; an account without it is judged by the day on which it was made.',
    'The date can be up to a day old, which is why fewer than 30 days cannot be asked for.',
    'Without Entra ID P1 it cannot be read at all. The same refusal comes at random where Directory.Read.All is missing.',
  ],
  messages: {
    used: {
      en: '{enabled} enabled accounts were all used or made within {days} days.',
      de: '{enabled} aktive Konten wurden alle binnen {days} Tagen genutzt oder angelegt.',
    },
    idle: {
      en: 'The account {account} has not been used for {idle} days.',
      de: 'Das Konto {account} wurde seit {idle} Tagen nicht genutzt.',
    },
    never: {
      en: 'The account {account} was never used.',
      de: 'Das Konto {account} wurde nie genutzt.',
    },
    declared: {
      en: 'The account {account} lies unused, as declared.',
      de: 'Das Konto {account} liegt brach, wie erklärt.',
    },
  },
  judge({ activity: { enabled, idle } }, { days, declared: list }, now) {
    if (enabled === 0) return []
    const verdicts = idle.flatMap(({ id, lastUsed, created }, index): Verdict[] => {
      const since = lastUsed ?? created
      const unused = since === null ? null : Math.floor((now.getTime() - Date.parse(since)) / dayMs)
      if (unused !== null && unused <= days) return []
      const because = `activity.idle.${index}`
      if (declarationOf(id, list, now) === 'declared') return [info(id, because, 'declared', { account: id })]
      const near = nearDeclaration(id, list, now)
      if (lastUsed === null || unused === null)
        return [unlessDeclared(fail(id, because, 'never', { account: id }), near)]
      return [unlessDeclared(fail(id, because, 'idle', { account: id, idle: unused }), near)]
    })
    if (verdicts.some(({ state }) => state === 'fail')) return verdicts
    return [pass('accounts', 'activity.enabled', 'used', { enabled: enabled - verdicts.length, days }), ...verdicts]
  },
} satisfies Check<EntraFacts, 'activity', typeof params>
