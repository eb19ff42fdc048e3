import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { EntraFacts } from '../facts.ts'

const hourMs = 3_600_000

const params = z.object({
  hours: field(z.int().min(0).default(24), {
    label: { en: 'Time to disable', de: 'Frist bis zur Sperre' },
    unit: 'hours',
  }),
})

export const entraOffboardingSla = {
  id: 'entra.offboarding-sla',
  version: 1,
  connector: 'entra',
  title: { en: 'Leavers are disabled within the agreed time', de: 'Ausgeschiedene werden fristgerecht gesperrt' },
  why: {
    en: 'Whoever left and can still sign in reads what they are no longer entitled to, and nobody watches that account.',
    de: 'Wer ausgeschieden ist und sich noch anmelden kann, liest, was ihn nichts mehr angeht, und niemand achtet auf das Konto.',
  },
  remedy: {
    en: 'Disable the account and end its sessions on the last day; let the system of the personnel office do it, so that nobody has to think of it.',
    de: 'Das Konto am letzten Tag sperren und seine Sitzungen beenden; das System der Personalabteilung es tun lassen, damit niemand daran denken muss.',
  },
  severity: 'high',
  serves: [{ measure: 'offboarding', as: 'proves' }],
  params,
  reads: ['leavers'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: [
    'ISO/IEC 27001:2022 A.5.11',
    'ISO/IEC 27001:2022 A.5.18',
    'ISO/IEC 27001:2022 A.6.5',
    'BSI ORP.2',
    'BSI ORP.4',
  ],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/users/users-revoke-access',
    'https://learn.microsoft.com/en-us/graph/api/directoryaudit-list',
  ],
  pitfalls: [
    'The log reaches back 30 days, seven without a licence: a disabled account whose hour is not known is told, never passed.',
    'The last time an account was disabled counts, since it may have been enabled again in between.',
    'The log needs Directory.Read.All beside AuditLog.Read.All.',
    'Other systems in which the person had an account are judged by their own connections.',
  ],
  messages: {
    inTime: {
      en: 'The account of {person} was disabled within {hours} hours of leaving.',
      de: 'Das Konto von {person} wurde binnen {hours} Stunden nach dem Ausscheiden gesperrt.',
    },
    late: {
      en: 'The account of {person} was disabled {late} hours after leaving; {hours} are allowed.',
      de: 'Das Konto von {person} wurde {late} Stunden nach dem Ausscheiden gesperrt; zulässig sind {hours}.',
    },
    enabled: {
      en: 'The account of {person} is still enabled, more than {hours} hours after leaving.',
      de: 'Das Konto von {person} ist mehr als {hours} Stunden nach dem Ausscheiden noch aktiv.',
    },
    waiting: {
      en: 'The account of {person} is still enabled; the time has not run out.',
      de: 'Das Konto von {person} ist noch aktiv; die Frist läuft.',
    },
    unknown: {
      en: 'The account of {person} is not enabled; since when, the log no longer says.',
      de: 'Das Konto von {person} ist nicht aktiv; seit wann, sagt das Protokoll nicht mehr.',
    },
  },
  judge({ leavers }, { hours }, now) {
    return leavers.map(({ person, left, state, ended }, index): Verdict => {
      const because = `leavers.${index}`
      const dueMs = Date.parse(left) + hours * hourMs
      if (state === 'enabled') {
        const isOver = now.getTime() > dueMs
        return (isOver ? fail : info)(person, because, isOver ? 'enabled' : 'waiting', { person, hours })
      }
      if (ended === null) return info(person, because, 'unknown', { person })
      if (Date.parse(ended) <= dueMs) return pass(person, because, 'inTime', { person, hours })
      const late = Math.ceil((Date.parse(ended) - Date.parse(left)) / hourMs)
      return fail(person, because, 'late', { person, hours, late })
    })
  },
} satisfies Check<EntraFacts, 'leavers', typeof params>
