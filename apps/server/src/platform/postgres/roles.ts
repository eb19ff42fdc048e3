import { createHmac } from 'node:crypto'
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg'
import { exists } from './administration.ts'
import type { Credential, PostgresServer } from './server.ts'

/** Owns every table and function of every database. Nobody can log in as it: only migrations and SECURITY DEFINER functions act as it. */
export const ownerRole = 'art32_owner'

/** What the application may do: migrations grant to this role, and the login role of each database is a member of it. */
export const applicationRole = 'art32_application'

/** What art32 may see of itself as of any application: the views of the schema art32 in the control database. */
const observerRole = 'art32_observer'

/**
 * Makes the roles all databases share. They may be named in migrations, and they open no door: whoever logs in does
 * so as the role of one database, the only one it may connect to.
 */
export async function ensureRoles(client: ClientBase, server: PostgresServer): Promise<void> {
  for (const role of [ownerRole, applicationRole, observerRole]) {
    if (!(await exists(client, 'role', role))) await client.query(`create role ${role} nologin`)
  }
  // An administrator who is no superuser acts only for roles it is a member of.
  if (!server.superuser) await client.query(`grant ${ownerRole} to current_user`)
  if (server.embedded) await client.query('revoke all on database postgres, template1 from public')
}

/** Makes a login role, or gives it this password. @param member of which role: by default of the application's */
export async function ensureLogin(
  client: ClientBase,
  server: PostgresServer,
  login: Credential,
  member: string = applicationRole,
): Promise<void> {
  const role = escapeIdentifier(login.user)
  const statements = [
    ...((await exists(client, 'role', login.user)) ? [] : [`create role ${role}`]),
    `alter role ${role} login password ${escapeLiteral(login.password)}`,
    `grant ${member} to ${role}`,
    ...(server.superuser ? [] : [`grant ${role} to current_user`]),
  ]
  // Sent together they are one transaction, which waits for the disk once.
  await client.query(statements.join('; '))
}

/** The login by which the installation is looked at, and the role that it is a member of. */
export function observerLogin(server: PostgresServer, prefix: string): { login: Credential; role: string } {
  const user = `${prefix}_observer_login`
  return { login: { user, password: derivePassword(server, user) }, role: observerRole }
}

/** The login of the control database, which has its name. */
export function controlLogin(server: PostgresServer, prefix: string): Credential {
  const user = `${prefix}_control`
  return { user, password: derivePassword(server, user) }
}

/** A password that each process knows that knows the administrator's; so none is stored for the control database. */
export function derivePassword({ administrator }: PostgresServer, role: string): string {
  return createHmac('sha256', administrator.password).update(`art32 role ${role}`).digest('base64url')
}
