import { describe, expect, it } from 'vitest'
import { judgedOtherwise } from './otherwise.ts'
import type { Reading } from './reading.ts'
import { checkOf } from '../registry.ts'

const check = checkOf('bb.repo-private')
if (!check) throw new Error('there is no such check')

const look = (repositories: object[]): Reading => ({
  read: 'ok',
  complete: true,
  at: '2026-11-22T08:00:00.000Z',
  source: 'bitbucket example',
  facts: { repositories: { read: 'ok', complete: true, facts: repositories } },
})
const repository = (name: string) => ({ repository: name, private: false, branch: 'main' })
const options = { system: 'a', now: new Date('2026-11-22T09:00:00Z') }

describe('other parameters', () => {
  it('turn only the subjects that they are about', () => {
    const turned = judgedOtherwise(check, look([repository('docs'), repository('code')]), {
      ...options,
      parameters: {},
      others: { declared: ['docs'] },
    })
    expect(turned).toMatchObject([{ subject: 'docs', from: 'fail' }])
    expect(turned[0]?.to).not.toBe('fail')
  })

  it('turn nothing where nothing was seen or nothing is other', () => {
    const unseen: Reading = { read: 'no', why: 'denied', detail: 'x', at: '2026-11-22T08:00:00.000Z', source: 'x' }
    const others = { declared: ['docs'] }
    expect(judgedOtherwise(check, unseen, { ...options, parameters: {}, others })).toEqual([])
    expect(judgedOtherwise(check, look([repository('docs')]), { ...options, parameters: others, others })).toEqual([])
  })
})
