import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { defaultRhythm, kindOf, kinds } from './kind.ts'

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

it('stands in the guide, each kind once and in order', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/notifications.md', import.meta.url), 'utf8')
  const [, table = ''] = guide.split(/^\| kind .*$/mu)
  expect([...table.matchAll(/^\| `([a-z_]+\.[a-z_]+)`/gmu)].map(([, kind]) => kind)).toEqual(kinds)
})
