import { z } from 'zod'
import { zipSync } from 'fflate'
import { csvOf } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFiles, openContent } from '../file/index.ts'
import type { Download } from '../kernel/index.ts'
import { nameOfStore } from '../privacy/index.ts'
import * as store from './store.ts'
import type { RequestRow } from './store.ts'
import { findPackage, noteTaken } from './store-search.ts'

/** No moment of its own: the same package gives the same bytes. */
const epoch = new Date('1980-01-01T00:00:00.000Z')

const Row = z.record(z.string(), z.unknown())
const Data = z.object({
  looked: z.array(
    z.object({ place: z.string(), own: z.number().nullable(), named: z.number().nullable(), notLooked: z.array(Row) }),
  ),
  elsewhere: z.array(z.object({ kind: z.string(), name: z.string(), state: z.string(), note: z.string() })),
  found: z.array(z.object({ tables: z.record(z.string(), z.array(Row)) }).loose()),
})

const readMe = `What this is

  letter.txt      what you were told
  data.json       everything that was found, for programs
  looked.csv      where it was looked, what was found, and where nobody could look
  elsewhere.csv   other systems, and what came of looking there
  data/           what was found, a table for each place
  files/          further files

Secrets such as passwords are named and never included.

Was das ist

  letter.txt      was Ihnen mitgeteilt wurde
  data.json       alles Gefundene, für Programme
  looked.csv      wo gesucht wurde, was gefunden wurde, und wo nicht gesucht werden konnte
  elsewhere.csv   andere Systeme, und was die Suche dort ergab
  data/           das Gefundene, eine Tabelle je Ort
  files/          weitere Dateien

Geheimnisse wie Passwörter sind genannt und nie enthalten.
`

/** What is handed out, as one file: for people and for programs (Art. 12(1), 15(3), 20(1)). @returns null where there is nothing, or it is over */
export async function packageOf(tx: TenantContext, row: RequestRow): Promise<Download | null> {
  const kept = await findPackage(tx, row.id)
  if (!kept || kept.ends_at <= tx.now) return null
  const data = Data.parse(kept.data)
  const letters = (await store.listLetters(tx, row.id)).filter(({ kind }) => kind === 'answer')
  const parts: Record<string, Uint8Array> = {
    'README.txt': Buffer.from(readMe),
    'data.json': Buffer.from(`${JSON.stringify(kept.data, null, 2)}\n`),
    ...(letters.length === 0
      ? {}
      : { 'letter.txt': Buffer.from(letters.map(({ subject, text }) => `${subject}\n\n${text}\n`).join('\n')) }),
    'looked.csv': csvOf([
      ['place', 'name', 'rows of yours', 'rows that name you', 'not looked into'],
      ...data.looked.map(({ place, own, named, notLooked }) => [
        place,
        nameOfStore(place)[row.language],
        own,
        named,
        notLooked.map(({ column, reason }) => `${String(column)}: ${String(reason)}`).join('; '),
      ]),
    ]),
    'elsewhere.csv': csvOf([
      ['kind', 'name', 'result', 'note'],
      ...data.elsewhere.map(({ kind, name, state, note }) => [kind, name, state, note]),
    ]),
  }
  for (const [place, rows] of tablesOf(data)) parts[`data/${place}.csv`] = csvOf(rows)
  await addFiles(tx, row, kept.files, parts)
  return {
    name: `${tx.tenant.slug}-request-${row.number}.zip`,
    type: 'application/zip',
    bytes: zipSync(parts, { level: 6, mtime: epoch }),
  }
}

/** Notes that a package was taken by its link: counted, and in the ledger. */
export async function notePackageTaken(tx: TenantContext, { id }: RequestRow): Promise<void> {
  await noteTaken(tx, id)
  await store.addEntry(tx, id, 'taken')
  await tx.append({ type: 'export.created', about: { kind: 'request', id }, code: 'link', by: 'system' })
}

function tablesOf(data: z.output<typeof Data>): [string, string[][]][] {
  const tables = new Map<string, z.output<typeof Row>[]>()
  for (const { tables: own } of data.found)
    for (const [place, rows] of Object.entries(own)) tables.set(place, [...(tables.get(place) ?? []), ...rows])
  return [...tables].map(([place, rows]) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const cell = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    return [place, [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]]
  })
}

async function addFiles(
  tx: TenantContext,
  { id }: RequestRow,
  wanted: readonly string[],
  parts: Record<string, Uint8Array>,
): Promise<void> {
  for (const file of (await listFiles(tx, 'request', [id])).get(id) ?? []) {
    if (!wanted.includes(file.fileId) || file.name === null) continue
    const bytes = await openContent(tx, file.sha256)
    if (bytes === null) continue
    const taken = parts[`files/${file.name}`] !== undefined
    parts[`files/${taken ? `${file.sha256.slice(0, 12)}-` : ''}${file.name}`] = bytes
  }
}
