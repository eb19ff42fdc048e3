import { hash } from 'node:crypto'
import type { Client } from 'pg'
import { z } from 'zod'
import { rows } from './client.ts'
import type { PostgresFacts } from './facts.ts'

/** More text than this is kept as one hash for each object: 5,000 tables still fit, and a difference still has a name. */
const mostBytes = 200_000
const mostEntries = 20_000

const described = z.object({ object: z.string(), line: z.string() })
type Line = z.output<typeof described>

/** Describes the structure of a database so that the same structure always gives the same text, and hashes it. */
export async function readSchema(client: Client): Promise<PostgresFacts['schema']> {
  const lines: Line[] = []
  // Names come without their schema where it is in the search path, which differs from role to role.
  await client.query("select set_config('search_path', 'pg_catalog', false)")
  for (const statement of statements) lines.push(...(await rows(client, described, statement)))
  return summarise(lines)
}

/** Hash and bounded description; the order in which lines came does not matter. */
export function summarise(lines: readonly Line[]): PostgresFacts['schema'] {
  const texts = lines.map(({ line }) => line).sort()
  const byObject = Map.groupBy(lines, ({ object }) => object)
  const readable = texts.map(withoutLiterals)
  const isSmall = readable.reduce((bytes, line) => bytes + line.length, 0) <= mostBytes
  const objects = [...byObject].map(
    ([object, own]) =>
      `${object} #${short(
        own
          .map(({ line }) => line)
          .sort()
          .join('\n'),
      )} (${own.length} lines)`,
  )
  return {
    hash: hash('sha256', texts.join('\n')),
    objects: byObject.size,
    detail: isSmall ? 'lines' : 'objects',
    entries: isSmall ? readable : objects.sort().slice(0, mostEntries),
  }
}

/** Texts in expressions may be anything, even a name or a key: a hash of the line stands for them. */
function withoutLiterals(line: string): string {
  const masked = line.replace(/'(?:[^']|'')*'/g, "'…'")
  return masked === line ? line : `${masked} #${short(line)}`
}

const short = (text: string) => hash('sha256', text).slice(0, 12)

const ofUsers = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'"
const notOfExtension = (catalogue: string, id: string) =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${id} and e.deptype = 'e')`
const relation = `pg_class c join pg_namespace n on n.oid = c.relnamespace and ${ofUsers}`
/** Partitions come and go by themselves; the table that they belong to is described. */
const kept = `c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c') and not c.relispartition and ${notOfExtension('pg_class', 'c.oid')}`
const name = "n.nspname || '.' || c.relname"
const grants = (object: string, acl: string, from: string) =>
  `select (${object}) as object, 'grant ' || (${object}) || ' to ' || coalesce(r.rolname, 'PUBLIC') || ' '
          || string_agg(a.privilege_type || case when a.is_grantable then '*' else '' end, ',' order by a.privilege_type collate "C") as line
     from ${from} cross join lateral aclexplode(${acl}) a left join pg_roles r on r.oid = a.grantee`

const statements = [
  `select n.nspname as object, 'schema ' || n.nspname || ' owner ' || pg_get_userbyid(n.nspowner) as line
     from pg_namespace n where ${ofUsers}`,
  `select 'extension ' || e.extname as object, 'extension ' || e.extname || ' ' || e.extversion as line from pg_extension e`,
  `select ${name} as object, case c.relkind when 'r' then 'table ' when 'p' then 'partitioned table ' when 'v' then 'view '
            when 'm' then 'materialised view ' when 'f' then 'foreign table ' when 'S' then 'sequence ' else 'type ' end
          || ${name} || ' owner ' || pg_get_userbyid(c.relowner)
          || case when c.relrowsecurity then ' row security' else '' end || case when c.relforcerowsecurity then ' forced' else '' end
          || case when c.relpersistence = 'u' then ' unlogged' else '' end || coalesce(' options ' || array_to_string(c.reloptions, ','), '')
          || case when c.relkind in ('v', 'm') then ' #' || left(md5(pg_get_viewdef(c.oid)), 12) else '' end
          || case when c.relkind = 'p' then ' by ' || pg_get_partkeydef(c.oid) else '' end as line
     from ${relation} where ${kept}`,
  `select ${name} as object, 'column ' || ${name} || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
          || case when a.attgenerated = '' then coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                  else ' generated ' || pg_get_expr(d.adbin, d.adrelid) end as line
     from ${relation} join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where ${kept} and c.relkind <> 'S'`,
  // Since version 18 "not null" is a constraint, too; it stands with its column already.
  `select ${name} as object, 'constraint ' || ${name} || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
          || case when k.convalidated then '' else ' unchecked' end as line
     from pg_constraint k join ${relation} on c.oid = k.conrelid where ${kept} and k.contype <> 'n'`,
  `select ${name} as object, 'index ' || pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end as line
     from pg_index i join ${relation} on c.oid = i.indrelid where ${kept}`,
  `select ${name} as object, 'policy ' || ${name} || '.' || p.polname || ' ' || p.polcmd::text
          || case when p.polpermissive then '' else ' restrictive' end
          || ' to ' || coalesce((select string_agg(r.rolname, ',' order by r.rolname collate "C") from pg_roles r where r.oid = any (p.polroles)), 'PUBLIC')
          || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '') || coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), '') as line
     from pg_policy p join ${relation} on c.oid = p.polrelid where ${kept}`,
  `select ${name} as object, 'trigger ' || t.tgname || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid) as line
     from pg_trigger t join ${relation} on c.oid = t.tgrelid where ${kept} and not t.tgisinternal`,
  `select n.nspname || '.' || p.proname || '()' as object,
          'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') '
          || coalesce('returns ' || pg_get_function_result(p.oid), '') || ' ' || l.lanname || ' ' || p.provolatile::text || ' owner ' || pg_get_userbyid(p.proowner)
          || case when p.prosecdef then ' as owner' else '' end || coalesce(' set ' || array_to_string(p.proconfig, ','), '')
          || ' #' || left(md5(coalesce(p.prosrc, '') || coalesce(p.probin, '') || coalesce(pg_get_expr(p.proargdefaults, 0), '')), 12) as line
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${ofUsers} join pg_language l on l.oid = p.prolang
    where ${notOfExtension('pg_proc', 'p.oid')}`,
  `select n.nspname || '.' || t.typname as object, 'type ' || n.nspname || '.' || t.typname || ' '
          || case t.typtype when 'e' then 'enum ' || coalesce((select string_agg(l.enumlabel, ',' order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid), '')
               else 'domain ' || format_type(t.typbasetype, t.typtypmod) || case when t.typnotnull then ' not null' else '' end
                 || coalesce(' ' || (select string_agg(pg_get_constraintdef(k.oid), ' ' order by k.conname collate "C") from pg_constraint k
                                      where k.contypid = t.oid and k.contype <> 'n'), '') end as line
     from pg_type t join pg_namespace n on n.oid = t.typnamespace and ${ofUsers}
    where t.typtype in ('e', 'd') and ${notOfExtension('pg_type', 't.oid')}`,
  `${grants(name, "coalesce(c.relacl, acldefault((case c.relkind when 'S' then 's' else 'r' end)::\"char\", c.relowner))", relation)}
    where ${kept} and c.relkind <> 'c' group by 1, r.rolname, c.oid`,
  `${grants(`${name} || '.' || b.attname`, 'b.attacl', `${relation} join pg_attribute b on b.attrelid = c.oid and b.attacl is not null`)}
    where ${kept} group by 1, r.rolname, c.oid`,
  `${grants('n.nspname', "coalesce(n.nspacl, acldefault('n', n.nspowner))", 'pg_namespace n')} where ${ofUsers} group by 1, r.rolname`,
  `${grants(
    "n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'",
    "coalesce(p.proacl, acldefault('f', p.proowner))",
    `pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${ofUsers}`,
  )} where ${notOfExtension('pg_proc', 'p.oid')} group by 1, r.rolname`,
]
