import type { HostFacts } from '../facts.ts'
import { examine } from '../../testing/examine.ts'
import { diskSmart } from './smart.ts'

type Disk = HostFacts['disks'][number]
const first = (more: Partial<Disk>) => (f: { disks: HostFacts['disks'] }) => {
  f.disks = f.disks.map((one) => (one.disk === 'a1' ? { ...one, ...more } : one))
}

examine(diskSmart, {
  good: {
    disks: [
      { disk: 'a1', device: '/dev/sda', passed: true, reallocated: 3, pending: 0, usedPercent: null },
      { disk: 'b2', device: '/dev/nvme0', passed: true, reallocated: null, pending: null, usedPercent: 12 },
    ],
  },
  bad: {
    'a disk announces its end': { change: first({ passed: false }), says: 'failing' },
    'too many sectors were replaced': { change: first({ reallocated: 400 }), says: 'reallocated' },
    'a sector cannot be read': { change: first({ pending: 1 }), says: 'pending' },
    'fewer replaced sectors are allowed': {
      change: () => undefined,
      says: 'reallocated',
      parameters: { maxReallocated: 0 },
    },
  },
  told: { 'a disk is worn': { change: first({ usedPercent: 95 }), says: 'worn' } },
  empty: {
    'there is no disk': (f) => {
      f.disks = []
    },
  },
})
