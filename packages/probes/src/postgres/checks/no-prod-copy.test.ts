import { examine } from '../../testing/examine.ts'
import { pgNoProdCopyInTest } from './no-prod-copy.ts'

const column = (name: string, shared = 0) => ({ column: name, compared: 1_000, whole: true, original: 50_000, shared })

examine(pgNoProdCopyInTest, {
  good: { copies: [column('public.customer.email'), { ...column('public.order.id'), compared: 10_000, whole: false }] },
  bad: {
    'one record is known to production': {
      change: (f) => {
        f.copies.push(column('public.ticket.id', 1))
      },
      says: 'copied',
    },
    'more are known than testers have accounts': {
      change: (f) => {
        f.copies.push(column('public.account.email', 4))
      },
      parameters: { allowed: 3 },
      says: 'copied',
    },
  },
  told: {
    'the test database is empty': {
      change: (f) => {
        f.copies.push({ ...column('public.a.id'), compared: 0 })
      },
      says: 'empty',
    },
    'production is empty, so it may be the wrong one': {
      change: (f) => {
        f.copies.push({ ...column('public.b.id'), original: 0 })
      },
      says: 'empty',
    },
  },
  empty: {},
})
