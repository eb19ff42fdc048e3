import type { Pool } from 'pg'
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
