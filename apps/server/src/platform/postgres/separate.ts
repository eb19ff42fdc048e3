import type { ClientBase, Pool } from 'pg'
import { applicationRole, ownerRole } from './roles.ts'

/** How far the catalogue of the server keeps tenants apart. */
export interface Separate {
  readonly databases: number
  readonly logins: number
  readonly isControlClosed: boolean
}

/** A database that nobody may enter but its owner, as whom nobody logs in, and the named ones; a right without a list is everybody's. */
const enteredOnlyBy = (names: string) => `pg_get_userbyid(d.datdba) = $2 and not exists (
  select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a left join pg_roles g on g.oid = a.grantee
  where a.grantee <> d.datdba and (g.rolname is null or not g.rolname = any (${names})))`

/** A role that can do no more than it was granted. */
const plain = (role: string) =>
  `not (${['rolsuper', 'rolcreatedb', 'rolcreaterole', 'rolreplication', 'rolbypassrls'].map((power) => `${role}.${power}`).join(' or ')})`

const question = `
  with application as (
    select ${plain('r')} and not r.rolcanlogin and not exists (select from pg_auth_members m where m.member = r.oid) as sound
    from pg_roles r where r.rolname = $3)
  select
    (select count(*)::int from pg_database d where d.datname = any ($1) and ${enteredOnlyBy('array[d.datname]')}) as databases,
    (select count(*)::int from pg_roles r, application where r.rolname = any ($1) and application.sound and r.rolcanlogin
      and ${plain('r')} and not exists (
        select from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname <> $3)) as logins,
    exists (select from pg_database d where d.datname = ($4::name[])[1] and ${enteredOnlyBy('$4::name[]')}) as "isControlClosed"`

/** Reads who may enter what, of all at once: two catalogues of one row for each tenant. */
export async function countSeparate(
  administration: Pool,
  names: readonly string[],
  control: readonly string[],
): Promise<Separate> {
  // The control database has the name of its login.
  const { rows } = await administration.query<Separate>(question, [names, ownerRole, applicationRole, control])
  return rows[0] ?? { databases: 0, logins: 0, isControlClosed: false }
}

/** What a list of rights gives to nobody but the roles of its own schema. */
const onlyToOwn = (list: string) => `not exists (
  select from aclexplode(${list}) a where a.grantee not in (n.nspowner, l.oid))`

/**
 * Schemas whose owner nobody logs in as, and where neither the schema nor anything in it is open to others; and logins that are
 * members of nothing but the role that may enter the database they share, which may do nothing else anywhere.
 */
const schemaQuestion = `
  with entrance as (
    select r.oid from pg_roles r where r.rolname = $2 and ${plain('r')} and not r.rolcanlogin
      and not exists (select from pg_auth_members m where m.member = r.oid)
      and not exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
        and not (d.classid = 'pg_database'::regclass and d.objid = (select oid from pg_database where datname = $2)))),
  own as (
    select n.oid, n.nspowner, n.nspacl, l.oid as login,
      l.rolcanlogin and ${plain('l')} and exists (select from entrance) and not exists (
        select from pg_auth_members m where m.member = l.oid and m.roleid not in (select oid from entrance))
      and not exists (
        select from pg_auth_members m join pg_roles g on g.oid = m.member
        where m.roleid in (l.oid, n.nspowner) and g.rolname <> current_user) as "isPlain",
      o.rolname = n.nspname || '_owner' and not o.rolcanlogin and ${plain('o')}
      and not exists (select from pg_auth_members m where m.member = o.oid)
      and ${onlyToOwn(`coalesce(n.nspacl, acldefault('n', n.nspowner))`)}
      and not exists (select from pg_class c where c.relnamespace = n.oid
        and (c.relowner <> n.nspowner or not ${onlyToOwn(`coalesce(c.relacl, acldefault('r', c.relowner))`)}))
      and not exists (select from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = n.oid and a.attacl is not null and not ${onlyToOwn('a.attacl')})
      and not exists (select from pg_proc p where p.pronamespace = n.oid
        and (p.proowner <> n.nspowner or not ${onlyToOwn(`coalesce(p.proacl, acldefault('f', p.proowner))`)})) as "isOwn"
    from pg_namespace n join pg_roles l on l.rolname = n.nspname join pg_roles o on o.oid = n.nspowner
    where n.nspname = any ($1))
  select (select count(*)::int from own where "isOwn") as databases, (select count(*)::int from own where "isPlain") as logins`

/**
 * The same for tenants that lie as schemas: each owned by a role of its own, and open to one login alone.
 *
 * @param client of the administrator, in the database that they share
 */
export async function countSeparateSchemas(
  client: ClientBase,
  names: readonly string[],
  shared: string,
): Promise<Pick<Separate, 'databases' | 'logins'>> {
  const { rows } = await client.query<Pick<Separate, 'databases' | 'logins'>>(schemaQuestion, [names, shared])
  return rows[0] ?? { databases: 0, logins: 0 }
}
