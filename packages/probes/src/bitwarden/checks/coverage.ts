import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { BitwardenFacts } from '../facts.ts'

const params = z.object({
  maxListDays: field(z.int().min(1).default(31), {
    label: { en: 'Age of the list of staff at most', de: 'Höchstalter der Liste der Beschäftigten' },
    unit: 'days',
  }),
  others: field(z.array(z.string()).default([]), {
    label: { en: 'Members who are no staff', de: 'Mitglieder, die nicht zur Belegschaft gehören' },
    help: {
      en: 'Numbers of the vendor, for example of an emergency account',
      de: 'Nummern des Anbieters, etwa die eines Notfallkontos',
    },
  }),
})

export const bwCoverage = {
  id: 'bw.coverage',
  version: 1,
  connector: 'bitwarden',
  title: {
    en: 'All staff and no leavers have a seat in the password manager',
    de: 'Alle Beschäftigten und keine Ausgeschiedenen haben einen Platz im Passwort-Manager',
  },
  why: {
    en: 'Who has no seat keeps passwords elsewhere; who left and still has one takes them along.',
    de: 'Wer keinen Platz hat, verwahrt Passwörter anderswo; wer ausgeschieden ist und noch einen hat, nimmt sie mit.',
  },
  remedy: {
    en: 'Invite and confirm whoever is missing, remove whoever left and change the passwords that they could see, and renew the list of staff.',
    de: 'Fehlende einladen und bestätigen, Ausgeschiedene entfernen und die für sie sichtbaren Passwörter ändern, die Liste der Beschäftigten erneuern.',
  },
  severity: 'high',
  serves: [
    { measure: 'password-manager', as: 'proves' },
    { measure: 'central-identity', as: 'supports' },
    { measure: 'individual-accounts', as: 'supports' },
    { measure: 'offboarding', as: 'supports' },
  ],
  params,
  reads: ['coverage'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'BSI ORP.4'],
  sources: ['https://bitwarden.com/help/managing-users/'],
  pitfalls: [
    'The list of staff is given in the connection with its day. An old list fails, since nobody who joined or left since is on it.',
    'People are compared by mail address without regard to case; an alias counts as somebody else.',
    'Only a confirmed member has a seat. One that is invited already counts as a stranger where nobody lists them.',
    'That somebody has a seat does not show that they use it.',
  ],
  messages: {
    fresh: {
      en: 'The list of {count} staff is of {listed}.',
      de: 'Die Liste mit {count} Beschäftigten ist vom {listed}.',
    },
    old: {
      en: 'The list of staff is of {listed}, too old to compare.',
      de: 'Die Liste der Beschäftigten ist vom {listed}, zu alt für den Abgleich.',
    },
    missing: { en: '{person} has no seat.', de: '{person} hat keinen Platz.' },
    stranger: {
      en: 'Member {id} is not on the list of staff.',
      de: 'Mitglied {id} steht nicht auf der Liste der Beschäftigten.',
    },
  },
  judge({ coverage: { listed, staff, withoutSeat, strangers } }, { maxListDays, others }, now) {
    const isFresh = -daysUntil(`${listed}T23:59:59Z`, now) - 1 <= maxListDays
    return [
      (isFresh ? pass : fail)('list', 'coverage.listed', isFresh ? 'fresh' : 'old', { listed, count: staff }),
      ...withoutSeat.map((person, index) =>
        fail(`person:${person}`, `coverage.withoutSeat.${index}`, 'missing', { person }),
      ),
      ...strangers.flatMap((id, index) =>
        others.includes(id)
          ? []
          : [
              unlessDeclared(fail(`member:${id}`, `coverage.strangers.${index}`, 'stranger', { id }), {
                list: 'others',
                values: [id],
              }),
            ],
      ),
    ]
  },
} satisfies Check<BitwardenFacts, 'coverage', typeof params>
