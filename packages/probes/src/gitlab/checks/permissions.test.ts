import { expect, it } from 'vitest'
import { judge } from '../../engine/judge.ts'
import { seen } from '../../engine/reading.ts'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import { glPermissions } from './permissions.ts'

const good = { repository: 'example/shop', admins: ['2', '3'], direct: [] as string[] }

examine(glPermissions, {
  good: { access: [good] },
  bad: {
    'somebody is a member of the project itself': {
      change: (f) => {
        for (const one of f.access) one.direct = ['7']
      },
      says: 'direct',
    },
    'many are maintainers': {
      change: (f) => {
        for (const one of f.access) one.admins = ['1', '2', '3', '4', '5']
      },
      says: 'many',
    },
  },
  empty: {
    'there is no project': (f) => {
      f.access = []
    },
  },
})

it('lets pass who was declared', () => {
  const reading = seen({ access: seen([{ ...good, direct: ['7'] }]) })
  const outcomes = judge(
    glPermissions,
    { ...reading, at: examined.toISOString(), source: 'test' },
    { system: 'test', now: examined, parameters: { declared: ['7'] } },
  )
  expect(outcomes.map(({ state }) => state)).toEqual(['pass'])
})
