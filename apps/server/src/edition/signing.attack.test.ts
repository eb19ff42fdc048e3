import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

let { server, owner, editor, published, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor, published, draft } = await publishedEdition())
})
afterAll(() => server.stop())

describe('signing', () => {
  it('is refused for what is published already, and to a role that may not', async () => {
    const again = await owner.post(at('edition.sign'), { editionId: published })
    expect(await again.json()).toMatchObject({ status: 409, code: 'edition.not_a_draft' })
    const refused = await editor.post(at('edition.sign'), { editionId: await draft() })
    expect(refused.status).toBe(403)
  })

  it('makes one edition of one draft, when two sign it at the same moment and when it is signed again', async () => {
    const editionId = await draft()
    const answers = await Promise.all([1, 2].map(() => owner.post(at('edition.sign'), { editionId })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await owner.post(at('edition.sign'), { editionId })).status).toBe(404)
  })

  it('gives each a number of its own when two sign at the same moment', async () => {
    const drafts = [await draft(), await draft()]
    const signed = await Promise.all(
      drafts.map(
        async (editionId) => await json<{ number: number }>(await owner.post(at('edition.sign'), { editionId })),
      ),
    )
    expect(signed.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([3, 4])
  })
})
