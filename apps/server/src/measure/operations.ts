import { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import type { ReadResult } from '@art32/reader'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { readingErrors } from '../platform/index.ts'
import { commentOperations } from './comment.ts'
import { countSystems, environments, listSystems } from '../system/index.ts'
import type { Environment } from '../system/index.ts'
import { editOperations } from './edit.ts'
import { measureErrors } from './errors.ts'
import { unconfirmed } from './place.ts'
import { confirm, keepDocument } from './read.ts'
import { assessAll, assessOne, loadRegister, viewDocument, viewLine, viewMeasure, viewRegister } from './register.ts'
import * as store from './store.ts'
import type { MeasureWhole } from './store.ts'
import { DocumentView, MeasureView, RegisterView, StatementView } from './views.ts'

/** What the register needs of the world around it. */
export interface MeasureDependencies {
  readonly read: (bytes: Uint8Array, name: string, now: Date) => Promise<ReadResult>
  /** Accounts, for comments; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

const Target = { measureId: z.uuid(), revision: z.int32().min(1) }
const Nothing = z.object({})
const Changed = z.object({ measure: MeasureView })
const changing = { changes: true, refuses: [measureErrors.not_found, measureErrors.changed_meanwhile] } as const

/** What can be done with documents and the register. */
export function measureOperations({ read, accountsById }: MeasureDependencies) {
  return [
    tenantOperation({
      id: 'document.read',
      summary: 'Reads a TOM document into a draft: statements, mapping, faults',
      kind: 'upload',
      needs: 'register:write',
      changes: true,
      input: z.object({}),
      output: z.object({ document: DocumentView }),
      refuses: [readingErrors.unreadable, readingErrors.too_demanding],
      async run(_, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        const { bytes, name } = tx.upload
        const result = await read(bytes, name, tx.now)
        return { document: viewDocument(await keepDocument(tx, bytes, result)) }
      },
    }),
    tenantOperation({
      id: 'document.list',
      summary: 'Lists the documents that were read, newest first',
      needs: 'register:read',
      input: Nothing,
      output: z.object({ documents: z.array(DocumentView) }),
      run: async (_, tx) => ({ documents: (await store.listDocuments(tx)).map(viewDocument) }),
    }),
    tenantOperation({
      id: 'document.adopt',
      summary: 'Makes a draft document the register',
      needs: 'register:write',
      changes: true,
      input: z.object({ documentId: z.uuid() }),
      output: Nothing,
      refuses: [measureErrors.document_not_found],
      async run({ documentId }, tx) {
        await adopt(tx, documentId)
        return {}
      },
    }),
    tenantOperation({
      id: 'document.discard',
      summary: 'Deletes a draft document',
      needs: 'register:write',
      changes: true,
      input: z.object({ documentId: z.uuid() }),
      output: Nothing,
      refuses: [measureErrors.document_not_found],
      async run({ documentId }, tx) {
        const document = await store.getDocument(tx, documentId)
        if (document.state === 'register') throw measureErrors.document_not_found()
        await store.deleteDocument(tx, documentId)
        await tx.append({
          type: 'document.deleted',
          about: { kind: 'document', id: documentId },
          content: { before: { name: document.name, state: document.state } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'register.show',
      summary: 'Shows the register, or a draft, with the assurance of every line',
      needs: 'register:read',
      input: z.object({ documentId: z.uuid().optional() }),
      output: RegisterView,
      refuses: [measureErrors.no_register, measureErrors.document_not_found],
      async run({ documentId }, tx) {
        const document =
          documentId === undefined ? await store.findRegister(tx) : await store.getDocument(tx, documentId)
        if (!document) throw measureErrors.no_register()
        return viewRegister(await loadRegister(tx, document))
      },
    }),
    tenantOperation({
      id: 'measure.list',
      summary: 'Lists the measures of the register in the order of the document, a page at a time',
      needs: 'register:read',
      input: z.object({
        /** `next` of the page before. */
        after: z.coerce.number().optional(),
        most: z.coerce.number().int().min(1).max(200).default(50),
      }),
      output: z.object({ measures: z.array(StatementView), next: z.number().nullable() }),
      refuses: [measureErrors.no_register],
      async run({ after = null, most }, tx) {
        const lines = await assessAll(tx, store.listPage(tx, { after, most }))
        if (lines.length === 0 && !(await store.findRegister(tx))) throw measureErrors.no_register()
        return {
          measures: lines.map(viewLine),
          next: lines.length < most ? null : (lines.at(-1)?.statement.position ?? null),
        }
      },
    }),
    tenantOperation({
      id: 'measure.show',
      summary: 'Shows one measure with its statement and what backs it',
      needs: 'register:read',
      input: z.object({ measureId: z.uuid() }),
      output: z.object({ line: StatementView }),
      refuses: [measureErrors.not_found],
      async run({ measureId }, tx) {
        const found = store.readMeasure(tx, measureId).then((whole) => [whole])
        const [line] = await assessAll(tx, found)
        if (!line) throw measureErrors.not_found()
        return { line: viewLine(line) }
      },
    }),
    tenantOperation({
      id: 'measure.confirm',
      summary: 'Confirms which catalogue measures a statement means',
      needs: 'mapping:confirm',
      ...changing,
      refuses: [...changing.refuses, measureErrors.nothing_to_confirm],
      input: z.object(Target),
      output: Changed,
      async run({ measureId, revision }, tx) {
        const { measure, mapping } = await store.getMeasure(tx, measureId)
        if (mapping.length === 0) throw measureErrors.nothing_to_confirm()
        await store.saveMeasure(tx, measure, revision)
        await confirm(tx, {
          statementId: measure.statement_id,
          measureId,
          ids: mapping.map((row) => row.catalogue_id),
          by: 'person',
        })
        return await changed(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.confirm_section',
      summary: 'Confirms the sure, unconfirmed mappings of one section',
      needs: 'mapping:confirm',
      changes: true,
      input: z.object({ documentId: z.uuid(), section: z.string().max(1_000) }),
      output: z.object({ confirmed: z.int() }),
      refuses: [measureErrors.document_not_found],
      async run({ documentId, section }, tx) {
        const register = await loadRegister(tx, await store.getDocument(tx, documentId))
        let confirmed = 0
        for (const { statement, measure } of register.lines) {
          if (statement.section !== section || !statement.sure || !measure || measure.row.ignored !== null) continue
          const open = measure.assessed.parts.filter((part) => part.mapping.confirmed_by === null)
          if (open.length === 0) continue
          await store.saveMeasure(tx, measure.row, measure.row.revision)
          const ids = measure.assessed.parts.map((part) => part.mapping.catalogue_id)
          await confirm(tx, { statementId: statement.id, measureId: measure.row.id, ids, by: 'person' })
          confirmed++
        }
        return { confirmed }
      },
    }),
    tenantOperation({
      id: 'measure.change',
      summary: 'Changes a measure: what it means, who owns and guarantees it, where and how often',
      needs: 'register:write',
      ...changing,
      refuses: [
        ...changing.refuses,
        measureErrors.unknown_catalogue_measure,
        measureErrors.unknown_system,
        measureErrors.scope_elsewhere,
      ],
      input: z.object({
        ...Target,
        catalogueIds: z.array(z.string().max(64)).max(20).optional(),
        owner: z.string().trim().max(200).nullable().optional(),
        guarantor: z.enum(['us', 'processor', 'customer']).optional(),
        scope: z.array(z.uuid()).max(1_000).optional(),
        environments: z.array(z.enum(environments)).min(1).max(environments.length).optional(),
        cadence: z.iso.duration().nullable().optional(),
        visibility: z.enum(['public', 'customers', 'auditors']).optional(),
        status: z.enum(['in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable']).optional(),
      }),
      output: Changed,
      async run({ measureId, revision, catalogueIds, status, ...fields }, tx) {
        const whole = await store.getMeasure(tx, measureId)
        const before = describe(whole)
        await requireSystems(tx, fields.scope ?? [])
        const { scope, environments: counting } = { ...whole.measure, ...defined(fields) }
        await requireWithin(tx, scope, counting)
        await store.saveMeasure(tx, { ...whole.measure, ...defined(fields) }, revision)
        if (status !== undefined) await store.saveStatement(tx, whole.statement.id, { status })
        if (catalogueIds) await chooseMapping(tx, whole, catalogueIds)
        const after = describe(await store.getMeasure(tx, measureId))
        await tx.append({
          type: 'measure.changed',
          about: { kind: 'measure', id: measureId },
          content: { before, after },
        })
        return await changed(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.split',
      summary: 'Splits a statement into several, each with a measure of its own',
      needs: 'register:write',
      ...changing,
      refuses: [...changing.refuses, measureErrors.bad_split],
      input: z.object({ ...Target, parts: z.array(z.string().trim().min(1).max(10_000)).min(2).max(20) }),
      output: z.object({ measureIds: z.array(z.uuid()) }),
      async run({ measureId, revision, parts }, tx) {
        const whole = await store.getMeasure(tx, measureId)
        if (!holdsInOrder(whole.statement.text, parts)) throw measureErrors.bad_split()
        await store.saveMeasure(tx, whole.measure, revision)
        const ids = await split(tx, whole, parts)
        await tx.append({
          type: 'statement.split',
          about: { kind: 'measure', id: measureId },
          content: { before: { text: whole.statement.text }, after: { parts } },
        })
        return { measureIds: ids }
      },
    }),
    tenantOperation({
      id: 'measure.merge',
      summary: 'Merges a statement with the next one of its section',
      needs: 'register:write',
      ...changing,
      refuses: [...changing.refuses, measureErrors.nothing_to_merge],
      input: z.object(Target),
      output: Changed,
      async run({ measureId, revision }, tx) {
        const whole = await store.getMeasure(tx, measureId)
        const next = await store.findNext(tx, whole.statement)
        if (!next) throw measureErrors.nothing_to_merge()
        await store.saveMeasure(tx, whole.measure, revision)
        const text = `${whole.statement.text} ${next.statement.text}`
        await store.saveStatement(tx, whole.statement.id, { text, sure: false })
        const ids = [...new Set([...whole.mapping, ...next.mapping].map((row) => row.catalogue_id))]
        await store.deleteStatement(tx, next.statement.id)
        await store.replaceMapping(
          tx,
          measureId,
          ids.map((id) => unconfirmed(measureId, id)),
        )
        await tx.append({
          type: 'statement.merged',
          about: { kind: 'measure', id: measureId },
          content: { before: { texts: [whole.statement.text, next.statement.text] }, after: { text } },
        })
        return await changed(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.ignore',
      summary: 'Sets a statement aside as no measure, with a reason',
      needs: 'register:write',
      ...changing,
      input: z.object({ ...Target, reason: z.string().trim().min(3).max(1_000) }),
      output: Changed,
      async run({ measureId, revision, reason }, tx) {
        const { measure } = await store.getMeasure(tx, measureId)
        await store.saveMeasure(tx, { ...measure, ignored: reason }, revision)
        await tx.append({
          type: 'statement.ignored',
          about: { kind: 'measure', id: measureId },
          content: { before: { ignored: measure.ignored }, after: { ignored: reason } },
        })
        return await changed(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.restore',
      summary: 'Takes a statement that was set aside back into the register',
      needs: 'register:write',
      ...changing,
      input: z.object(Target),
      output: Changed,
      async run({ measureId, revision }, tx) {
        const { measure } = await store.getMeasure(tx, measureId)
        await store.saveMeasure(tx, { ...measure, ignored: null }, revision)
        await tx.append({
          type: 'measure.changed',
          about: { kind: 'measure', id: measureId },
          code: 'restored',
          content: { before: { ignored: measure.ignored }, after: { ignored: null } },
        })
        return await changed(tx, measureId)
      },
    }),
    ...editOperations(),
    ...commentOperations({ accountsById }),
  ]
}

/** Makes a draft the register; the one before becomes replaced. */
export async function adopt(tx: TenantContext, documentId: string): Promise<void> {
  const document = await store.getDocument(tx, documentId)
  if (document.state === 'register') return
  const current = await store.findRegister(tx)
  if (current) await store.setDocumentState(tx, current.id, 'replaced')
  await store.setDocumentState(tx, documentId, 'register')
  await tx.append({
    type: 'measure.created',
    about: { kind: 'document', id: documentId },
    code: 'adopted',
    content: {
      before: { register: current?.id ?? null, name: current?.name ?? null },
      after: { register: documentId, name: document.name },
    },
  })
}

async function changed(tx: TenantContext, measureId: string): Promise<{ measure: z.input<typeof MeasureView> }> {
  const whole = await store.getMeasure(tx, measureId)
  return { measure: viewMeasure(whole.measure, await assessOne(tx, whole)) }
}

async function chooseMapping(
  tx: TenantContext,
  { measure, mapping }: MeasureWhole,
  ids: readonly string[],
): Promise<void> {
  const unknown = ids.find((id) => !findMeasure(id))
  if (unknown !== undefined) throw measureErrors.unknown_catalogue_measure({ id: unknown })
  const before = mapping.map((row) => row.catalogue_id).toSorted()
  const wanted = [...new Set(ids)].toSorted()
  if (before.join() === wanted.join()) return
  // A person chose, so the confidence is whole; but only an explicit confirmation lets checks count.
  await store.replaceMapping(
    tx,
    measure.id,
    wanted.map((id) => unconfirmed(measure.id, id)),
  )
}

async function split(tx: TenantContext, whole: MeasureWhole, parts: readonly string[]): Promise<string[]> {
  const { statement, measure, mapping } = whole
  const after = (await store.findNextPosition(tx, statement)) ?? statement.position + 1
  const [first = '', ...others] = parts
  await store.saveStatement(tx, statement.id, { text: first, sure: false })
  await store.replaceMapping(
    tx,
    measure.id,
    mapping.map((row) => unconfirmed(measure.id, row.catalogue_id)),
  )
  const rows = others.map((text, i) => {
    const statementId = tx.newId()
    const measureId = tx.newId()
    return {
      statement: {
        ...statement,
        id: statementId,
        text,
        sure: false,
        position: statement.position + ((after - statement.position) * (i + 1)) / parts.length,
        parameters: JSON.stringify(statement.parameters),
        systems: JSON.stringify(statement.systems),
        cadence: statement.cadence === null ? null : JSON.stringify(statement.cadence),
      },
      measure: { ...measure, id: measureId, statement_id: statementId, revision: 1 },
      mapping: mapping.map((row) => unconfirmed(measureId, row.catalogue_id)),
    }
  })
  await store.addStatements(tx, rows)
  return [measure.id, ...rows.map((row) => row.measure.id)]
}

/** Whether the parts together are the text, but for white space and joining words or marks between them. */
function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return true
}

async function requireSystems(tx: TenantContext, ids: readonly string[]): Promise<void> {
  if (ids.length > 0 && (await countSystems(tx, ids)) !== new Set(ids).size) throw measureErrors.unknown_system()
}

/** A system of an environment that does not count would stand in the scope and say nothing. */
async function requireWithin(
  tx: TenantContext,
  scope: readonly string[],
  counting: readonly Environment[],
): Promise<void> {
  const outside = (await listSystems(tx)).find(
    ({ id, environment }) => scope.includes(id) && !counting.includes(environment),
  )
  if (outside) throw measureErrors.scope_elsewhere({ environment: outside.environment })
}

function describe({ measure, statement, mapping }: MeasureWhole): Record<string, unknown> {
  const { owner, guarantor, scope, environments: counting, cadence, visibility } = measure
  return {
    owner,
    guarantor,
    scope,
    environments: counting,
    cadence,
    visibility,
    status: statement.status,
    measures: mapping.map((row) => row.catalogue_id).toSorted(),
  }
}

function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
