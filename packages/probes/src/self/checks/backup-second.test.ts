import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { backupSeen } from '../testing.ts'
import { selfBackupSecond } from './backup-second.ts'

const [first] = backupSeen.places
const places = first ? [first, { ...first, place: 2, kind: 'sftp' as const }] : []

examine(selfBackupSecond, {
  good: { backup: { ...backupSeen, places } },
  bad: {
    'the second place got none': { change: (f) => void (f.backup.places[1]!.late = true), says: 'empty' },
  },
})

it('fails where no backups are set up', () => {
  const outcomes = selfBackupSecond.judge({ backup: { ...backupSeen, places: [] } })
  expect(outcomes).toMatchObject([{ state: 'fail', say: { key: 'unset' } }])
})

it('fails where all lie in one place', () => {
  expect(selfBackupSecond.judge({ backup: backupSeen })).toMatchObject([{ state: 'fail', say: { key: 'one' } }])
})

it('neither passes nor fails where both are folders', () => {
  const folders = places.map((place) => ({ ...place, kind: 'folder' as const }))
  expect(selfBackupSecond.judge({ backup: { ...backupSeen, places: folders } })).toMatchObject([
    { state: 'info', say: { key: 'folders' } },
  ])
})
