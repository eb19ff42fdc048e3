import { examine } from '../../testing/examine.ts'
import { blobPrivate } from './private.ts'

examine(blobPrivate, {
  good: { exposure: { accountAllows: false, container: 'none', accountKeys: false } },
  bad: {
    'everybody may list it': {
      change: (f) => {
        f.exposure = { accountAllows: true, container: 'all', accountKeys: false }
      },
      says: 'listed',
    },
    'everybody may read what they know the name of': {
      change: (f) => {
        f.exposure = { accountAllows: true, container: 'blobs', accountKeys: false }
      },
      says: 'readable',
    },
  },
  told: {
    'the account forbids what the container allows': {
      change: (f) => {
        f.exposure.container = 'all'
      },
      says: 'disregarded',
    },
    'nothing guards it': {
      change: (f) => {
        f.exposure.accountAllows = true
      },
      says: 'unguarded',
    },
    'keys of the account are accepted': {
      change: (f) => {
        f.exposure.accountKeys = true
      },
      says: 'keys',
    },
  },
})
