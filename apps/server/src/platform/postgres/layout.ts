import { ownerRole, applicationRole } from './roles.ts'

/**
 * How tenants lie on a server: each in a database of its own, or each in a schema of one database. Each has a login of its own
 * either way, and what nobody but that login may enter.
 */
export const layouts = ['database', 'schema'] as const

/** One of {@link layouts}. */
export type Layout = (typeof layouts)[number]

/** Where the tables of a tenant are, and whose they are. */
export interface Lying {
  readonly database: string
  readonly schema: string
  /** Owns tables and functions; nobody can log in as it. */
  readonly owner: string
  /** To whom the migrations grant what the application may do. */
  readonly application: string
}

/** What a name begins with says how the tenant lies, so that no second record of it can say something else. */
const beginnings: Readonly<Record<Layout, string>> = { database: 'tenant_', schema: 'schema_' }

/** The name of what a tenant lies in, which is the name of its login, too. @param rest small letters and digits, unlike any other */
export function nameIn(layout: Layout, rest: string): string {
  return `${beginnings[layout]}${rest}`
}

/** How a tenant lies, by the name that the registry keeps. */
export function layoutOf(name: string): Layout {
  return name.startsWith(beginnings.schema) ? 'schema' : 'database'
}

/** What a ledger and a certificate call what a tenant lies in, and its login. */
export function partsOf(name: string): readonly [Layout, `${Layout}-login`] {
  const layout = layoutOf(name)
  return [layout, `${layout}-login`]
}

/** Whether it is a name of a tenant at all: only these are ever created, and only these are ever dropped. */
export function isTenantName(name: string): boolean {
  return /^(tenant|schema)_[a-z0-9]{8,40}$/.test(name)
}

/** The database of all tenants that lie as schemas, which is also the role that may enter it: each login is a member. */
export function sharedDatabase(prefix: string): string {
  return `${prefix}_tenants`
}

/** Who owns what lies in a schema: a role for each, so that not even the functions of one reach the tables of another. */
export function ownerOf(schema: string): string {
  return `${schema}_owner`
}

/** Where a tenant lies. @param prefix of the installation */
export function lyingOf(name: string, prefix: string): Lying {
  return layoutOf(name) === 'schema'
    ? { database: sharedDatabase(prefix), schema: name, owner: ownerOf(name), application: name }
    : inDatabase(name)
}

/** The tables of a database that has nothing else. */
export function inDatabase(database: string): Lying {
  return { database, schema: 'public', owner: ownerRole, application: applicationRole }
}
