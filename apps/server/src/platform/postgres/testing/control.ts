import { fileURLToPath } from 'node:url'
import { escapeIdentifier } from 'pg'
import { readMigrations } from '../../migrate.ts'
import { alone, copyStrategy, exists, withClient } from '../administration.ts'
import { sharedDatabase } from '../layout.ts'
import { ensureRoles, ownerRole } from '../roles.ts'
import type { PostgresServer } from '../server.ts'
import { ensureTemplate } from '../template.ts'

const folders = ['ledger', 'control'].map((name) =>
  fileURLToPath(new URL(`../../../../migrations/${name}`, import.meta.url)),
)

/** Begins the name of the template that all installations of a test run share. */
export const templatePrefix = 'test_tenant'

/**
 * The control database of an installation to come, migrated already: hundreds of installations start in a test run, and
 * each would spend most of its start on an empty database. Does nothing where there is one.
 */
export async function cloneControl(server: PostgresServer, prefix: string): Promise<void> {
  await withClient(server.url(server.maintenance), async (client) => {
    const control = `${prefix}_control`
    if (await exists(client, 'database', control)) return
    const template = await alone(client, async () => {
      await ensureRoles(client, server)
      return await ensureTemplate(client, server, 'test_control', readMigrations(folders), { hidesNeighbours: false })
    })
    const strategy = await copyStrategy(client, server)
    await client.query(
      `create database ${escapeIdentifier(control)} template ${escapeIdentifier(template)} strategy ${strategy} owner ${ownerRole}`,
    )
  })
}

/** Drops the databases of an installation that nobody starts again: hundreds of them would fill the machine. */
export async function dropInstallation(server: PostgresServer, prefix: string): Promise<void> {
  const control = `${prefix}_control`
  await withClient(server.url(server.maintenance), async (client) => {
    if (!(await exists(client, 'database', control))) return
    const { rows } = await withClient(server.url(control), (inside) =>
      inside.query<{ database_name: string }>('select database_name from tenant'),
    )
    for (const name of [control, sharedDatabase(prefix), ...rows.map((row) => row.database_name)])
      await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
  })
}
