import type { HostFacts } from '../facts.ts'
import { examine } from '../../testing/examine.ts'
import { raidHealthy } from './raid.ts'

type DiskArray = HostFacts['arrays'][number]
const array = (name: string, level: string): DiskArray => ({
  name,
  level,
  disks: 3,
  isActive: true,
  missing: 0,
  failed: 0,
  errors: 0,
  isSyncing: false,
})
const first = (more: Partial<DiskArray>) => (f: { arrays: HostFacts['arrays'] }) => {
  f.arrays = f.arrays.map((one) => (one.name === 'md0' ? { ...one, ...more } : one))
}

examine(raidHealthy, {
  good: { arrays: [array('md0', 'raid5'), array('btrfs-1', 'raid1c3')] },
  bad: {
    'a disk is missing': { change: first({ missing: 1 }), says: 'degraded' },
    'a missing disk is being replaced': { change: first({ missing: 1, isSyncing: true }), says: 'rebuilding' },
    'a failed disk is still there': { change: first({ failed: 1 }), says: 'failed' },
    'the array does not run': { change: first({ isActive: false }), says: 'stopped' },
    'copies differ': { change: first({ errors: 128 }), says: 'errors' },
    'the level survives nothing': { change: first({ level: 'raid0' }), says: 'unsafe' },
    'the array is a mere row of disks': { change: first({ level: 'linear' }), says: 'unsafe' },
    'another level was promised': { change: () => undefined, says: 'level', parameters: { level: 6 } },
  },
  told: { 'it is being compared': { change: first({ isSyncing: true }), says: 'syncing' } },
  empty: {
    'there is no array': (f) => {
      f.arrays = []
    },
  },
})
