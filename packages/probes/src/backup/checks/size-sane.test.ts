import { examine } from '../../testing/examine.ts'
import { backupSizeSane } from './size-sane.ts'

const newest = (bytes: number) => (f: { sizes: { source: string; tenant: string | null; bytes: number[] }[] }) => {
  for (const one of f.sizes) if (one.source === 'db1') one.bytes[0] = bytes
}

examine(backupSizeSane, {
  good: {
    sizes: [
      { source: 'db1', tenant: null, bytes: [1100, 1000, 990, 980, 970] },
      { source: 'db2', tenant: 't1', bytes: [500, 400, 450, 480] },
    ],
  },
  bad: {
    'the newest is empty': { change: newest(0), says: 'empty' },
    'the newest is far smaller': { change: newest(400), says: 'odd' },
    'the newest is far larger': { change: newest(4000), says: 'odd' },
    'the band is narrower': { change: newest(1200), says: 'odd', parameters: { bandPercent: 10 } },
    'all that came before were empty': {
      change: (f) => {
        f.sizes.push({ source: 'db3', tenant: null, bytes: [10, 0, 0, 0] })
      },
      says: 'odd',
    },
  },
  told: {
    'there are too few to compare': {
      change: (f) => {
        f.sizes.push({ source: 'new', tenant: null, bytes: [10, 10] })
      },
      says: 'first',
    },
    'the size never changes': {
      change: (f) => {
        f.sizes.push({ source: 'still', tenant: null, bytes: [7, 7, 7, 7, 7, 7, 7, 8] })
      },
      says: 'constant',
    },
  },
  empty: {
    'there is no size': (f) => {
      f.sizes = []
    },
  },
  ordered: ['bytes'],
})
