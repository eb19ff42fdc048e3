import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, editor, published, measureOf, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor, published, measureOf, draft } = await publishedEdition())
})
afterAll(() => server.stop())

describe('signing', () => {
  it('is refused for what is published already, and to a role that may not', async () => {
    const again = await owner.post(at('edition.sign'), { editionId: published })
    expect(await again.json()).toMatchObject({ status: 409, code: 'edition.not_a_draft' })
    const refused = await editor.post(at('edition.sign'), { editionId: await draft() })
    expect(refused.status).toBe(403)
  })

  it('gives each a number of its own when two sign at the same moment', async () => {
    const drafts = [await draft(), await draft()]
    const signed = await Promise.all(
      drafts.map(
        async (editionId) => await json<{ number: number }>(await owner.post(at('edition.sign'), { editionId })),
      ),
    )
    expect(signed.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([2, 3])
  })
})

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
