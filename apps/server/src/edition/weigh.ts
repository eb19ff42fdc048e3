import { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import { aspects, cadenceIn, directions, linesOf } from '@art32/press'
import type { EditionDocument, Line } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { assessAll, Condition, LineText, measureErrors, readMeasure, reworded, Values } from '../measure/index.ts'
import { compare } from './decision.ts'
import { lineOf, systemNames, valuesOf } from './edition.ts'
import * as store from './store.ts'

const Proposal = z.object({
  measureId: z.uuid(),
  text: LineText.optional(),
  parameters: Values.optional(),
  condition: Condition.optional(),
  status: z.enum(['in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable']).optional(),
  guarantor: z.enum(['us', 'processor', 'customer']).optional(),
  cadence: z.iso.duration().nullable().optional(),
  catalogueIds: z.array(z.string().max(64)).max(20).optional(),
  /** Whether the line would be taken out. */
  remove: z.boolean().default(false),
})

/**
 * Compares one line, as it is or would be, with the last edition: what a person would have to decide about before the next
 * one. A line that the edition does not have takes nothing back.
 */
export function weighOperation() {
  return tenantOperation({
    id: 'edition.weigh',
    summary: 'Says whether a line, as it is or would be, needs a decision against the last edition; changes nothing',
    needs: 'register:read',
    // It writes nothing; what it is given may be longer than an address.
    changes: true,
    input: Proposal,
    output: z.object({
      /** Number of the edition; null: none is published, or it does not have the line. */
      since: z.int().nullable(),
      decision: z.enum(['needed', 'not-needed']),
      differences: z.array(
        z.object({
          aspect: z.enum(aspects),
          of: z.string(),
          before: z.string(),
          after: z.string(),
          direction: z.enum(directions),
        }),
      ),
    }),
    refuses: [measureErrors.not_found],
    async run(proposal, tx) {
      const whole = await readMeasure(tx, proposal.measureId)
      const last = await store.findLast(tx)
      const before = last && store.documentOf(tx, last)
      const old = before && linesOf(before.sections).find(({ id }) => id === whole.statement.id)
      if (!before || !old) return { since: null, decision: 'not-needed' as const, differences: [] }
      const now = proposal.remove ? [] : [await proposedLine(tx, proposal, before.language)]
      const [change] = compare(alone(before, [old]), alone(before, now)).changes
      return {
        since: before.number,
        decision: change?.decision ?? ('not-needed' as const),
        differences: [...(change?.differences ?? [])],
      }
    },
  })
}

function alone(edition: EditionDocument, blocks: readonly Line[]): EditionDocument {
  return { ...edition, sections: [{ id: 'line', title: '', level: 1, blocks }] }
}

async function proposedLine(
  tx: TenantContext,
  proposal: z.output<typeof Proposal>,
  language: 'en' | 'de',
): Promise<Line> {
  const [current] = await assessAll(tx, [await readMeasure(tx, proposal.measureId)])
  if (!current) throw measureErrors.not_found()
  const { text, parameters, condition, status, guarantor, cadence, catalogueIds } = proposal
  const statement = {
    ...current.statement,
    ...(await reworded(current.statement, {
      ...(text === undefined ? {} : { text }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(condition === undefined ? {} : { condition }),
    })),
    ...(status === undefined ? {} : { status }),
  }
  const systems = await systemNames(tx, language)
  const line = lineOf(
    { ...current, statement },
    {
      now: tx.now,
      indexes: new Map(),
      systems,
      language,
      periods: new Map(),
      signers: new Map(),
    },
  )
  const { cadence: _words, rhythm: _rhythm, parameters: _values, ...rest } = line
  const rhythm = cadence === undefined ? line.rhythm : (cadence ?? undefined)
  return {
    ...rest,
    ...(guarantor === undefined ? {} : { guarantor }),
    ...(rhythm === undefined ? {} : { rhythm, cadence: cadenceIn(language, rhythm) }),
    ...valuesOf(statement.parameters),
    ...(catalogueIds === undefined
      ? {}
      : {
          parts: catalogueIds.map((measure) => ({
            measure,
            title: findMeasure(measure)?.title[language] ?? measure,
            required: true,
            backing: [],
            confirmedBy: null,
          })),
        }),
  }
}
