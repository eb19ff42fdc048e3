import { expect, it } from 'vitest'
import { defaultRhythm, kindOf } from './kind.ts'

it('tells of a new incident of a platform at once to those who can acknowledge it', () => {
  const kind = kindOf({ type: 'platform.reported', about: { kind: 'platform-incident', id: 'x' } })
  expect(kind).toBe('platform.reported')
  const rhythms = (['owner', 'editor', 'signatory', 'dpo', 'member'] as const).map((role) =>
    defaultRhythm('platform.reported', role),
  )
  expect(rhythms).toEqual(['now', 'now', 'never', 'never', 'never'])
})

it('tells nobody that an incident was acknowledged', () => {
  expect(kindOf({ type: 'platform.acknowledged', about: { kind: 'platform-incident', id: 'x' } })).toBeUndefined()
})
