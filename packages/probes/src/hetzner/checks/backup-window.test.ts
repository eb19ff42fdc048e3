import { examine } from '../../testing/examine.ts'
import { database, server } from '../samples.ts'
import { hzBackupWindow } from './backup-window.ts'

const backup = (change: object = {}) => ({ server: 11, newest: '2026-11-22T01:10:00Z', count: 7, ...change })

examine(hzBackupWindow, {
  good: { servers: [server()], backups: [backup()] },
  bad: {
    'backups are off': {
      change: (f) => {
        f.servers = [server({ backupWindow: null })]
      },
      says: 'off',
    },
    'the newest one is old': {
      change: (f) => {
        f.backups = [backup({ newest: '2026-11-21T05:59:00Z' })]
      },
      says: 'old',
    },
    'there is none': {
      change: (f) => {
        f.backups = [backup({ server: 99 })]
      },
      says: 'none',
    },
    'the data lie on a volume': {
      change: (f) => {
        f.servers = [server({ volumes: [21] })]
      },
      says: 'volumes',
    },
  },
  told: {
    'the server is new': {
      change: (f) => {
        f.servers = [server({ created: '2026-11-22T08:00:00Z' })]
        f.backups = []
      },
      says: 'young',
    },
    'volumes are declared to be backed up in another way': {
      change: (f) => {
        f.servers = [server({ volumes: [21] })]
      },
      says: 'elsewhere',
      parameters: { volumesElsewhere: true },
    },
    'a server is declared to hold no data': {
      change: (f) => {
        f.servers = [server(), database({ labels: { role: 'worker' }, backupWindow: null })]
      },
      says: 'exempt',
      parameters: { without: ['role=worker'] },
    },
  },
  empty: {
    'there are no servers': (f) => {
      f.servers = []
    },
  },
})
