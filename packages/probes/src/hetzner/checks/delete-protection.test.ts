import { examine } from '../../testing/examine.ts'
import { server, storageBox, volume } from '../samples.ts'
import { hzDeleteProtection } from './delete-protection.ts'

examine(hzDeleteProtection, {
  good: {
    servers: [server(), server({ id: 13, labels: { env: 'test' }, deleteProtection: false })],
    volumes: [volume()],
    storageBoxes: [storageBox()],
  },
  bad: {
    'a server of production can be deleted': {
      change: (f) => {
        f.servers = [server({ deleteProtection: false })]
      },
      says: 'off',
    },
    'a volume of production can be deleted': {
      change: (f) => {
        f.volumes = [volume({ deleteProtection: false })]
      },
      says: 'off',
    },
    'a storage box of production can be deleted': {
      change: (f) => {
        f.storageBoxes = [storageBox({ deleteProtection: false })]
      },
      says: 'off',
    },
  },
  empty: {
    'nothing bears the label': (f) => {
      f.servers = [server({ labels: {} })]
      f.volumes = []
      f.storageBoxes = []
    },
  },
})
