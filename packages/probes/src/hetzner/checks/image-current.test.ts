import { examine } from '../../testing/examine.ts'
import { server } from '../samples.ts'
import { hzImageCurrent } from './image-current.ts'

const until = (endOfLife: string | boolean) => ({
  flavour: 'debian',
  version: '12',
  lifecycle: { cycle: '12', endOfLife, latest: null, latestDate: null },
})

examine(hzImageCurrent, {
  good: { servers: [server(), server({ id: 13, image: until(false) })], supportData: { date: '2026-08-22' } },
  bad: {
    'the support has ended': {
      change: (f) => {
        f.servers = [server({ image: until('2026-07-11') })]
      },
      says: 'ended',
    },
    'the support is over, nobody knows since when': {
      change: (f) => {
        f.servers = [server({ image: until(true) })]
      },
      says: 'ended',
    },
  },
  told: {
    'it ends soon': {
      change: (f) => {
        f.servers = [server({ image: until('2026-12-31') })]
      },
      says: 'soon',
    },
    'the image is gone': {
      change: (f) => {
        f.servers = [server({ image: null })]
      },
      says: 'unknown',
    },
    'the system is not known': {
      change: (f) => {
        f.servers = [server({ image: { flavour: 'unknown', version: null, lifecycle: null } })]
      },
      says: 'unknown',
    },
  },
  empty: {
    'there are no servers': (f) => {
      f.servers = []
    },
  },
})
