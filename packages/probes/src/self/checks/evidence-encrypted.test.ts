import { examine } from '../../testing/examine.ts'
import { selfEvidenceEncrypted } from './evidence-encrypted.ts'

examine(selfEvidenceEncrypted, {
  good: {
    evidence: {
      encrypted: true,
      algorithm: 'AES-256-GCM',
      keyPerTenant: true,
      round: { looked: 2, of: 2, days: 7, overdue: 0 },
    },
  },
  bad: {
    'files are plain': {
      change: (f) => {
        f.evidence.encrypted = false
      },
      says: 'plain',
    },
    'the cipher is not authenticated': {
      change: (f) => {
        f.evidence.algorithm = 'AES-256-CBC'
      },
      says: 'weak',
    },
    'tenants share a key': {
      change: (f) => {
        f.evidence.keyPerTenant = false
      },
      says: 'shared',
    },
  },
})
