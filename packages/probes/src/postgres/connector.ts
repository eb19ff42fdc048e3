import type { Client } from 'pg'
import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { lifecycleOf } from '../versions/end-of-life.ts'
import { addressOfUrl, one, open, placeOf, reasonOfQuery, rows } from './client.ts'
import { postgresFacts } from './facts.ts'
import type { PostgresFacts } from './facts.ts'

const settings = z.object({
  url: field(z.string().regex(/^postgres(ql)?:\/\//), {
    label: { en: 'Connection address', de: 'Verbindungsadresse' },
    help: { en: 'postgres://role:password@host:port/database', de: 'postgres://rolle:passwort@host:port/datenbank' },
    secret: true,
  }),
  tenantColumn: field(z.string().min(1).default('tenant_id'), {
    label: { en: 'Column of the tenant', de: 'Spalte des Mandanten' },
  }),
})

/** Reads the catalogue of a PostgreSQL server; no row of a table of the user is read. */
export const postgres = {
  id: 'postgres',
  title: { en: 'PostgreSQL database', de: 'PostgreSQL-Datenbank' },
  about: {
    en: 'A PostgreSQL server and one of its databases, seen through the system catalogue.',
    de: 'Ein PostgreSQL-Server und eine seiner Datenbanken, gesehen durch den Systemkatalog.',
  },
  settings,
  facts: postgresFacts,
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
  ],
  address: ({ url }) => addressOfUrl(url),
  ownMachine: ({ url }) => placeOf(url).host.startsWith('/'),
  async collect({ url, tenantColumn }, context) {
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
  const { sees } = await one(
    client,
    z.object({ sees: z.boolean() }),
    "select pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees",
  )
  if (!sees) throw new Unreadable('denied', 'the role sees only its own sessions', { needs: 'pg_monitor' })
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
