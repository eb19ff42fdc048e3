import { examine } from '../../testing/examine.ts'
import { selfBoundToLoopbackOrTls } from './bound-to-loopback-or-tls.ts'

examine(selfBoundToLoopbackOrTls, {
  good: {
    web: {
      contentSecurityPolicy:
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      listens: [{ address: '127.0.0.1', port: 4132, tls: 'none' }],
    },
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
    'it listens to the network in the clear': {
      change: (f) => {
        f.web.listens.push({ address: '0.0.0.0', port: 80, tls: 'none' })
      },
      says: 'open',
    },
    'the database is reached in the clear': {
      change: (f) => {
        f.database = { ...f.database, transport: 'plain' }
      },
      says: 'database-plain',
    },
  },
})
