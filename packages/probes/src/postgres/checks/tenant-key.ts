import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  common: field(z.array(z.string()).default([]), {
    label: { en: 'Tables common to all tenants', de: 'Allen Mandanten gemeinsame Tabellen' },
    help: { en: 'As schema.table', de: 'Als schema.tabelle' },
  }),
})

export const pgTenantKeyEverywhere = {
  id: 'pg.tenant-key-everywhere',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Every table carries the tenant key or is declared as common',
    de: 'Jede Tabelle trägt den Mandantenschlüssel oder ist als gemeinsam angegeben',
  },
  why: {
    en: 'What carries no key cannot be separated, exported or deleted per customer.',
    de: 'Was keinen Schlüssel trägt, lässt sich nicht je Kunde trennen, ausgeben oder löschen.',
  },
  remedy: {
    en: 'Add the column of the tenant, or declare the table as common to all.',
    de: 'Die Spalte des Mandanten ergänzen oder die Tabelle als gemeinsam angeben.',
  },
  severity: 'medium',
  serves: [{ measure: 'tenant-isolation', as: 'proves' }],
  params,
  reads: ['tables'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.22'],
  sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html'],
  pitfalls: [
    'A database in which no table has the key holds one tenant: not-applicable.',
    'A table that hangs on another by foreign key still needs the key for row security.',
  ],
  messages: {
    keyed: { en: '{table} carries the tenant key.', de: '{table} trägt den Mandantenschlüssel.' },
    common: { en: '{table} is declared as common.', de: '{table} ist als gemeinsam angegeben.' },
    keyless: { en: '{table} carries no tenant key.', de: '{table} trägt keinen Mandantenschlüssel.' },
  },
  judge({ tables }, { common }) {
    if (!tables.some(({ tenantKey }) => tenantKey)) return []
    return tables.map(({ name: table, tenantKey }, index) => {
      const because = `tables.${index}.tenantKey`
      if (tenantKey) return pass(table, because, 'keyed', { table })
      return common.includes(table)
        ? info(table, because, 'common', { table })
        : unlessDeclared(fail(table, because, 'keyless', { table }), { list: 'common', values: [table] })
    })
  },
} satisfies Check<PostgresFacts, 'tables', typeof params>
