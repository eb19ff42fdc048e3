import { expect, it } from 'vitest'
import { bug, defineErrors } from './error.ts'

const errors = defineErrors('sample', {
  missing: { status: 404, en: 'No {thing}.', de: 'Kein {thing}.' },
  down: { status: 503, en: 'Not now.', de: 'Jetzt nicht.' },
})

it('names module and reason, fills in parameters in both languages and keeps the cause', () => {
  const cause = new Error('below')
  const error = errors.missing({ thing: 'sample' }, { cause })
  expect(error.code).toBe('sample.missing')
  expect([error.say('en'), error.say('de')]).toEqual(['No sample.', 'Kein sample.'])
  expect(error.cause).toBe(cause)
})

it('tells refusals, outages and bugs apart', () => {
  expect(errors.missing().definition.family).toBe('refusal')
  expect(errors.down().definition.family).toBe('outage')
  expect(bug('x').definition).toMatchObject({ family: 'bug', status: 500 })
})

it('leaves a place open that no parameter fills', () => {
  expect(errors.missing().message).toBe('No {thing}.')
})
