import { expect, it } from 'vitest'
import { errorClass, errorPlace, openLog } from './log.ts'

it('writes one JSON object a line from its level on', () => {
  const lines: string[] = []
  const log = openLog(
    'warn',
    () => new Date('2026-11-22T00:00:00Z'),
    (line) => lines.push(line),
  )
  log.info('not.shown')
  log.warn('shown', { count: 2 })
  expect(lines).toEqual(['{"at":"2026-11-22T00:00:00.000Z","level":"warn","event":"shown","count":2}\n'])
})

it('names the class and the place of an error, never its message', () => {
  const error = new TypeError('mail of anna@example.com')
  expect(errorClass(error)).toBe('TypeError')
  expect(errorClass(Object.assign(new Error('x'), { code: '42501' }))).toBe('Error:42501')
  expect(errorPlace(error)).toMatch(/^apps\/server\/src\/platform\/log\.test\.ts.*:\d+:\d+$/)
  expect(errorPlace('no error')).toBe('')
})
