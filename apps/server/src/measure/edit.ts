import { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { measureErrors } from './errors.ts'
import { place, resetConfirmation, unconfirmed } from './place.ts'
import { assessAll } from './register.ts'
import { viewLine } from './register.ts'
import * as store from './store.ts'
import type { MeasureWhole, StatementRow } from './store.ts'
import { StatementView } from './views.ts'

/** What a line may say. */
export const LineText = z.string().trim().min(3).max(10_000)
/** The condition under which it holds; null: none is named. */
export const Condition = z.string().trim().min(3).max(500).nullable()
/** The values that it promises, by the names of the reader. */
export const Values = z
  .record(
    z.string().regex(/^[a-zA-Z]{2,40}$/),
    z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.string().max(200)).max(20)]),
  )
  .refine((values) => Object.keys(values).length <= 30, 'at most 30 values')

const Target = { measureId: z.uuid(), revision: z.int32().min(1) }
const Changed = z.object({ line: StatementView })
const changing = { changes: true, refuses: [measureErrors.not_found, measureErrors.changed_meanwhile] } as const

/**
 * What a line says from now on: the values and the status follow from a new text, unless they are given.
 *
 * A text that loses its “where possible” is in place again; what somebody called planned stays so whatever its text says.
 */
export async function reworded(
  statement: Pick<StatementRow, 'text' | 'status' | 'parameters' | 'condition'>,
  given: { text?: string; parameters?: z.output<typeof Values>; condition?: string | null },
): Promise<Pick<StatementRow, 'text' | 'status' | 'parameters' | 'condition'>> {
  const { text = statement.text, condition = statement.condition } = given
  // The reader's lexicon is loaded with the first edit.
  const { readLine } = await import('@art32/reader')
  const before = readLine(statement.text)
  const now = readLine(text)
  const isNew = text !== statement.text
  const read =
    now.status !== 'in-place' ? now.status : before.status === statement.status ? now.status : statement.status
  const status = isNew ? read : statement.status
  return {
    text,
    status: condition === null || condition === statement.condition ? status : 'conditional',
    parameters: given.parameters ?? (isNew ? { ...now.parameters } : statement.parameters),
    condition,
  }
}

/** Edits the register line by line: what a line says, where it stands, whether it is there at all. */
export function editOperations() {
  return [
    tenantOperation({
      id: 'measure.reword',
      summary: 'Changes what a line says, its values or its condition; its meaning has to be confirmed anew',
      needs: 'register:write',
      ...changing,
      input: z.object({
        ...Target,
        text: LineText.optional(),
        parameters: Values.optional(),
        condition: Condition.optional(),
      }),
      output: Changed,
      async run({ measureId, revision, text, parameters, condition }, tx) {
        const whole = await store.getMeasure(tx, measureId)
        const now = await reworded(whole.statement, {
          ...(text === undefined ? {} : { text }),
          ...(parameters === undefined ? {} : { parameters }),
          ...(condition === undefined ? {} : { condition }),
        })
        await store.saveMeasure(tx, whole.measure, revision)
        await store.saveStatement(tx, whole.statement.id, { ...now, parameters: JSON.stringify(now.parameters) })
        // What was confirmed was that the old words mean this.
        await resetConfirmation(tx, whole)
        await tx.append({
          type: 'statement.changed',
          about: { kind: 'measure', id: measureId },
          content: { before: saidBy(whole.statement), after: now },
        })
        return await changedLine(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.add',
      summary: 'Adds a line to the register, behind another one or as the first of a chapter',
      needs: 'register:write',
      changes: true,
      refuses: [measureErrors.line_not_found, measureErrors.unknown_catalogue_measure],
      input: z.object({
        /** The line or the heading behind which it stands. */
        behind: z.uuid(),
        text: LineText,
        catalogueIds: z.array(z.string().max(64)).max(20).default([]),
      }),
      output: Changed,
      async run({ behind, text, catalogueIds }, tx) {
        const unknown = catalogueIds.find((id) => !findMeasure(id))
        if (unknown !== undefined) throw measureErrors.unknown_catalogue_measure({ id: unknown })
        const before = await store.getStatement(tx, behind)
        const { readLine } = await import('@art32/reader')
        const { status, parameters } = readLine(text)
        const [statementId, measureId] = [tx.newId(), tx.newId()]
        await store.addStatements(tx, [
          {
            statement: {
              id: statementId,
              document_id: before.document_id,
              ...(await place(tx, before)),
              line: before.line,
              page: before.page,
              level: null,
              text,
              type: 'measure',
              status,
              nature: null,
              parameters: JSON.stringify(parameters),
              systems: '[]',
              cadence: null,
              sure: false,
            },
            measure: {
              id: measureId,
              statement_id: statementId,
              owner: null,
              guarantor: 'us',
              scope: [],
              environments: ['production'],
              cadence: null,
              visibility: 'public',
              ignored: null,
              revision: 1,
            },
            mapping: [...new Set(catalogueIds)].map((id) => unconfirmed(measureId, id)),
          },
        ])
        await tx.append({
          type: 'statement.created',
          about: { kind: 'measure', id: measureId },
          content: { before: {}, after: { text, status, parameters, measures: catalogueIds } },
        })
        return await changedLine(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.move',
      summary: 'Puts a line behind another one, or into another chapter',
      needs: 'register:write',
      ...changing,
      refuses: [...changing.refuses, measureErrors.line_not_found],
      input: z.object({
        ...Target,
        /** The line or the heading behind which it stands from now on. */
        behind: z.uuid(),
      }),
      output: Changed,
      async run({ measureId, revision, behind }, tx) {
        const { measure, statement } = await store.getMeasure(tx, measureId)
        const before = await store.getStatement(tx, behind)
        if (before.document_id !== statement.document_id || before.id === statement.id)
          throw measureErrors.line_not_found()
        await store.saveMeasure(tx, measure, revision)
        const placed = await place(tx, before, statement.id)
        await store.saveStatement(tx, statement.id, placed)
        await tx.append({
          type: 'statement.moved',
          about: { kind: 'measure', id: measureId },
          content: { before: { chapter: statement.section }, after: { chapter: placed.section } },
        })
        return await changedLine(tx, measureId)
      },
    }),
    tenantOperation({
      id: 'measure.remove',
      summary: 'Takes a line out of the register, with a reason; published editions keep it',
      needs: 'register:write',
      ...changing,
      input: z.object({ ...Target, reason: z.string().trim().min(3).max(1_000) }),
      output: z.object({}),
      async run({ measureId, revision, reason }, tx) {
        const whole = await store.getMeasure(tx, measureId)
        await store.saveMeasure(tx, whole.measure, revision)
        await store.deleteStatement(tx, whole.statement.id)
        await tx.append({
          type: 'statement.removed',
          about: { kind: 'measure', id: measureId },
          content: { before: { ...saidBy(whole.statement), measures: meant(whole) }, after: { removed: reason } },
        })
        return {}
      },
    }),
  ]
}

async function changedLine(tx: TenantContext, measureId: string): Promise<z.input<typeof Changed>> {
  const [line] = await assessAll(tx, [await store.getMeasure(tx, measureId)])
  if (!line) throw measureErrors.not_found()
  return { line: viewLine(line) }
}

function saidBy({ text, status, parameters, condition }: StatementRow): Record<string, unknown> {
  return { text, status, parameters, condition }
}

function meant({ mapping }: MeasureWhole): string[] {
  return mapping.map((row) => row.catalogue_id).toSorted()
}
