import { expect, it } from 'vitest'
import { judge } from '../../engine/judge.ts'
import { seen } from '../../engine/reading.ts'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import { blobRecoverable } from './recoverable.ts'

examine(blobRecoverable, {
  good: { recovery: { versioning: false, blobDays: 14, containerDays: 7 } },
  bad: {
    'blobs are gone at once': {
      change: (f) => {
        f.recovery.blobDays = null
      },
      says: 'noBlobs',
    },
    'blobs are kept for a day': {
      change: (f) => {
        f.recovery.blobDays = 1
      },
      says: 'shortBlobs',
    },
    'the container is gone at once': {
      change: (f) => {
        f.recovery.containerDays = null
      },
      says: 'noContainer',
    },
    'the container is kept for a day': {
      change: (f) => {
        f.recovery.containerDays = 1
      },
      says: 'shortContainer',
    },
  },
})

it('takes old versions for a way back', () => {
  const recovery = { versioning: true, blobDays: null, containerDays: 7 }
  const reading = seen({ recovery: seen(recovery) })
  const outcomes = judge(
    blobRecoverable,
    { ...reading, at: examined.toISOString(), source: 'test' },
    { system: 'test', now: examined },
  )
  expect(outcomes.map(({ state, say }) => `${state} ${say.key}`)).toEqual(['pass versions', 'pass container'])
})
