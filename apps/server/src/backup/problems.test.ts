import { expect, it } from 'vitest'
import { targetErrors } from '../platform/targets/errors.ts'
import { backupErrors } from './errors.ts'
import { kindOfProblem } from './problems.ts'

it.each([
  ['target.full', 'making', 'disk-full'],
  ['target.full', 'place', 'place-full'],
  ['Error:ENOSPC', 'making', 'disk-full'],
  ['Error:EACCES', 'place', 'place-refuses'],
  ['Error:EACCES', 'making', 'other'],
  ['Error:ECONNRESET', 'place', 'place-away'],
  ['Error:ECONNRESET', 'making', 'other'],
  ['error:53300', 'making', 'database'],
  ['error:53100', 'making', 'disk-full'],
  ['postgres.unreachable', 'making', 'database'],
  ['objects.wrong_key', 'place', 'place-refuses'],
  ['wrong_key', 'place', 'wrong-key'],
  ['TypeError', 'making', 'other'],
] as const)('%s while it is in the hands of the %s is said as %s', (code, of, kind) => {
  expect(kindOfProblem(code, of)).toBe(kind)
})

it('has words for whatever a place of backups may fail with', () => {
  const made = Object.values(targetErrors).map((make) => make.definition.code)
  expect(made.filter((code) => kindOfProblem(code, 'place') === 'other')).toEqual(['target.bad_setting'])
  expect(kindOfProblem(backupErrors.wrong_master_key().code.replace('backup.', ''), 'place')).toBe('wrong-master-key')
})
