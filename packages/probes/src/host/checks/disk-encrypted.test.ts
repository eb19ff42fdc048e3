import { examine } from '../../testing/examine.ts'
import { hostDiskEncrypted } from './disk-encrypted.ts'

examine(hostDiskEncrypted, {
  good: {
    volumes: [
      { mount: '/', device: 'root', encrypted: true },
      { mount: '[SWAP]', device: 'swap', encrypted: true },
    ],
  },
  bad: {
    'the root volume is plain': {
      change: (f) => {
        f.volumes = f.volumes.map((one) => (one.mount === '/' ? { ...one, encrypted: false } : one))
      },
      says: 'plain',
    },
    'swap is plain': {
      change: (f) => {
        f.volumes = f.volumes.map((one) => (one.mount === '[SWAP]' ? { ...one, encrypted: false } : one))
      },
      says: 'plain',
    },
    'another volume is plain': {
      change: (f) => {
        f.volumes.push({ mount: '/srv', device: 'sdb1', encrypted: false })
      },
      says: 'plain',
    },
  },
  empty: {
    'there is no volume': (f) => {
      f.volumes = []
    },
  },
})
