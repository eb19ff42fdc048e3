import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  appRoles: field(z.array(z.string()).default([]), {
    label: { en: 'Roles of applications', de: 'Rollen der Anwendungen' },
    help: { en: 'Empty: all that can log in', de: 'Leer: alle, die sich anmelden können' },
  }),
})

export const pgRolesSeparated = {
  id: 'pg.roles-separated',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Applications use roles that own nothing and cannot widen their rights',
    de: 'Anwendungen nutzen Rollen, die nichts besitzen und ihre Rechte nicht erweitern können',
  },
  why: {
    en: 'A role that owns the tables can switch every protection of them off.',
    de: 'Eine Rolle, der die Tabellen gehören, kann jeden Schutz davon abschalten.',
  },
  remedy: {
    en: 'Let one role own the tables and run migrations, and give another one only the rights that the application needs.',
    de: 'Eine Rolle die Tabellen besitzen und Migrationen ausführen lassen, einer anderen nur die Rechte geben, die die Anwendung braucht.',
  },
  severity: 'high',
  serves: [
    { measure: 'database-rights', as: 'proves' },
    { measure: 'authorisation-concept', as: 'supports' },
    { measure: 'rbac', as: 'supports' },
    { measure: 'least-privilege', as: 'supports' },
    { measure: 'tenant-isolation', as: 'supports' },
  ],
  params,
  reads: ['roles'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.3'],
  sources: [
    'https://www.postgresql.org/docs/current/ddl-priv.html',
    'https://www.postgresql.org/docs/current/role-attributes.html',
  ],
  pitfalls: [
    'Which roles belong to applications only you know: name them. Without names, roles that can log in and widen their rights fail, and owners are told.',
    'Superusers are the business of pg.superusers.',
  ],
  messages: {
    bound: {
      en: '{role} owns nothing and cannot widen its rights.',
      de: '{role} besitzt nichts und kann ihre Rechte nicht erweitern.',
    },
    owner: { en: '{role} owns {tables} tables.', de: '{role} gehören {tables} Tabellen.' },
    wide: { en: '{role} has {right}.', de: '{role} hat {right}.' },
    missing: { en: '{role} does not exist.', de: '{role} gibt es nicht.' },
    none: { en: 'Only superusers log in.', de: 'Nur Superuser melden sich an.' },
  },
  judge({ roles }, { appRoles }) {
    const isNamed = appRoles.length > 0
    const missing = appRoles.filter((name) => !roles.some((role) => role.name === name))
    const judged = roles
      .map((role, index) => ({ ...role, index }))
      .filter(({ name, login, superuser }) => (isNamed ? appRoles.includes(name) : login && !superuser))
    if (roles.length > 0 && judged.length === 0 && missing.length === 0) return [fail('roles', 'roles', 'none')]
    return [
      ...missing.map((role) => fail(role, 'roles', 'missing', { role })),
      ...judged.map((role) => {
        const because = `roles.${role.index}`
        const right = widening(role)
        if (right !== undefined) return fail(role.name, because, 'wide', { role: role.name, right })
        if (role.ownedTables === 0) return pass(role.name, because, 'bound', { role: role.name })
        return (isNamed ? fail : info)(role.name, because, 'owner', { role: role.name, tables: role.ownedTables })
      }),
    ]
  },
} satisfies Check<PostgresFacts, 'roles', typeof params>

function widening(role: PostgresFacts['roles'][number]): string | undefined {
  if (role.superuser || role.becomesSuperuser) return 'SUPERUSER'
  if (role.bypassRls) return 'BYPASSRLS'
  if (role.createRole) return 'CREATEROLE'
  return role.createDatabase ? 'CREATEDB' : undefined
}
