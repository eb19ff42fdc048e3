import { z } from 'zod'
import { assurances, editionFor, formatKeys, formats, linesOf, oscalModelsOf, publicStates } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import { measureErrors } from '../measure/index.ts'
import { agreedEditions } from './agreed.ts'
import { annexOperation } from './annex.ts'
import { ComparisonView, showComparison, sidesOf } from './comparison.ts'
import { compare, decide, keyOf } from './decision.ts'
import { editionErrors } from './errors.ts'
import { downloadName, fileOf } from './files.ts'
import { isOscal, oscalDownload, oscalFormats } from './oscal.ts'
import { makeDraft, sign } from './publish.ts'
import type { EditionDependencies } from './publish.ts'
import * as store from './store.ts'
import { weighOperation } from './weigh.ts'

/** What can be done with editions. */
export function editionOperations(dependencies: EditionDependencies) {
  return [
    tenantOperation({
      id: 'edition.list',
      summary: 'Lists editions and drafts, newest first',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        editions: z.array(
          z.object({
            id: z.uuid(),
            state: z.enum(['draft', 'edition']),
            number: z.int().nullable(),
            language: z.enum(['en', 'de']),
            madeAt: z.iso.datetime(),
            counts: z.object({
              lines: z.int(),
              assurance: z.record(z.enum(assurances), z.int()),
              public: z.record(z.enum(publicStates), z.int()),
            }),
            /** The role of the signatory. */
            signedBy: z.string().nullable(),
            /** Whether something is still to do, so that there is a plan of action in OSCAL. */
            hasPlan: z.boolean(),
          }),
        ),
      }),
      async run(_, tx) {
        const rows = await store.list(tx)
        return {
          editions: rows.map((row) => {
            const document = store.documentOf(tx, row)
            const { lines, assurance, public: shown } = document.counts
            return {
              id: row.id,
              state: row.state,
              number: row.number,
              language: row.language,
              madeAt: row.made_at.toISOString(),
              counts: { lines, assurance: { ...assurance }, public: { ...shown } },
              signedBy: row.signed_role,
              hasPlan: oscalModelsOf(document).includes('poam'),
            }
          }),
        }
      },
    }),
    tenantOperation({
      id: 'edition.draft',
      summary: 'Makes a draft edition of the register as it is now',
      needs: 'edition:draft',
      changes: true,
      settled: true,
      input: z.object({}),
      output: z.object({ id: z.uuid() }),
      refuses: [measureErrors.no_register],
      run: async (_, tx) => ({ id: await makeDraft(tx, dependencies) }),
    }),
    tenantOperation({
      id: 'edition.sign',
      summary: 'Signs a draft off and publishes it as the next edition',
      needs: 'edition:sign',
      changes: true,
      settled: true,
      input: z.object({ editionId: z.uuid() }),
      output: z.object({ number: z.int() }),
      refuses: [
        editionErrors.not_found,
        editionErrors.not_a_draft,
        editionErrors.changed_since,
        editionErrors.decision_needed,
        editionErrors.agreed_decision_needed,
        measureErrors.no_register,
      ],
      run: async ({ editionId }, tx) => ({ number: await sign(tx, editionId, dependencies) }),
    }),
    tenantOperation({
      id: 'edition.compare',
      summary: 'Compares two editions, or an edition with the register as it is now, by what they promise',
      needs: 'register:read',
      input: z.object({
        /** The earlier one; left out: the last edition. */
        from: z.uuid().optional(),
        /** The later one; left out: the register as it is now. */
        to: z.uuid().optional(),
      }),
      output: ComparisonView,
      refuses: [editionErrors.not_found, editionErrors.nothing_before, measureErrors.no_register],
      run: async (sides, tx) => await showComparison(tx, await sidesOf(tx, sides)),
    }),
    tenantOperation({
      id: 'edition.decide',
      summary:
        'Decides that a change since the last edition, or since one that a customer agreed to, is meant, with a reason',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        /** The change, as the comparison of that edition with the register names it. */
        change: z.string().regex(/^[0-9a-f]{64}$/),
        reason: z.string().trim().min(10).max(2_000),
        /** Id of the line that keeps the level, in the judgement of whoever decides. */
        equivalent: z.uuid().nullable().default(null),
      }),
      output: z.object({}),
      refuses: [editionErrors.no_such_change, editionErrors.nothing_before, measureErrors.no_register],
      async run({ change: key, reason, equivalent }, tx) {
        const { before, after } = await sidesOf(tx, {})
        const lines = linesOf(after.sections)
        const agreed = await agreedEditions(tx, before.number)
        const change = [before, ...agreed]
          .flatMap((one) => compare(one, after).changes)
          .find((one) => one.decision === 'needed' && keyOf(one).toString('hex') === key)
        if (!change) throw editionErrors.no_such_change()
        if (equivalent !== null && !lines.some(({ id }) => id === equivalent)) throw editionErrors.no_such_change()
        await decide(tx, change, { reason, equivalent })
        return {}
      },
    }),
    tenantOperation({
      id: 'edition.file',
      summary:
        'Hands out an edition in one of its forms: PDF, PDF/A-3, Word document, Markdown, JSON, OSCAL or proof bundle',
      kind: 'download',
      settled: true,
      needs: 'register:read',
      input: z.object({ editionId: z.uuid(), format: z.enum([...formatKeys, ...oscalFormats]) }),
      output: z.unknown(),
      refuses: [editionErrors.not_found, editionErrors.no_such_file, editionErrors.nothing_open],
      async run({ editionId, format: key }, tx) {
        const row = await store.get(tx, editionId)
        const name = `${tx.tenant.slug}-${row.number ?? 'draft'}`
        if (isOscal(key)) return oscalDownload(key, name, editionFor('auditors', store.documentOf(tx, row)))
        const format = formats.find((one) => one.key === key)
        const file = format && (await fileOf(tx, row, format, dependencies, 'auditors'))
        if (!file) throw editionErrors.no_such_file()
        return { ...file, name: downloadName(name, format.file) }
      },
    }),
    annexOperation(dependencies),
    weighOperation(),
  ]
}
