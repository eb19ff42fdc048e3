import { examine } from '../../testing/examine.ts'
import { selfDatabaseDurable } from './database-durable.ts'

examine(selfDatabaseDurable, {
  good: {
    database: {
      version: '18.4',
      fsync: true,
      fullPageWrites: true,
      synchronousCommit: 'on',
      checksums: true,
      transport: 'socket',
    },
  },
  bad: {
    'fsync is off': {
      change: (f) => {
        f.database.fsync = false
      },
      says: 'lossy',
    },
    'full_page_writes is off': {
      change: (f) => {
        f.database.fullPageWrites = false
      },
      says: 'lossy',
    },
    'synchronous_commit is off': {
      change: (f) => {
        f.database.synchronousCommit = 'off'
      },
      says: 'lossy',
    },
    'there are no checksums': {
      change: (f) => {
        f.database.checksums = false
      },
      says: 'unchecked',
    },
  },
})
