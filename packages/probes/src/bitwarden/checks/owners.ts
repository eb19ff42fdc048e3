import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitwardenFacts } from '../facts.ts'

const params = z.object({
  least: field(z.int().min(1).default(2), { label: { en: 'Owners at least', de: 'Besitzer mindestens' } }),
  most: field(z.int().min(1).default(3), { label: { en: 'Owners at most', de: 'Besitzer höchstens' } }),
})

export const bwOwners = {
  id: 'bw.owners',
  version: 1,
  connector: 'bitwarden',
  title: {
    en: 'Two or three owners hold the password manager',
    de: 'Zwei bis drei Besitzer verwalten den Passwort-Manager',
  },
  why: {
    en: 'With one owner the organisation is lost when that person is; with many, each of them can open and delete everything.',
    de: 'Mit einem Besitzer ist die Organisation verloren, wenn er ausfällt; mit vielen kann jeder von ihnen alles öffnen und löschen.',
  },
  remedy: {
    en: 'Make a second person owner, or give owners that are too many a lesser role.',
    de: 'Eine zweite Person zum Besitzer machen oder überzähligen Besitzern eine geringere Rolle geben.',
  },
  severity: 'medium',
  serves: [
    { measure: 'minimal-admins', as: 'proves' },
    { measure: 'password-manager', as: 'supports' },
  ],
  params,
  reads: ['members'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.2', 'BSI ORP.4'],
  sources: ['https://bitwarden.com/help/user-types-access-control/'],
  pitfalls: [
    'Only confirmed owners count; one that is invited cannot step in yet.',
    'Administrators and members with custom rights can do much as well: their number is told.',
    'The key that art32 uses acts as the organisation itself and is no member.',
  ],
  messages: {
    right: { en: '{count} owners.', de: '{count} Besitzer.' },
    few: {
      en: 'Only {count} owners, at least {least} are needed.',
      de: 'Nur {count} Besitzer, mindestens {least} sind nötig.',
    },
    many: {
      en: '{count} owners, at most {most} are intended.',
      de: '{count} Besitzer, vorgesehen sind höchstens {most}.',
    },
    admins: {
      en: '{count} administrators and members with custom rights besides.',
      de: 'Daneben {count} Administratoren und Mitglieder mit eigenen Rechten.',
    },
  },
  judge({ members }, { least, most }) {
    const confirmed = members.filter(({ status }) => status === 'confirmed')
    if (confirmed.length === 0) return []
    const count = confirmed.filter(({ role }) => role === 'owner').length
    const admins = confirmed.filter(({ role }) => role === 'admin' || role === 'custom').length
    const says = { count, least, most }
    return [
      count < least
        ? fail('owners', 'members', 'few', says)
        : count > most
          ? fail('owners', 'members', 'many', says)
          : pass('owners', 'members', 'right', says),
      ...(admins === 0 ? [] : [info('administrators', 'members', 'admins', { count: admins })]),
    ]
  },
} satisfies Check<BitwardenFacts, 'members', typeof params>
