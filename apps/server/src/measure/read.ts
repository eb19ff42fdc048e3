import { createHash } from 'node:crypto'
import type { ReadResult } from '@art32/reader'
import type { TenantContext } from '../evidence/index.ts'
import type { Environment } from '../system/index.ts'
import * as store from './store.ts'
import type { DocumentRow } from './store.ts'

/** A mapping that was authored with the document: catalogue ids by line, confirmed by the release. */
export interface AuthoredMapping {
  /** Line of the document, from 1, to the ids of catalogue measures. */
  readonly lines: Readonly<Record<string, readonly string[]>>
  /** Lines that speak of single systems, by their names; all others speak of every system. */
  readonly systems?: Readonly<Record<string, readonly string[]>> | undefined
  /** Lines that speak of other environments than production. */
  readonly environments?: Readonly<Record<string, readonly Environment[]>> | undefined
}

/**
 * Stores what the reader saw as a draft document: statements with their measures and mapping, the coverage and the faults.
 *
 * @param authored confirms the named lines as `release`; all other lines keep the reader's unconfirmed mapping
 */
export async function keepDocument(
  tx: TenantContext,
  bytes: Uint8Array,
  result: ReadResult,
  authored?: AuthoredMapping,
): Promise<DocumentRow> {
  const { document } = result
  const id = tx.newId()
  const sha256 = createHash('sha256').update(bytes).digest()
  await store.addDocument(tx, {
    id,
    name: document.name,
    title: document.title,
    format: document.format,
    language: document.language,
    sha256,
    words: document.words,
    pages: document.pages,
    dated: document.date,
    version: document.version,
    state: 'draft',
    origin: authored ? 'release' : 'upload',
    coverage: JSON.stringify(result.coverage),
    faults: JSON.stringify(result.faults),
    read_at: tx.now,
  })
  const confirmed: { statement: string; measure: string; ids: readonly string[] }[] = []
  const rows = result.statements.map((statement, position) => {
    const statementId = tx.newId()
    const measureId = tx.newId()
    const chosen = authored?.lines[String(statement.line)]
    const promises =
      chosen !== undefined ||
      statement.type === 'measure' ||
      statement.type === 'commitment' ||
      statement.measures.length > 0
    // A section that is only "in progress" brings the section's measures along, so that the gap has names.
    const found =
      statement.measures.length > 0 ? statement.measures : statement.candidates.map((id) => ({ id, confidence: 0 }))
    const wanted = chosen?.map((catalogueId) => ({ id: catalogueId, confidence: 1 })) ?? found
    if (chosen && promises) confirmed.push({ statement: statementId, measure: measureId, ids: chosen })
    return {
      statement: {
        id: statementId,
        document_id: id,
        position,
        line: statement.line,
        page: statement.page,
        section: statement.section ?? '',
        level: statement.level ?? null,
        text: statement.text,
        type: statement.type,
        status: statement.status,
        nature: statement.kind,
        parameters: JSON.stringify(statement.parameters),
        systems: JSON.stringify(statement.systems),
        cadence: statement.cadence && JSON.stringify(statement.cadence),
        sure: chosen !== undefined || statement.sure,
      },
      measure: promises
        ? {
            id: measureId,
            statement_id: statementId,
            owner: null,
            guarantor: 'us' as const,
            scope: [],
            environments: [...(authored?.environments?.[String(statement.line)] ?? (['production'] as const))],
            cadence: null,
            visibility: 'public' as const,
            ignored: null,
            revision: 1,
          }
        : null,
      mapping: promises
        ? wanted.map((part) => ({
            measure_id: measureId,
            catalogue_id: part.id,
            confidence: part.confidence,
            confirmed_by: null,
            confirmed_account: null,
            confirmed_at: null,
            confirmation: null,
          }))
        : [],
    }
  })
  await store.addStatements(tx, rows)
  await tx.append({
    type: 'document.read',
    about: { kind: 'document', id },
    content: {
      content: {
        sha256: sha256.toString('hex'),
        statements: rows.length,
        measures: rows.filter((row) => row.measure).length,
      },
    },
  })
  for (const { statement, measure, ids } of confirmed)
    if (ids.length > 0) await confirm(tx, { statementId: statement, measureId: measure, ids, by: 'release' })
  return await store.getDocument(tx, id)
}

/** Confirms what a statement means: the only way by which a measure can rise above `stated`. */
export async function confirm(
  tx: TenantContext,
  {
    statementId,
    measureId,
    ids,
    by,
  }: { statementId: string; measureId: string; ids: readonly string[]; by: 'person' | 'release' },
): Promise<void> {
  const record = {
    format: 'art32.confirmation/1',
    statement: statementId,
    measures: [...ids].toSorted(),
    by,
    at: tx.now.toISOString(),
  }
  const { confirmation } = await tx.append({
    type: 'mapping.confirmed',
    about: { kind: 'measure', id: measureId },
    code: by,
    content: { confirmation: record },
  })
  if (!confirmation) throw new Error('a confirmation was appended without its commitment')
  await store.confirmMapping(tx, [measureId], {
    confirmed_by: by,
    confirmed_account: tx.caller.accountId,
    confirmed_at: tx.now,
    confirmation,
  })
}
