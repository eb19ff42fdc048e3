import type { Client } from 'pg'
import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { lifecycleOf } from '../versions/end-of-life.ts'
import { addressOfUrl, isMember, one, open, placeOf, reasonOfQuery, rows } from './client.ts'
import { readConfiguration } from './configuration.ts'
import { readCopies } from './copies.ts'
import { postgresFacts } from './facts.ts'
import type { PostgresFacts } from './facts.ts'
import { postgresHistory } from './history.ts'
import { readPersonal } from './personal.ts'
import { columnPattern } from './places.ts'
import { readRetention, retentionPattern } from './retention.ts'
import { readSchema } from './schema.ts'

const columns = z.array(z.string().regex(columnPattern)).default([])

const settings = z.object({
  url: field(z.string().regex(/^postgres(ql)?:\/\//), {
    label: { en: 'Connection address', de: 'Verbindungsadresse' },
    help: { en: 'postgres://role:password@host:port/database', de: 'postgres://rolle:passwort@host:port/datenbank' },
    secret: true,
  }),
  tenantColumn: field(z.string().min(1).default('tenant_id'), {
    label: { en: 'Column of the tenant', de: 'Spalte des Mandanten' },
  }),
  personalColumns: field(columns, {
    label: { en: 'Columns with personal data', de: 'Spalten mit personenbezogenen Daten' },
    help: {
      en: 'As in the record of processing: schema.table.column, or schema.table.* for all of a table',
      de: 'Wie im Verarbeitungsverzeichnis: schema.tabelle.spalte oder schema.tabelle.* für eine ganze Tabelle',
    },
  }),
  pseudonymColumns: field(columns, {
    label: { en: 'Columns with pseudonyms', de: 'Spalten mit Pseudonymen' },
    help: { en: 'They should hold UUIDs or hashes only', de: 'Sie sollen nur UUIDs oder Hashes enthalten' },
  }),
  retention: field(z.array(z.string().regex(retentionPattern)).default([]), {
    label: { en: 'How long is kept what', de: 'Was wie lange aufbewahrt wird' },
    help: {
      en: 'The column that counts from and the period: schema.table.column P90D',
      de: 'Die Spalte, ab der gezählt wird, und die Frist: schema.tabelle.spalte P90D',
    },
  }),
  originalUrl: field(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    {
      label: { en: 'Production database to compare with', de: 'Produktivdatenbank zum Vergleich' },
      help: {
        en: 'Only where this is a test database, and with a role of its own that may read the key columns',
        de: 'Nur wenn dies eine Testdatenbank ist, und mit einer eigenen Rolle, die die Schlüsselspalten lesen darf',
      },
      secret: true,
    },
  ),
  keyColumns: field(columns, {
    label: { en: 'Columns that tell records apart', de: 'Spalten, die Datensätze kennzeichnen' },
    help: {
      en: 'With text or UUIDs, named alike in both: schema.table.column',
      de: 'Mit Text oder UUIDs, in beiden gleich benannt: schema.tabelle.spalte',
    },
  }),
})

/** Reads the catalogue of a PostgreSQL server. Rows are counted only where settings name their columns; no value leaves. */
export const postgres = {
  id: 'postgres',
  title: { en: 'PostgreSQL database', de: 'PostgreSQL-Datenbank' },
  about: {
    en: 'A PostgreSQL server and one of its databases, seen through the system catalogue and, where you name columns, by counts.',
    de: 'Ein PostgreSQL-Server und eine seiner Datenbanken, gesehen durch den Systemkatalog und, wo Sie Spalten nennen, durch Zahlen.',
  },
  settings,
  facts: postgresFacts,
  history: postgresHistory,
  discovers: ({ databases = [] }) => databases.map(({ name, own }) => ({ kind: 'database', key: name, name, own })),
  needs: [
    {
      privilege: 'LOGIN and membership in pg_monitor',
      reason: {
        en: 'Settings and the sessions of others are shown to members of pg_monitor only.',
        de: 'Einstellungen und Sitzungen anderer sieht nur, wer Mitglied von pg_monitor ist.',
      },
    },
    {
      privilege: 'GRANT SELECT ON pg_hba_file_rules and GRANT EXECUTE ON FUNCTION pg_hba_file_rules()',
      reason: {
        en: 'For pg.hba: the rules of who may connect how.',
        de: 'Für pg.hba: die Regeln, wer sich wie verbinden darf.',
      },
    },
    {
      privilege: 'superuser, or SELECT on pg_authid',
      reason: {
        en: 'For pg.password-hash only: how passwords are stored; they are counted by their form, never read out.',
        de: 'Nur für pg.password-hash: wie Passwörter abgelegt sind; gezählt wird nach der Form, ausgelesen nichts.',
      },
    },
    {
      privilege: 'GRANT SELECT (column) ON each table with text',
      reason: {
        en: 'For pg.pii-inventory: patterns are counted in a sample of 500 values; without it only names and types of columns are seen.',
        de: 'Für pg.pii-inventory: Muster werden in einer Stichprobe von 500 Werten gezählt; ohne das Recht sind nur Namen und Typen der Spalten zu sehen.',
      },
    },
    {
      privilege: 'GRANT SELECT (column) of each time column that is declared',
      reason: {
        en: 'For pg.retention: the age of the oldest row and how many are too old.',
        de: 'Für pg.retention: das Alter der ältesten Zeile und wie viele zu alt sind.',
      },
    },
    {
      privilege: 'GRANT SELECT (column) of each key column, in the test database and in production',
      reason: {
        en: 'For pg.no-prod-copy-in-test: both databases hash the keys under a key made for this look; only counts are kept.',
        de: 'Für pg.no-prod-copy-in-test: Beide Datenbanken hashen die Schlüssel mit einem nur dafür erzeugten Schlüssel; behalten werden nur Zahlen.',
      },
    },
  ],
  address: ({ url }) => addressOfUrl(url),
  ownMachine: ({ url, originalUrl }) =>
    [url, originalUrl].some((one) => one !== undefined && placeOf(one).host.startsWith('/')),
  roster: 'roles',
  accounts: ({ roles = [] }) =>
    // A role that may not sign in is a group, or one that was switched off.
    roles.flatMap(({ name, login, superuser, becomesSuperuser, ...rights }) =>
      login
        ? [
            {
              id: name,
              isAdmin: superuser || becomesSuperuser,
              isActive: true,
              rights: rightsOf({ superuser, ...rights }),
            },
          ]
        : [],
    ),
  async collect({ url, tenantColumn, ...settings }, context) {
    const client = await open(url, context)
    try {
      const read = <T>(needs: string, work: () => Promise<T>): Promise<Seen<T>> =>
        work().then(
          (facts) => seen(facts),
          (error: unknown) => reasonOfQuery(error, needs),
        )
      // One connection answers in turn; the order is of no importance.
      return {
        server: await read('LOGIN', () => readServer(client)),
        transport: await read('LOGIN', () => readTransport(client)),
        sessions: await read('pg_monitor', () => readSessions(client)),
        hba: await read('pg_hba_file_rules', () => readHba(client)),
        passwords: await read('pg_authid', () => readPasswords(client)),
        roles: await read('LOGIN', () => readRoles(client)),
        tables: await read('LOGIN', () => readTables(client, tenantColumn)),
        durability: await read('LOGIN', () => readDurability(client)),
        logging: await read('pg_monitor', () => readLogging(client)),
        databases: await read('LOGIN', () => readDatabases(client)),
        configuration: await read('pg_monitor', () => readConfiguration(client)),
        schema: await read('LOGIN', () => readSchema(client)),
        personal: await readPersonal(client, {
          personal: settings.personalColumns,
          pseudonyms: settings.pseudonymColumns,
        }).catch((error: unknown) => reasonOfQuery(error, 'SELECT on the tables')),
        retention: await read('SELECT on the declared columns', () => readRetention(client, settings.retention)),
        copies: await read('SELECT on the key columns in both databases', () => readCopies(client, settings, context)),
      }
    } finally {
      await client.end().catch(() => undefined)
    }
  },
} satisfies Connector<typeof settings, PostgresFacts>

async function setting(client: Client, name: string): Promise<string> {
  return (await one(client, z.object({ value: z.string() }), 'select current_setting($1) as value', [name])).value
}

async function isOn(client: Client, name: string): Promise<boolean> {
  return (await setting(client, name)) === 'on'
}

async function readServer(client: Client): Promise<PostgresFacts['server']> {
  const version = /^\d+(\.\d+)*/.exec(await setting(client, 'server_version'))?.[0] ?? 'unknown'
  return { version, lifecycle: lifecycleOf('postgresql', version) }
}

const localAddresses = ['', 'localhost', '127.0.0.1', '::1']

async function readTransport(client: Client): Promise<PostgresFacts['transport']> {
  const addresses = (await setting(client, 'listen_addresses')).split(',').map((address) => address.trim())
  return {
    tls: await isOn(client, 'ssl'),
    minVersion: await setting(client, 'ssl_min_protocol_version'),
    local: addresses.every((address) => localAddresses.includes(address)),
  }
}

const count = z.coerce.number().int()

async function readSessions(client: Client): Promise<PostgresFacts['sessions']> {
  if (!(await isMember(client, 'pg_read_all_stats')))
    throw new Unreadable('denied', 'the role sees only its own sessions', { needs: 'pg_monitor' })
  return one(
    client,
    z.object({ remote: count, plain: count }),
    `select count(*) as remote, count(*) filter (where not coalesce(s.ssl, false)) as plain
       from pg_stat_activity a left join pg_stat_ssl s using (pid)
      where a.backend_type = 'client backend' and a.client_addr is not null
        and not a.client_addr <<= '127.0.0.0/8'::inet and a.client_addr <> '::1'::inet`,
  )
}

async function readHba(client: Client): Promise<PostgresFacts['hba']> {
  const rules = await rows(
    client,
    postgresFacts.hba.element.extend({ netmask: z.string().nullable() }),
    `select coalesce(type, '') as type, coalesce(database, '{}') as databases, coalesce(user_name, '{}') as users,
            address, netmask, coalesce(auth_method, '') as method, error is not null as broken
       from pg_hba_file_rules order by line_number`,
  )
  return rules.map(({ netmask, ...rule }) => ({
    ...rule,
    address: rule.address === null || netmask === null ? rule.address : `${rule.address}/${prefixLength(netmask)}`,
  }))
}

/** Bits of a netmask: `255.255.0.0` → 16, `ffff:ffff::` → 32. */
export function prefixLength(netmask: string): number {
  const parts = netmask.includes(':')
    ? netmask.split(':').map((part) => Number.parseInt(part === '' ? '0' : part, 16))
    : netmask.split('.').map(Number)
  return parts.reduce((bits, part) => bits + part.toString(2).replaceAll('0', '').length, 0)
}

async function readPasswords(client: Client): Promise<PostgresFacts['passwords']> {
  const encryption = await setting(client, 'password_encryption')
  const counted = await one(
    client,
    z.object({ scram: count, others: count }),
    `select count(*) filter (where rolpassword like 'SCRAM-SHA-256$%') as scram,
            count(*) filter (where rolpassword not like 'SCRAM-SHA-256$%') as others
       from pg_authid where rolpassword is not null`,
  )
  return { encryption, ...counted }
}

async function readRoles(client: Client): Promise<PostgresFacts['roles']> {
  return rows(
    client,
    postgresFacts.roles.element.extend({ ownedTables: count }),
    `select r.rolname as name, r.rolcanlogin as login, r.rolsuper as superuser,
            exists (select from pg_roles s where s.rolsuper and s.oid <> r.oid and not r.rolsuper and pg_has_role(r.oid, s.oid, 'member')) as "becomesSuperuser",
            r.rolbypassrls as "bypassRls", r.rolcreatedb as "createDatabase", r.rolcreaterole as "createRole",
            (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relowner = r.oid and c.relkind in ('r', 'p') and ${userSchema}) as "ownedTables"
       from pg_roles r where r.rolname not like 'pg\\_%' order by r.rolname`,
  )
}

const userSchema = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'"

async function readTables(client: Client, tenantColumn: string): Promise<PostgresFacts['tables']> {
  return rows(
    client,
    postgresFacts.tables.element.extend({ policies: count }),
    `select n.nspname || '.' || c.relname as name, c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as forced,
            exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $1 and not a.attisdropped) as "tenantKey",
            (select count(*) from pg_policy p where p.polrelid = c.oid
              and coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) like '%' || $1 || '%') as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${userSchema} order by 1`,
    [tenantColumn],
  )
}

async function readDurability(client: Client): Promise<PostgresFacts['durability']> {
  return {
    fsync: await isOn(client, 'fsync'),
    fullPageWrites: await isOn(client, 'full_page_writes'),
    synchronousCommit: await setting(client, 'synchronous_commit'),
    checksums: await isOn(client, 'data_checksums'),
  }
}

/** The one by which administrators enter holds nothing unless it was looked at itself. */
async function readDatabases(client: Client): Promise<PostgresFacts['databases']> {
  return rows(
    client,
    postgresFacts.databases.element,
    `select datname as name, datname = current_database() as own from pg_database
      where not datistemplate and datallowconn and (datname <> 'postgres' or datname = current_database()) order by datname`,
  )
}

async function readLogging(client: Client): Promise<PostgresFacts['logging']> {
  // Since version 18 the setting is a list of what to log; anything but off and empty logs connections.
  const connections = await setting(client, 'log_connections')
  return {
    connections: connections !== 'off' && connections !== '',
    disconnections: await isOn(client, 'log_disconnections'),
    statements: await setting(client, 'log_statement'),
    audit: (await setting(client, 'shared_preload_libraries')).split(',').some((name) => name.trim() === 'pgaudit'),
  }
}

/** What a role may do beyond what was granted to it, in the words of PostgreSQL. */
function rightsOf(
  role: Pick<PostgresFacts['roles'][number], 'superuser' | 'createRole' | 'createDatabase' | 'bypassRls'>,
) {
  const words = { superuser: 'SUPERUSER', createRole: 'CREATEROLE', createDatabase: 'CREATEDB', bypassRls: 'BYPASSRLS' }
  return Object.entries(words).flatMap(([name, word]) => (role[name as keyof typeof words] ? [word] : []))
}
