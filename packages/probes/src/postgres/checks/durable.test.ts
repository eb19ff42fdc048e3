import { examine } from '../../testing/examine.ts'
import { pgDurable } from './durable.ts'

examine(pgDurable, {
  good: { durability: { fsync: true, fullPageWrites: true, synchronousCommit: 'on', checksums: true } },
  bad: {
    'fsync is off': {
      change: (f) => {
        f.durability.fsync = false
      },
      says: 'off',
    },
    'full_page_writes is off': {
      change: (f) => {
        f.durability.fullPageWrites = false
      },
      says: 'off',
    },
    'synchronous_commit is off': {
      change: (f) => {
        f.durability.synchronousCommit = 'off'
      },
      says: 'off',
    },
  },
})
