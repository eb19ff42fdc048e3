import { examine } from '../../testing/examine.ts'
import { s3Encrypted } from './encrypted.ts'

examine(s3Encrypted, {
  good: { encryption: { algorithm: 'AES256', ownKey: false } },
  bad: {
    'nothing is encrypted': {
      change: (f) => {
        f.encryption = { algorithm: null, ownKey: false }
      },
      says: 'off',
    },
    'an own key is demanded and there is none': {
      change: (f) => {
        f.encryption = { algorithm: 'aws:kms', ownKey: false }
      },
      says: 'foreignKey',
      parameters: { ownKey: true },
    },
  },
})
