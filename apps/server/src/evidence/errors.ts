import { defineErrors } from '../kernel/index.ts'

/** What the ledger may be refused for. */
export const evidenceErrors = defineErrors('evidence', {
  not_found: { status: 404, en: 'The ledger has no such entry.', de: 'Diesen Eintrag hat das Journal nicht.' },
})
