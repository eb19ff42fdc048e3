import { examine } from '../../testing/examine.ts'
import { pgAudit } from './audit.ts'

examine(pgAudit, {
  good: { logging: { connections: true, disconnections: true, statements: 'ddl', audit: false } },
  bad: {
    'connections are not logged': {
      change: (f) => {
        f.logging.connections = false
      },
      says: 'off',
    },
    'disconnections are not logged': {
      change: (f) => {
        f.logging.disconnections = false
      },
      says: 'off',
    },
    'changes are not logged': {
      change: (f) => {
        f.logging.statements = 'none'
      },
      says: 'off',
    },
  },
  told: {
    'every statement is logged': {
      change: (f) => {
        f.logging.statements = 'all'
      },
      says: 'all',
    },
  },
})
