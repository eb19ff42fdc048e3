import { examine } from '../../testing/examine.ts'
import { pgSchemaDrift } from './schema-drift.ts'

const hash = 'a1'.repeat(32)

examine(pgSchemaDrift, {
  good: {
    schema: {
      hash,
      objects: 1,
      detail: 'lines',
      entries: ['column public.invoice.amount numeric not null', 'table public.invoice owner shop_owner'],
    },
  },
  parameters: { approved: hash },
  bad: {
    'the structure is another': {
      change: (f) => {
        f.schema.hash = 'b2'.repeat(32)
      },
      says: 'drifted',
    },
  },
  told: { 'nothing is approved': { change: () => undefined, parameters: { approved: '' }, says: 'unapproved' } },
})
