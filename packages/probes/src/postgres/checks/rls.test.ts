import { examine } from '../../testing/examine.ts'
import { pgRls } from './rls.ts'

const table = (name: string) => ({ name, tenantKey: true, rowSecurity: true, forced: true, policies: 1 })

examine(pgRls, {
  good: {
    tables: [
      table('public.invoice'),
      { ...table('public.country'), tenantKey: false, rowSecurity: false, forced: false, policies: 0 },
    ],
  },
  bad: {
    'row security is off': {
      change: (f) => {
        f.tables.push({ ...table('public.a'), rowSecurity: false })
      },
      says: 'off',
    },
    'the owner is let through': {
      change: (f) => {
        f.tables.push({ ...table('public.b'), forced: false })
      },
      says: 'unforced',
    },
    'no policy speaks of the tenant': {
      change: (f) => {
        f.tables.push({ ...table('public.c'), policies: 0 })
      },
      says: 'no-policy',
    },
  },
  empty: {
    'no table has the key': (f) => {
      f.tables = []
    },
  },
})
