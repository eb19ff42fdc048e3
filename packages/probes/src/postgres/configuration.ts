import type { Client } from 'pg'
import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { isMember, rows } from './client.ts'
import type { PostgresFacts } from './facts.ts'

const row = z.object({
  name: z.string(),
  value: z.string(),
  source: z.string(),
  isText: z.boolean(),
  pendingRestart: z.boolean(),
})

const longest = 1_000

/**
 * Settings that are not at their default, and those of roles. What is set for the session of this look alone is left out.
 * Values that may hold a password (connection strings, commands, settings of applications) stay where they are.
 */
export async function readConfiguration(client: Client): Promise<PostgresFacts['configuration']> {
  if (!(await isMember(client, 'pg_read_all_settings')))
    throw new Unreadable('denied', 'the role does not see all settings', { needs: 'pg_monitor' })
  const server = await rows(
    client,
    row,
    `select name, current_setting(name) as value, source, vartype = 'string' as "isText", pending_restart as "pendingRestart"
       from pg_settings
      where source in ('configuration file', 'command line', 'environment variable', 'global', 'database') or pending_restart`,
  )
  const ofRoles = await rows(
    client,
    row,
    `select 'role ' || r.rolname || case when d.datname is null then '' else ' in this database' end || ': ' || split_part(entry, '=', 1) as name,
            substr(entry, strpos(entry, '=') + 1) as value, 'role' as source, true as "isText", false as "pendingRestart"
       from pg_db_role_setting s join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase,
            unnest(s.setconfig) as entry
      where s.setdatabase = 0 or d.datname = current_database()`,
  )
  return [...server, ...ofRoles]
    .map(({ isText, value, ...rest }) => ({
      ...rest,
      value: isText && mayBeSecret(rest.name) ? null : value.slice(0, longest),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Names with a dot belong to extensions and applications, which keep keys and tokens in them. */
export function mayBeSecret(name: string): boolean {
  const bare = name.replace(/^role .*: /, '')
  return bare.includes('.') || (/conninfo|command|pass|secret|key|token/i.test(bare) && !bare.endsWith('_file'))
}
