import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { backupSeen } from '../testing.ts'
import { selfBackupRestored } from './backup-restored.ts'

examine(selfBackupRestored, {
  good: { backup: backupSeen },
  bad: {
    'a drill failed': { change: (f) => void (f.backup.places[0]!.drillPassed = false), says: 'failed' },
    'no drill passed lately': { change: (f) => void (f.backup.places[0]!.drillLate = true), says: 'late' },
  },
})

it('neither passes nor fails before the first drill', () => {
  const places = [{ ...backupSeen.places[0]!, drilledAt: null, drillPassed: null }]
  expect(selfBackupRestored.judge({ backup: { ...backupSeen, places } }).map(({ state }) => state)).toEqual(['info'])
})

it('fails where no backups are set up', () => {
  const outcomes = selfBackupRestored.judge({ backup: { ...backupSeen, places: [] } })
  expect(outcomes).toMatchObject([{ state: 'fail', say: { key: 'unset' } }])
})
