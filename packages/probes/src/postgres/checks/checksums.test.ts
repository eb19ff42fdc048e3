import { examine } from '../../testing/examine.ts'
import { pgChecksums } from './checksums.ts'

examine(pgChecksums, {
  good: { durability: { fsync: true, fullPageWrites: true, synchronousCommit: 'on', checksums: true } },
  bad: {
    'checksums are off': {
      change: (f) => {
        f.durability.checksums = false
      },
      says: 'off',
    },
  },
})
