import { examine } from '../../testing/examine.ts'
import { s3Private } from './private.ts'

const guarded = { ignoresPublicAcls: true, restrictsPublicPolicy: true }

examine(s3Private, {
  good: { exposure: { ...guarded, publicPolicy: false, publicAcl: false } },
  bad: {
    'a policy opens it': {
      change: (f) => {
        f.exposure = { ...f.exposure, publicPolicy: true, restrictsPublicPolicy: false }
      },
      says: 'policy',
    },
    'a list opens it': {
      change: (f) => {
        f.exposure = { ...f.exposure, publicAcl: true, ignoresPublicAcls: false }
      },
      says: 'acl',
    },
  },
  told: {
    'a public policy is disregarded': {
      change: (f) => {
        f.exposure = { ...guarded, publicPolicy: true, publicAcl: false }
      },
      says: 'disregarded',
    },
    'nothing guards it': {
      change: (f) => {
        f.exposure = { ...guarded, restrictsPublicPolicy: false, publicPolicy: false, publicAcl: false }
      },
      says: 'unguarded',
    },
  },
})
