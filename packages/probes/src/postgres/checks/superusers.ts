import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  max: field(z.int().min(0).default(1), { label: { en: 'Most superusers', de: 'Höchste Zahl der Superuser' } }),
})

export const pgSuperusers = {
  id: 'pg.superusers',
  version: 1,
  connector: 'postgres',
  title: { en: 'Superusers are few', de: 'Superuser sind selten' },
  why: {
    en: 'A superuser passes every rule of the database and reads files of the machine.',
    de: 'Ein Superuser umgeht jede Regel der Datenbank und liest Dateien des Rechners.',
  },
  remedy: {
    en: 'Take SUPERUSER from all roles but one, and give single rights instead.',
    de: 'SUPERUSER allen Rollen bis auf eine nehmen und stattdessen einzelne Rechte vergeben.',
  },
  severity: 'high',
  serves: [
    { measure: 'minimal-admins', as: 'proves' },
    { measure: 'privileged-access', as: 'supports' },
    { measure: 'database-rights', as: 'supports' },
  ],
  params,
  reads: ['roles'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.2'],
  sources: ['https://www.postgresql.org/docs/current/role-attributes.html'],
  pitfalls: [
    'Members of a superuser role count as superusers: SET ROLE makes them one.',
    'Roles that cannot log in do not count by themselves.',
  ],
  messages: {
    few: { en: '{count} roles are superusers.', de: '{count} Rollen sind Superuser.' },
    many: {
      en: '{count} roles are superusers ({names}); {maximum} are allowed.',
      de: '{count} Rollen sind Superuser ({names}); zulässig sind {maximum}.',
    },
  },
  judge({ roles }, { max }) {
    if (roles.length === 0) return []
    const names = roles
      .filter(({ login, superuser, becomesSuperuser }) => login && (superuser || becomesSuperuser))
      .map(({ name }) => name)
      .sort()
    const says = { count: names.length, names: names.join(', '), maximum: max }
    return [(names.length <= max ? pass : fail)('superusers', 'roles', names.length <= max ? 'few' : 'many', says)]
  },
} satisfies Check<PostgresFacts, 'roles', typeof params>
