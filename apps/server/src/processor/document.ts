import { addFile, attachFiles } from '../file/index.ts'
import type { InspectedFile } from '../file/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { ReadResult } from '@art32/reader'

/** One statement of a processor's own document, as it was read. */
export interface Statement {
  readonly section: string
  readonly text: string
  readonly status: string
  /** Ids of catalogue measures that it probably means. */
  readonly measures: readonly string[]
}

/** A processor's document of measures, as it was filed one time. */
export interface DocumentRow {
  readonly id: string
  readonly processor_id: string
  readonly name: string
  readonly sha256: string
  readonly origin: 'upload' | 'fetched'
  readonly statements: readonly Statement[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly read_at: Date
}

/** The versions of a processor's document, the newest first. */
export async function listVersions({ sql }: TenantContext, processorId: string): Promise<DocumentRow[]> {
  const { rows } = await sql.query<DocumentRow>(
    'select * from processor_document where processor_id = $1 order by read_at desc, id',
    [processorId],
  )
  return rows
}

/** Most statements of one document that are kept: no real one has more. */
const mostStatements = 2_000

/** What the reader saw, as far as it promises something. */
export function statementsOf({ statements }: ReadResult): Statement[] {
  return statements
    .filter(({ type }) => type === 'measure' || type === 'commitment' || type === 'note')
    .slice(0, mostStatements)
    .map(({ section, text, status, measures }) => ({
      section: section ?? '',
      text,
      status,
      measures: measures.map(({ id }) => id),
    }))
}

/** A document as it can be filed: of a web page, which can carry programs, the text that was read. */
export function keepable(
  name: string,
  bytes: Uint8Array,
  { statements }: ReadResult,
): { readonly name: string; readonly bytes: Uint8Array } {
  if (!/\.html?$/i.test(name)) return { name, bytes }
  const text = statements.map((one) => one.text).join('\n\n')
  return { name: name.replace(/\.html?$/i, '.txt'), bytes: new TextEncoder().encode(`${text}\n`) }
}

/** A processor's document stays as it was published: what they promise is judged by its very words. */
export const documentHandling = { namesFor: 'what the processor promises, in its own words' }

/** What came and what went between two readings, by their words: white space and case are no change. */
export function compareStatements(
  before: readonly Statement[],
  after: readonly Statement[],
): { added: string[]; removed: string[] } {
  const key = ({ text }: Statement) => text.replaceAll(/\s+/gu, ' ').trim().toLowerCase()
  const [old, now] = [new Set(before.map(key)), new Set(after.map(key))]
  return {
    added: after.filter((one) => !old.has(key(one))).map(({ text }) => text),
    removed: before.filter((one) => !now.has(key(one))).map(({ text }) => text),
  }
}

/**
 * Files a processor's document and what it says, compared with the one before. What says the same as the one before is not
 * filed again.
 *
 * @returns what changed; null: it says what the one before said
 */
export async function fileDocument(
  tx: TenantContext,
  processorId: string,
  {
    file,
    origin,
    statements,
  }: { file: InspectedFile; origin: DocumentRow['origin']; statements: readonly Statement[] },
): Promise<{
  readonly documentId: string
  readonly isFirst: boolean
  readonly added: string[]
  readonly removed: string[]
} | null> {
  const [last] = await listVersions(tx, processorId)
  const change = compareStatements(last?.statements ?? [], statements)
  if (last && change.added.length === 0 && change.removed.length === 0) return null
  const id = tx.newId()
  const { fileId } = await addFile(tx, file)
  await attachFiles(tx, { kind: 'processor', id }, [fileId])
  await tx.sql.query(
    `insert into processor_document (id, processor_id, name, sha256, origin, statements, added, removed, read_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      processorId,
      file.name,
      file.sha256,
      origin,
      JSON.stringify(statements),
      JSON.stringify(last ? change.added : []),
      JSON.stringify(change.removed),
      tx.now,
    ],
  )
  await tx.append({
    type: 'processor.document',
    about: { kind: 'processor', id: processorId },
    code: last ? 'changed' : 'first',
    content: {
      after: {
        document: id,
        sha256: file.sha256,
        origin,
        statements: statements.length,
        added: last ? change.added.length : 0,
        removed: change.removed.length,
      },
    },
    ...(origin === 'fetched' ? { by: 'system' as const } : {}),
  })
  return { documentId: id, isFirst: !last, added: last ? change.added : [], removed: change.removed }
}
