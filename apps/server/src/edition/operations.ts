import { z } from 'zod'
import { assurances, editionFor, publicStates, renderJson } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import { measureErrors } from '../measure/index.ts'
import { editionErrors } from './errors.ts'
import { makeDraft, sign, zipBundle } from './publish.ts'
import type { EditionDependencies } from './publish.ts'
import * as store from './store.ts'

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
          }),
        ),
      }),
      async run(_, tx) {
        const rows = await store.list(tx)
        return {
          editions: rows.map((row) => {
            const { lines, assurance, public: shown } = store.documentOf(tx, row).counts
            return {
              id: row.id,
              state: row.state,
              number: row.number,
              language: row.language,
              madeAt: row.made_at.toISOString(),
              counts: { lines, assurance: { ...assurance }, public: { ...shown } },
              signedBy: row.signed_role,
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
      run: async (_, tx) => ({ id: await makeDraft(tx) }),
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
        measureErrors.no_register,
      ],
      run: async ({ editionId }, tx) => ({ number: await sign(tx, editionId) }),
    }),
    tenantOperation({
      id: 'edition.file',
      summary: 'Hands out an edition as PDF, JSON or proof bundle',
      kind: 'download',
      settled: true,
      needs: 'register:read',
      input: z.object({ editionId: z.uuid(), format: z.enum(['pdf', 'json', 'bundle']) }),
      output: z.unknown(),
      refuses: [editionErrors.not_found, editionErrors.no_such_file],
      async run({ editionId, format }, tx) {
        const row = await store.get(tx, editionId)
        const name = `${tx.tenant.slug}-${row.number ?? 'draft'}`
        if (format === 'bundle')
          return { name: `${name}.zip`, type: 'application/zip', bytes: await zipBundle(tx, row, dependencies) }
        if (format === 'json') {
          const shown = editionFor('auditors', store.documentOf(tx, row))
          return { name: `${name}.json`, type: 'application/json', bytes: Buffer.from(renderJson(shown)) }
        }
        const file = (await store.listFiles(tx, row.id)).find((one) => one.name === 'edition.pdf')
        if (!file) throw editionErrors.no_such_file()
        return { name: `${name}.pdf`, type: file.type, bytes: file.bytes }
      },
    }),
  ]
}
