import { judgeWays, wayMessages } from '../../crossing/judge.ts'
import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfTenantIsolation = {
  id: 'self.tenant-isolation',
  version: 2,
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
    'Who may enter which database is read for all tenants at each look. The live attempts go from tenant to tenant, some in each look; with one whose turn is longer ago than the stated time nothing is said.',
    'Refused is only what the server refuses for want of a right (SQLSTATE 42501, 28000; 0A000 for what it cannot do). An attempt that failed otherwise counts as not seen, and a way of which nothing was seen leaves the check not evaluated.',
    'Rows, ledger, queue, registry and sessions of others lie in databases whose door stays shut: they are refused with it, and asked for one by one where it stands open.',
    'Tenants that lie as schemas of one database are kept apart by rights on schemas, tables, functions and roles, which are read for all of them. PostgreSQL has names in the catalogue, notifications and advisory locks for a database as a whole: these ways are not tried between two schemas.',
    'The API is tried with the account of a member and the limits of a token; a tenant without members has nobody whose requests could be tried. With more than 25 tenants in a look any five of them together ask all reading operations.',
    'Whoever runs the machine as root, with the master key, is not kept out by any of this.',
  ],
  messages: {
    own: {
      en: 'All {count} tenants have a database, a role and a key of their own.',
      de: 'Alle {count} Mandanten haben eigene Datenbank, Rolle und eigenen Schlüssel.',
    },
    ownSchema: {
      en: 'All {count} tenants have a database or a schema, a role and a key of their own; {schemas} of them lie as a schema of one database.',
      de: 'Alle {count} Mandanten haben eine eigene Datenbank oder ein eigenes Schema, eigene Rolle und eigenen Schlüssel; {schemas} davon liegen als Schema einer Datenbank.',
    },
    shared: {
      en: 'Of {count} tenants only {own} have a {thing} of their own.',
      de: 'Von {count} Mandanten haben nur {own} eine eigene Sache dieser Art: {thing}.',
    },
    open: {
      en: 'More than the installation itself may enter the database of registry, accounts and jobs.',
      de: 'In die Datenbank mit Verzeichnis, Konten und Aufträgen darf nicht nur die Installation selbst.',
    },
    tried: {
      en: 'Tried live with {looked} of {of} tenants in this look: {attempts} attempts by {ways} ways. Every tenant has its turn within {days} days.',
      de: 'Live versucht mit {looked} von {of} Mandanten bei dieser Prüfung: {attempts} Versuche auf {ways} Wegen. Jeder Mandant kommt innerhalb von {days} Tagen an die Reihe.',
    },
    ...wayMessages,
    untried: { en: 'No attempt across tenants was possible.', de: 'Kein Versuch über Mandantengrenzen war möglich.' },
    none: { en: 'There is no tenant.', de: 'Es gibt keinen Mandanten.' },
  },
  judge({ tenants }) {
    const { count, schemas, ownDatabases, ownRoles, ownKeys, registryClosed, crossTenant } = tenants
    if (count === 0) return [info('separation', 'tenants.count', 'none')]
    const short = (
      [
        ['database', ownDatabases, 'tenants.ownDatabases'],
        ['role', ownRoles, 'tenants.ownRoles'],
        ['key', ownKeys, 'tenants.ownKeys'],
      ] as const
    ).find(([, own]) => own < count)
    const { looked, of, days, ways } = crossTenant
    const attempts = ways.reduce((sum, { refused, reached }) => sum + refused + reached, 0)
    return [
      short === undefined
        ? schemas === 0
          ? pass('separation', 'tenants', 'own', { count })
          : pass('separation', 'tenants', 'ownSchema', { count, schemas })
        : fail('separation', short[2], 'shared', { count, own: short[1], thing: short[0] }),
      ...(registryClosed ? [] : [fail('registry', 'tenants.registryClosed', 'open')]),
      ...(attempts === 0
        ? [info('attempt', 'tenants.crossTenant', 'untried')]
        : [
            info('attempt', 'tenants.crossTenant', 'tried', { looked, of, days, attempts, ways: ways.length }),
            ...judgeWays(ways, 'tenants.crossTenant.ways'),
          ]),
    ]
  },
} satisfies Check<SeenSelfFacts, 'tenants', typeof noParams>
