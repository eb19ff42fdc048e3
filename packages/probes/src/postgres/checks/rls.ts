import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgRls = {
  id: 'pg.rls',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Tables of several tenants are separated by row security',
    de: 'Tabellen mehrerer Mandanten sind durch Zeilensicherheit getrennt',
  },
  why: {
    en: 'One forgotten condition in one query shows the rows of another customer.',
    de: 'Eine vergessene Bedingung in einer Abfrage zeigt Zeilen eines anderen Kunden.',
  },
  remedy: {
    en: 'ALTER TABLE … ENABLE and FORCE ROW LEVEL SECURITY, and a policy on the tenant key.',
    de: 'ALTER TABLE … ENABLE und FORCE ROW LEVEL SECURITY und eine Richtlinie auf den Mandantenschlüssel.',
  },
  severity: 'critical',
  serves: [{ measure: 'tenant-isolation', as: 'proves' }],
  params: noParams,
  reads: ['tables'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.22', 'GDPR Art. 32(1)(b)'],
  sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html'],
  pitfalls: [
    'Without FORCE the owner of the table sees every row, and the application often is the owner.',
    'A database per tenant needs no row security: no table has the key, not-applicable.',
    'That a policy speaks of the tenant key is seen, not that it is right; a live attempt with two tenants shows that.',
  ],
  messages: {
    separated: { en: '{table} is separated.', de: '{table} ist getrennt.' },
    off: { en: '{table} has no row security.', de: '{table} hat keine Zeilensicherheit.' },
    unforced: {
      en: '{table}: row security does not hold for its owner.',
      de: '{table}: Die Zeilensicherheit gilt nicht für die Eigentümerin.',
    },
    'no-policy': {
      en: '{table} has no policy on the tenant key.',
      de: '{table} hat keine Richtlinie auf den Mandantenschlüssel.',
    },
  },
  judge({ tables }) {
    return tables.flatMap(({ name: table, tenantKey, rowSecurity, forced, policies }, index) => {
      if (!tenantKey) return []
      const because = `tables.${index}`
      const fault = !rowSecurity ? 'off' : !forced ? 'unforced' : policies === 0 ? 'no-policy' : undefined
      return [
        fault === undefined ? pass(table, because, 'separated', { table }) : fail(table, because, fault, { table }),
      ]
    })
  },
} satisfies Check<PostgresFacts, 'tables', typeof noParams>
