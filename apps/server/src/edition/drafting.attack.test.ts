import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, measureOf, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, measureOf, draft } = await publishedEdition())
})
afterAll(() => server.stop())

describe('a draft', () => {
  it('is not signed when the mapping of a line changed meanwhile', async () => {
    const editionId = await draft()
    await json(await owner.post(at('measure.change'), { ...(await measureOf('12 characters')), catalogueIds: ['mfa'] }))
    const response = await owner.post(at('edition.sign'), { editionId })
    expect(await response.json()).toMatchObject({ status: 409, code: 'edition.changed_since' })
  })

  it('is made by many at once, and none waits for another', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, draft))
    expect(new Set(ids).size).toBe(5)
  })
})
