import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfTenantIsolation = {
  id: 'self.tenant-isolation',
  version: 1,
  connector: 'self',
  title: { en: 'No tenant can reach the data of another', de: 'Kein Mandant erreicht die Daten eines anderen' },
  why: {
    en: 'Data of one customer in the hands of another is a breach, whatever the reason.',
    de: 'Daten eines Kunden in den Händen eines anderen sind eine Verletzung, gleich aus welchem Grund.',
  },
  remedy: {
    en: 'Restore the separate databases, roles and keys: art32 makes them when a tenant is created; somebody has changed them since.',
    de: 'Getrennte Datenbanken, Rollen und Schlüssel wiederherstellen: art32 legt sie beim Anlegen eines Mandanten an; jemand hat sie seither verändert.',
  },
  severity: 'critical',
  serves: [{ measure: 'tenant-isolation', as: 'proves' }],
  params: noParams,
  reads: ['tenants'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.22', 'GDPR Art. 32(1)(b)'],
  sources: ['https://www.postgresql.org/docs/current/ddl-priv.html'],
  pitfalls: [
    'With a single tenant there is nothing to try: the live proof is told, not passed; own database, role and key are still judged.',
    'The proof is live: with the role of one tenant the database of another is tried.',
  ],
  messages: {
    own: {
      en: 'All {count} tenants have a database, a role and a key of their own.',
      de: 'Alle {count} Mandanten haben eigene Datenbank, Rolle und eigenen Schlüssel.',
    },
    shared: {
      en: 'Of {count} tenants only {own} have a {thing} of their own.',
      de: 'Von {count} Mandanten haben nur {own} eine eigene Sache dieser Art: {thing}.',
    },
    denied: {
      en: '{tried} of {tried} attempts across tenants were refused.',
      de: '{tried} von {tried} Versuchen über Mandantengrenzen wurden abgewiesen.',
    },
    reached: {
      en: '{reached} of {tried} attempts across tenants got through.',
      de: '{reached} von {tried} Versuchen über Mandantengrenzen gelangen.',
    },
    untried: { en: 'No attempt across tenants was possible.', de: 'Kein Versuch über Mandantengrenzen war möglich.' },
    none: { en: 'There is no tenant.', de: 'Es gibt keinen Mandanten.' },
  },
  judge({ tenants }) {
    const { count, ownDatabases, ownRoles, ownKeys, crossTenant } = tenants
    if (count === 0) return [info('separation', 'tenants.count', 'none')]
    const short = (
      [
        ['database', ownDatabases, 'tenants.ownDatabases'],
        ['role', ownRoles, 'tenants.ownRoles'],
        ['key', ownKeys, 'tenants.ownKeys'],
      ] as const
    ).find(([, own]) => own < count)
    const { tried, denied } = crossTenant
    return [
      short === undefined
        ? pass('separation', 'tenants', 'own', { count })
        : fail('separation', short[2], 'shared', { count, own: short[1], thing: short[0] }),
      tried === 0
        ? info('attempt', 'tenants.crossTenant', 'untried')
        : denied === tried
          ? pass('attempt', 'tenants.crossTenant', 'denied', { tried })
          : fail('attempt', 'tenants.crossTenant', 'reached', { tried, reached: tried - denied }),
    ]
  },
} satisfies Check<SeenSelfFacts, 'tenants', typeof noParams>
