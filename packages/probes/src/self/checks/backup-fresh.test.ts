import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { backupSeen } from '../testing.ts'
import { selfBackupFresh } from './backup-fresh.ts'

examine(selfBackupFresh, {
  good: { backup: backupSeen },
  bad: {
    'a night was missed': { change: (f) => void (f.backup.places[0]!.late = true), says: 'late' },
    'nothing ever came': {
      change: (f) => void Object.assign(f.backup.places[0]!, { late: true, newestAt: null }),
      says: 'never',
    },
    'a tenant is missing': { change: (f) => void (f.backup.withoutPart = 1), says: 'without' },
    'a database shrank': { change: (f) => void (f.backup.odd = 1), says: 'odd' },
  },
})

it('neither passes nor fails before the first night', () => {
  const places = [{ ...backupSeen.places[0]!, newestAt: null }]
  expect(selfBackupFresh.judge({ backup: { ...backupSeen, places } }).map(({ state }) => state)).toEqual(['info'])
})

it('fails where no backups are set up', () => {
  const outcomes = selfBackupFresh.judge({ backup: { ...backupSeen, places: [] } })
  expect(outcomes).toMatchObject([{ state: 'fail', say: { key: 'unset' } }])
})
