import { html } from '@art32/press'
import type { Markup } from '@art32/press'
import { escapeIdentifier } from 'pg'
import type { Pool } from 'pg'
import type { Queryable, TenantContext, Tenants } from '../evidence/index.ts'
import type { Registry } from '../tenant/index.ts'
import { waysIn } from './belonging.ts'
import type { Way } from './belonging.ts'
import { actorRange } from './erasure.ts'
import type { Leaver } from './erasure.ts'
import { stays } from './notice.ts'
import { purposes } from './purposes.ts'

type Row = Readonly<Record<string, unknown>>

/** An event of a ledger that the person caused. */
interface Action {
  readonly index: number
  readonly at: string
  readonly type: string
  readonly about: string
}

/** What one database stores about a person. */
interface Place {
  /** Rows by table. */
  readonly tables: Readonly<Record<string, readonly Row[]>>
  readonly actions: readonly Action[]
}

/** Everything that is stored about one account. */
export interface AccountExport {
  readonly format: 'art32.account/1'
  readonly madeAt: string
  readonly installation: Place
  readonly tenants: readonly ({ readonly tenant: string; readonly name: string } & Place)[]
}

const hidden = '(stored, never handed out)'

/** Collects everything that is stored about a person, by the declarations of `fields.ts`. Secrets are named, not shown. */
export async function exportOf(
  person: Leaver,
  { control, registry, tenants, now }: { control: Pool; registry: Registry; tenants: Tenants; now: () => Date },
): Promise<AccountExport> {
  const own: AccountExport['tenants'][number][] = []
  for (const tenant of await registry.list()) {
    if (!(await registry.findDoor(tenant.id, person.id))) continue
    const place = await tenants.asSystem(tenant.id, ({ sql }) => placeOf(sql, 'tenant', person), {
      evenSuspended: true,
    })
    own.push({ tenant: tenant.slug, name: tenant.name, ...place })
  }
  return {
    format: 'art32.account/1',
    madeAt: now().toISOString(),
    installation: await placeOf(control, 'control', person),
    tenants: own,
  }
}

/** What one tenant stores about somebody, by the declarations of `fields.ts`; the same as in the export of an account. */
export async function dataAbout({ sql }: TenantContext, person: Leaver): Promise<Place> {
  return await placeOf(sql, 'tenant', person)
}

async function placeOf(sql: Queryable, database: 'control' | 'tenant', person: Leaver): Promise<Place> {
  const tables: Record<string, Row[]> = {}
  for (const way of waysIn(database)) {
    const rows = await rowsOf(sql, way, person)
    if (rows.length > 0) tables[way.table] = [...(tables[way.table] ?? []), ...rows]
  }
  return { tables, actions: await actionsOf(sql, person.id) }
}

async function rowsOf(sql: Queryable, way: Way, { id, name, email }: Leaver): Promise<Row[]> {
  const at = escapeIdentifier(way.column)
  const [where, values] = {
    'of account': [`${at}::text = $1`, [id]],
    'by account': [`${at}::text = $1`, [id]],
    'kept for account': [`${at}::text = $1`, [id]],
    'kept for person': [`${at} in (select id from person where lower(email) = lower($1))`, [email]],
    'kept at address': [`lower(${at}) = lower($1)`, [email]],
    'at address': [`lower(${at}) = lower($1)`, [email]],
    naming: [`lower(${at}) in (lower($1), lower($2))`, [name, email]],
  }[way.belongs] as [string, string[]]
  // A row that others made, and that only names the person, is theirs: its id, its times and that name are handed out.
  const isOwn = way.belongs === 'of account' || way.belongs === 'kept for person' || way.belongs.endsWith('at address')
  const { rows } = await sql.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${escapeIdentifier(way.table)} t where ${where}`,
    values,
  )
  return rows.map(({ row }) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([column, value]) => {
        if (value === null || way.hashes.includes(column)) return []
        if (way.secret.includes(column)) return isOwn ? [[column, hidden]] : []
        return isOwn || column === way.column || !way.others.includes(column) ? [[column, value]] : []
      }),
    ),
  )
}

async function actionsOf(sql: Queryable, accountId: string): Promise<Action[]> {
  const { rows } = await sql.query<{ idx: string; at: Date; type: string; subject: string }>(
    `select e.idx, e.at, e.type, e.subject from opening o join log_entry e on e.idx = o.idx
     where o.role = 'actor' and o.content is not null and o.content >= $1 and o.content < $2
     union all
     select e.idx, e.at, convert_from(e.leaf, 'UTF8')::jsonb ->> 'type', convert_from(e.leaf, 'UTF8')::jsonb -> 'subj' ->> 'id'
     from earlier_opening o join earlier_entry e on e.log_id = o.log_id and e.idx = o.idx
     where o.role = 'actor' and o.content is not null and o.content >= $1 and o.content < $2
     order by at, idx`,
    actorRange(accountId),
  )
  return rows.map(({ idx, at, type, subject }) => ({ index: Number(idx), at: at.toISOString(), type, about: subject }))
}

/** The same for reading. */
export function renderExport(data: AccountExport, language: 'en' | 'de'): string {
  const de = language === 'de'
  const place = ({ tables, actions }: Place): Markup =>
    html`${Object.entries(tables).map(
        ([table, rows]) =>
          html`<h3>${table}</h3>
            ${rows.map(
              (row) =>
                html`<table>
                  ${Object.entries(row).map(
                    ([name, value]) =>
                      html`<tr>
                        <th scope="row">${name}</th>
                        <td>${typeof value === 'string' ? value : JSON.stringify(value)}</td>
                      </tr>`,
                  )}
                </table> `,
            )}`,
      )}
      <h3>${de ? 'Was Sie getan haben' : 'What you did'}</h3>
      <table>
        <tr>
          <th>${de ? 'Wann' : 'When'}</th>
          <th>${de ? 'Was' : 'What'}</th>
          <th>${de ? 'Woran' : 'About'}</th>
          <th>${de ? 'Nummer im Journal' : 'Number in the ledger'}</th>
        </tr>
        ${actions.map(
          ({ index, at, type, about }) =>
            html`<tr>
              <td>${at}</td>
              <td>${type}</td>
              <td>${about}</td>
              <td>${index}</td>
            </tr> `,
        )}
      </table> `
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${de ? 'Ihre Daten in art32' : 'Your data in art32'}</title>
        <style>
          body {
            font:
              1rem/1.5 Georgia,
              serif;
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
          }
          table {
            border-collapse: collapse;
            margin-bottom: 1rem;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 0.1rem 1rem 0.1rem 0;
            overflow-wrap: anywhere;
          }
        </style>
      </head>
      <body>
        <h1>${de ? 'Ihre Daten in art32' : 'Your data in art32'}</h1>
        <p>
          ${de ? 'Stand' : 'As of'} ${data.madeAt}.
          ${
            de
              ? 'Dasselbe steht maschinenlesbar in account.json. Geheimnisse wie das Passwort sind genannt und nie enthalten.'
              : 'The same is in account.json for machines. Secrets such as the password are named and never included.'
          }
        </p>
        <h2>${de ? 'Diese Installation' : 'This installation'}</h2>
        ${place(data.installation)}
        ${data.tenants.map(
          (tenant) =>
            html`<h2>${tenant.name} (${tenant.tenant})</h2>
              ${place(tenant)}`,
        )}
        <h2>${de ? 'Wofür und wie lange' : 'What for and how long'}</h2>
        <ul>
          ${Object.values(purposes).map(
            ({ what, why, until }) => html`<li>${what[language]}: ${why[language]}; ${until[language]}.</li> `,
          )}
        </ul>
        <h2>${de ? 'Was beim Löschen bleibt' : 'What stays after a deletion'}</h2>
        <ul>
          ${stays.map((text) => html`<li>${text[language]}</li> `)}
        </ul>
      </body>
    </html> `
  return page.markup
}
