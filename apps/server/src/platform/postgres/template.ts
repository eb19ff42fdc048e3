import { type ClientBase, escapeIdentifier } from 'pg'
import { digestOf, migrate, type Migration } from '../migrate.ts'
import { exists, withClient } from './administration.ts'
import { ownerRole } from './roles.ts'
import type { PostgresServer } from './server.ts'

/**
 * The template has the digest of its migrations in its name. It is made under another name and renamed when whole, so
 * that a crash leaves no half-migrated template; then nobody can connect to it any more, and clones never wait. Earlier
 * templates of the same prefix are dropped. Call it `alone`.
 */
export async function ensureTemplate(
  client: ClientBase,
  server: PostgresServer,
  prefix: string,
  migrations: readonly Migration[],
  { hidesNeighbours = true }: { readonly hidesNeighbours?: boolean } = {},
): Promise<string> {
  const template = `${prefix}_template_${digestOf(migrations).slice(0, 12)}`
  if (await exists(client, 'database', template)) return template
  const draft = `${prefix}_template_draft`
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_catalog.pg_database where starts_with(datname, $1)`,
    [`${prefix}_template_`],
  )
  for (const { datname } of rows) {
    await client.query(`alter database ${escapeIdentifier(datname)} is_template false`)
    await client.query(`drop database ${escapeIdentifier(datname)} with (force)`)
  }
  await client.query(`create database ${escapeIdentifier(draft)} owner ${ownerRole} template template0`)
  await client.query(`revoke all on database ${escapeIdentifier(draft)} from public`)
  await withClient(server.url(draft), async (inside) => {
    await migrate(inside, migrations, ownerRole)
    if (hidesNeighbours && server.superuser) await inside.query(hideNeighbours)
  })
  await client.query(`alter database ${escapeIdentifier(draft)} allow_connections false is_template true`)
  await client.query(`alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(template)}`)
  return template
}

/**
 * The catalogues that all databases of a server have in common would tell a tenant the names of the others. Rights on
 * them are kept per database, and clones inherit them. Only a superuser may do it.
 */
export const hideNeighbours = `
  revoke select on pg_database, pg_roles, pg_user, pg_group, pg_auth_members, pg_db_role_setting, pg_shdepend,
    pg_shdescription, pg_shseclabel, pg_stat_activity, pg_stat_database, pg_stat_database_conflicts, pg_stat_ssl,
    pg_stat_gssapi, pg_locks, pg_prepared_xacts, pg_init_privs
    from public;
  revoke execute on function pg_get_userbyid(oid), pg_stat_get_activity(integer), pg_lock_status() from public`
