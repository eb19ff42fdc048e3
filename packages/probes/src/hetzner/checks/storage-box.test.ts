import { examine } from '../../testing/examine.ts'
import { database, server, storageBox } from '../samples.ts'
import { hzStorageBox } from './storage-box.ts'

examine(hzStorageBox, {
  good: { servers: [server(), database()], storageBoxes: [storageBox()] },
  bad: {
    'Samba is on': {
      change: (f) => {
        f.storageBoxes = [storageBox({ samba: true })]
      },
      says: 'services',
    },
    'WebDAV is on': {
      change: (f) => {
        f.storageBoxes = [storageBox({ webdav: true })]
      },
      says: 'services',
    },
    'there is no plan for snapshots': {
      change: (f) => {
        f.storageBoxes = [storageBox({ planned: null })]
      },
      says: 'noPlan',
    },
    'it stands beside the database': {
      change: (f) => {
        f.storageBoxes = [storageBox({ place: database().place })]
      },
      says: 'together',
    },
  },
  told: {
    'it can be reached from the internet': {
      change: (f) => {
        f.storageBoxes = [storageBox({ reachableExternally: true })]
      },
      says: 'external',
    },
    'nobody knows where the databases are': {
      change: (f) => {
        f.servers = [server()]
      },
      says: 'sourceUnknown',
    },
    'it is being set up': {
      change: (f) => {
        f.storageBoxes = [storageBox({ active: false, planned: null })]
      },
      says: 'inactive',
    },
  },
  empty: {
    'there is no storage box': (f) => {
      f.storageBoxes = []
    },
  },
})
