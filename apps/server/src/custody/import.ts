import { createHash } from 'node:crypto'
import { DatabaseError } from 'pg'
import { z } from 'zod'
import { invitePending } from '../access/index.ts'
import { interruptRuns } from '../check/index.ts'
import { listConnections, schedule } from '../connection/index.ts'
import { checkEditions } from '../edition/index.ts'
import { addEarlierLog, continueLog, restate } from '../evidence/index.ts'
import type { Closings, TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, roles } from '../kernel/index.ts'
import type { Clock, Crew } from '../platform/index.ts'
import { openAlone, seal } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { citedCommitments, placeOf, readTables } from './content.ts'
import type { Form, Table } from './content.ts'
import { verifyLedger } from './ledger.ts'
import type { Head } from './ledger.ts'
import { Person } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { bad, badLine, openParts, parseLine } from './parts.ts'
import type { Parts } from './parts.ts'

/** What an import needs of the rest of the server. */
export interface ImportDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly closings: Closings
  readonly clock: Clock
  /** All processes of the installation: an import that one of them is at is none that a crash left. */
  readonly crew?: Pick<Crew, 'tryHold' | 'others'>
}

const importName = (slug: string): string => `import ${slug}`

/** What came of an import. */
export interface Imported {
  readonly tenant: Tenant
  readonly rows: number
  readonly invitations: number
  readonly enterAgain: readonly { readonly table: string; readonly id: string; readonly what: string }[]
}

const rowsAtOnce = 100
const bytesAtOnce = 4 * 1_048_576

/**
 * Makes a tenant of an export. Everything is checked before anything is made, its rows come in one transaction, and a
 * tenant that does not become whole is removed again, at once or by the next start.
 *
 * @throws {archive.damaged | custody.bad_file | custody.bad_line | tenant.slug_taken}
 */
export async function importTenant(
  path: string,
  by: { readonly id: string; readonly email: string },
  slug: string | undefined,
  { registry, tenants, closings, crew = openAlone() }: ImportDependencies,
): Promise<Imported> {
  const parts = await openParts(path)
  try {
    const { manifest } = parts
    const head = await verifyLedger(parts)
    // Only its own key makes something the past of a log that lives here; whoever forged one would have it shown under that name.
    const living = (await registry.list()).find(({ origin }) => origin === head.origin)
    if (living && living.vkey !== head.vkey) throw bad('ledger/vkey', 'it is not the key of this log, which is here')
    const people = await readPeople(parts)
    const { name, language, slug: former } = manifest.tenant
    const wanted = slug ?? former
    const release = await crew.tryHold(importName(wanted))
    if (release === null) throw tenantErrors.slug_taken({ slug: wanted })
    const tenant = await registry
      .create({ name, language, slug: wanted, importingBy: by.id })
      .catch(async (error: unknown) => {
        await release()
        throw error
      })
    try {
      const invitations = people.filter(({ email }) => email.toLowerCase() !== by.email.toLowerCase())
      const rows = await tenants.asSystem(tenant.id, async (tx) => {
        await continueLog(tx, { origin: head.origin, root: Buffer.from(head.root).toString('base64'), size: head.size })
        const count = await keepRows(tx, parts)
        // Behind the sealed logs among the rows, since it continues them.
        await keepLedger(tx, parts, head)
        await checkKept(tx)
        await goOn(tx, by.id, invitations, manifest)
        return count
      })
      await registry.grant(tenant.id, by.id, 'owner')
      await registry.endImport(tenant.id, by.id, { from: manifest.ledger.origin })
      return { tenant, rows, invitations: invitations.length, enterAgain: manifest.enterAgain }
    } catch (error) {
      await closings.close(await registry.open(tenant.id), by.id)
      throw error
    } finally {
      await release()
    }
  } finally {
    await parts.close()
  }
}

/** After a start, and when another process died: removes what imports left that nobody is at. */
export async function removeHalfMade({
  registry,
  closings,
  crew = openAlone(),
}: Pick<ImportDependencies, 'registry' | 'closings' | 'crew'>): Promise<void> {
  for (const { id, by } of await registry.listImporting()) {
    const open = await registry.open(id)
    const release = await crew.tryHold(importName(open.tenant.slug))
    if (release === null) continue
    try {
      // It may have become whole between the list and the name.
      if ((await registry.listImporting()).some((one) => one.id === id)) await closeHalfMade(closings, open, by)
    } finally {
      await release()
    }
  }
}

async function closeHalfMade(closings: Closings, open: Parameters<Closings['close']>[0], by: string): Promise<void> {
  try {
    await closings.close(open, by)
  } catch (error) {
    // The deletion has begun, and a later start finishes it.
    if (!(error instanceof AppError) || error.code !== 'tenant.closing_continues') throw error
  }
}

async function readPeople(parts: Parts): Promise<z.output<typeof Person>[]> {
  const people: z.output<typeof Person>[] = []
  for await (const { line, text } of parts.lines('people.ndjson')) {
    const person = parseLine(Person, 'people.ndjson', line, text)
    if (!roles.some((role) => role === person.role)) throw badLine('people.ndjson', line, 'it names an unknown role')
    people.push(person)
    if (people.length > 10_000) throw bad('people.ndjson', 'it has more than 10,000 people')
  }
  return people
}

/** Keeps the earlier log as it was, sealed. It was verified before. */
async function keepLedger(tx: TenantContext, parts: Parts, head: Head): Promise<void> {
  const id = await addEarlierLog(tx, head)
  const keep = async (path: string, insert: string) => {
    for await (const { texts } of batches(parts, path)) await tx.sql.query(insert, [id, `[${texts.join(',')}]`])
  }
  await keep(
    'ledger/entries.ndjson',
    `insert into earlier_entry (log_id, idx, leaf, at)
     select $1, r.idx, convert_to(r.leaf, 'UTF8'), r.at from jsonb_to_recordset($2::jsonb) as r(idx bigint, leaf text, at timestamptz)`,
  )
  await keep(
    'ledger/checkpoints.ndjson',
    `insert into earlier_checkpoint (log_id, size, note, at)
     select $1, r.size, r.note, r.at from jsonb_to_recordset($2::jsonb) as r(size bigint, note text, at timestamptz)`,
  )
  await keep(
    'ledger/openings.ndjson',
    `insert into earlier_opening (commitment, log_id, idx, role, salt, content, erased_at)
     select r.commitment, $1, r.idx, r.role, r.salt, r.content, r.erased_at from jsonb_to_recordset($2::jsonb)
       as r(commitment bytea, idx bigint, role text, salt bytea, content bytea, erased_at timestamptz)`,
  )
}

async function keepRows(tx: TenantContext, parts: Parts): Promise<number> {
  const tables = await readTables(tx.sql)
  const wanted = parts.manifest.tables
  if (Object.keys(wanted).some((name) => !tables.some((table) => table.name === name)))
    throw bad('manifest.json', 'it has a table that this release does not know: import it with a newer one')
  let count = 0
  for (const table of tables) {
    const columns = wanted[table.name]?.columns
    if (!columns) continue
    if (columns.some((column) => !table.columns.some((known) => known.name === column)))
      throw bad('manifest.json', 'it has a column that this release does not know: import it with a newer one')
    count += await keepTable(tx, parts, {
      ...table,
      columns: table.columns.filter(({ name }) => columns.includes(name)),
    })
  }
  return count
}

async function keepTable(tx: TenantContext, parts: Parts, table: Table): Promise<number> {
  const path = `tables/${table.name}.ndjson`
  const special = table.columns.flatMap(({ name, form }) => (form && form.form !== 'plain' ? [{ name, form }] : []))
  const Row = z.strictObject(Object.fromEntries(table.columns.map(({ name }) => [name, z.unknown()])))
  const values = table.columns.map(({ name }) => {
    const at = special.findIndex((one) => one.name === name)
    return at < 0 ? `r.${name}` : `s.v${at}`
  })
  const arrays = special.map((_, i) => `$${i + 2}::bytea[]`)
  const insert = `insert into ${table.name} (${table.columns.map(({ name }) => name).join(', ')})
    select ${values.join(', ')}
    from jsonb_array_elements($1::jsonb) with ordinality as e(value, n)
    cross join lateral jsonb_populate_record(null::${table.name}, e.value - array[${special.map(({ name }) => `'${name}'`).join(', ')}]::text[]) r
    ${special.length === 0 ? '' : `join unnest(${arrays.join(', ')}) with ordinality as s(${special.map((_, i) => `v${i}`).join(', ')}, n) on s.n = e.n`}
    order by e.n`
  let count = 0
  for await (const { from, texts } of batches(parts, path)) {
    const bytes: (Buffer | null)[][] = special.map(() => [])
    for (const [i, text] of texts.entries()) {
      const row = parseLine(Row, path, from + i, text)
      if (Object.keys(row).length !== table.columns.length) throw badLine(path, from + i, 'it lacks a column')
      for (const [at, { name, form }] of special.entries())
        bytes[at]?.push(
          await bytesOf(tx, parts, form, row, name).catch((cause: unknown) => {
            if (cause instanceof NotTaken) throw badLine(path, from + i, cause.message)
            throw cause
          }),
        )
    }
    try {
      await tx.sql.query(insert, [`[${texts.join(',')}]`, ...bytes])
    } catch (cause) {
      if (!isRefusedRow(cause)) throw cause
      throw badLine(path, `${from}–${from + texts.length - 1}`, `the database refuses a row (${cause.code})`, cause)
    }
    count += texts.length
  }
  return count
}

/** Why a value of a row cannot be taken over. */
class NotTaken extends Error {}

async function bytesOf(
  tx: TenantContext,
  parts: Parts,
  form: Form,
  row: Readonly<Record<string, unknown>>,
  column: string,
): Promise<Buffer | null> {
  const value = row[column]
  if (form.form === 'secret') {
    if (value !== null) throw new NotTaken('it holds a secret, which no export does')
    return Buffer.alloc(0)
  }
  if (value === null) return null
  if (form.form === 'sealed') {
    if (typeof value !== 'string') throw new NotTaken('it has not the fields that it should')
    const plain = Buffer.from(value, form.coding ?? 'utf8')
    if (form.hash !== undefined && !isHashOf(row[form.hash], plain))
      throw new NotTaken('its content does not fit its hash')
    return seal(tx.dataKey, placeOf(tx.tenant.id, form.place, row), plain)
  }
  const file = FileValue.safeParse(value)
  if (!file.success || !parts.manifest.files.some(({ path }) => path === `files/${file.data.sha256}`))
    throw new NotTaken('its file is missing')
  const bytes = await parts.whole(`files/${file.data.sha256}`)
  if (createHash('sha256').update(bytes).digest('hex') !== file.data.sha256)
    throw new NotTaken('its file is another one')
  return bytes
}

const FileValue = z.strictObject({ bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** A value of a wrong type, a broken rule of a table, a row that refers to none: classes 22, 23 and what triggers raise. */
function isRefusedRow(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(22|23|42501|P0001)/.test(error.code ?? '')
}

async function* batches(parts: Parts, path: string): AsyncGenerator<{ from: number; texts: string[] }> {
  let texts: string[] = []
  let size = 0
  let from = 1
  for await (const { line, text } of parts.lines(path)) {
    texts.push(text)
    size += text.length
    if (texts.length < rowsAtOnce && size < bytesAtOnce) continue
    yield { from, texts }
    texts = []
    size = 0
    from = line + 1
  }
  if (texts.length > 0) yield { from, texts }
}

/** Editions say what the sealed log says that they say. */
async function checkKept(tx: TenantContext): Promise<void> {
  const problem = await checkEditions(tx)
  if (problem) throw bad('tables/edition.ndjson', problem)
}

/** What makes the tenant one of this installation. */
async function goOn(
  tx: TenantContext,
  by: string,
  people: readonly z.output<typeof Person>[],
  manifest: z.output<typeof Manifest>,
): Promise<void> {
  await tx.append({
    type: 'tenant.imported',
    about: { kind: 'tenant', id: tx.tenant.id },
    content: { content: { from: manifest.ledger.origin, madeAt: manifest.madeAt, version: manifest.version } },
  })
  await tx.sql.query(`insert into membership (account_id, role, since) values ($1, 'owner', $2)`, [by, tx.now])
  await tx.append({
    type: 'access.granted',
    about: { kind: 'account', id: by },
    content: { content: { role: 'owner' } },
  })
  for (const { name, email, role } of people)
    await invitePending(tx, {
      name,
      email: email.toLowerCase(),
      role: roles.find((one) => one === role) ?? 'member',
      by,
    })
  const cited = await citedCommitments(tx.sql)
  for (let at = 0; at < cited.length; at += 500) await restate(tx, cited.slice(at, at + 500))
  await interruptRuns(tx)
  await tx.sql.query('update connection set paused = true where octet_length(settings) = 0')
  for (const { id, paused } of await listConnections(tx)) if (!paused) await schedule(tx, id, tx.now)
}

/** A hash is a column of bytes or its digits. */
function isHashOf(value: unknown, plain: Buffer): boolean {
  const hex = createHash('sha256').update(plain).digest('hex')
  return value === hex || value === `\\x${hex}`
}
