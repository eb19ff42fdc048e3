import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { grantScopes, permissions, permissionsOf, permissionsOfGrant, roles } from '../kernel/index.ts'
import type { AnyOperation, Role } from '../kernel/index.ts'
import { conceptPage } from './concept-page.ts'
import { Concept } from './concept-view.ts'
import { permissionWords, scopeWords, standingWords } from './words.ts'

/** What the authorisation concept needs of the rest of the server. */
export interface ConceptDependencies {
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  /** All operations: asked for when somebody reads, since this one is among them. */
  readonly operations: () => readonly AnyOperation[]
}

/** The authorisation concept: made from the permissions in the code and the people who are there now. */
export function conceptOperations(dependencies: ConceptDependencies) {
  return [
    tenantOperation({
      id: 'access.concept',
      summary: 'Says who may do what: roles, permissions, what they open, and everybody who has them',
      needs: 'access:read',
      input: z.object({}),
      output: Concept,
      run: (_, context) => conceptOf(context, dependencies),
    }),
    tenantOperation({
      id: 'access.document',
      summary: 'Hands out the authorisation concept as a page for printing, or as JSON',
      kind: 'download',
      needs: 'access:read',
      input: z.object({ format: z.enum(['html', 'json']), language: z.enum(['en', 'de']).default('en') }),
      output: z.unknown(),
      async run({ format, language }, context) {
        const concept = await conceptOf(context, dependencies)
        const name = `${concept.tenant.slug}-access-${concept.at.slice(0, 10)}.${format}`
        return format === 'json'
          ? { name, type: 'application/json', bytes: Buffer.from(`${JSON.stringify(concept, null, 2)}\n`) }
          : { name, type: 'text/html; charset=utf-8', bytes: Buffer.from(conceptPage(concept, language)) }
      },
    }),
  ]
}

async function conceptOf(context: TenantContext, dependencies: ConceptDependencies): Promise<Concept> {
  const people = await peopleOf(context, dependencies)
  const operations = dependencies.operations().filter((operation) => operation.scope === 'tenant')
  const role = (key: Role) => ({
    key,
    words: standingWords[key],
    permissions: [...permissionsOf(key)],
    people: people.members.filter((member) => member.role === key).length,
  })
  return {
    tenant: { slug: context.tenant.slug, name: context.tenant.name },
    at: context.now.toISOString(),
    columns: [
      ...roles.map(role),
      ...grantScopes.map((scope) => ({
        key: `operator-${scope}`,
        words: scopeWords[scope],
        permissions: [...permissionsOfGrant(scope)],
        people: people.grants.filter((grant) => grant.scope === scope).length,
      })),
      {
        key: 'guest',
        words: standingWords.guest,
        permissions: [...permissionsOf('guest')],
        people: new Set(people.guests.map((guest) => guest.email)).size,
      },
    ],
    permissions: permissions.map((permission) => ({
      permission,
      words: permissionWords[permission],
      operations: operations
        .filter((operation) => operation.needs === permission)
        .map(({ id, summary, changes }) => ({ id, summary, changes })),
    })),
    ...people,
  }
}

type People = Pick<Concept, 'members' | 'invitations' | 'guests' | 'grants'>

async function peopleOf({ sql, now }: TenantContext, { accountsById }: ConceptDependencies): Promise<People> {
  const members = await sql.query<{ id: string; role: Role; since: Date }>(
    'select account_id as id, role, since from membership order by since',
  )
  const invitations = await sql.query<{ name: string; email: string; role: Role | 'guest'; until: Date }>(
    `select name, email, role, expires_at as until from invitation
     where used_at is null and expires_at > $1 order by invited_at`,
    [now],
  )
  const guests = await sql.query<{ id: string; room: string; since: Date; until: Date }>(
    `select g.account_id as id, r.name as room, g.since, r.until from guest g join room r on r.id = g.room_id
     where r.closed_at is null and r.until > $1 order by r.until`,
    [now],
  )
  const grants = await sql.query<{
    id: string
    scope: (typeof grantScopes)[number]
    reason: string
    since: Date
    until: Date
  }>(
    `select account_id as id, scope, reason, given_at as since, until from access_grant
     where given_at is not null and ended_at is null and until > $1 order by until`,
    [now],
  )
  const known = await accountsById([...members.rows, ...guests.rows, ...grants.rows].map((row) => row.id))
  /** With name and address; whose account is gone has no access any more. */
  const named = <R extends { id: string }, T>(rows: readonly R[], shape: (row: R) => T) =>
    rows.flatMap((row) => {
      const account = known.get(row.id)
      return account ? [{ name: account.name, email: account.email, ...shape(row) }] : []
    })
  return {
    members: named(members.rows, ({ role, since }) => ({ role, since: since.toISOString() })),
    invitations: invitations.rows.map((row) => ({ ...row, until: row.until.toISOString() })),
    guests: named(guests.rows, ({ room, since, until }) => ({
      room,
      since: since.toISOString(),
      until: until.toISOString(),
    })),
    grants: named(grants.rows, ({ scope, reason, since, until }) => ({
      scope,
      reason,
      since: since.toISOString(),
      until: until.toISOString(),
    })),
  }
}
