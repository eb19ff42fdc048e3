import { examine } from '../../testing/examine.ts'
import { pgTenantKeyEverywhere } from './tenant-key.ts'

const table = (name: string) => ({ name, tenantKey: true, rowSecurity: true, forced: true, policies: 1 })

examine(pgTenantKeyEverywhere, {
  good: { tables: [table('public.invoice'), table('public.customer')] },
  bad: {
    'a table has no key': {
      change: (f) => {
        f.tables.push({ ...table('public.note'), tenantKey: false })
      },
      says: 'keyless',
    },
  },
  told: {
    'a table is declared as common': {
      change: (f) => {
        f.tables.push({ ...table('public.country'), tenantKey: false })
      },
      says: 'common',
      parameters: { common: ['public.country'] },
    },
  },
  empty: {
    'no table has the key': (f) => {
      f.tables = []
    },
  },
})
