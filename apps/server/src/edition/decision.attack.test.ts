import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'

/** What the tests read of a comparison. */
interface Comparison {
  readonly from: { readonly number: number | null }
  readonly counts: Readonly<Record<string, number>>
  readonly changes: readonly {
    readonly key: string
    readonly kind: string
    readonly before: { readonly text: string } | null
    readonly decision: string
    readonly decided: { readonly reason: string; readonly by: string } | null
  }[]
}

let { server, owner, editor, published, measureOf, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, editor, published, measureOf, draft } = await publishedEdition())
})
afterAll(() => server.stop())

const compared = async (query = ''): Promise<Comparison> =>
  await json<Comparison>(await owner.get(`${at('edition.compare')}${query}`))
const open = async () => (await compared()).changes.filter(({ decision, decided }) => decision === 'needed' && !decided)
const decide = async (change: string, reason = 'Agreed with every customer.', more = {}) =>
  await owner.post(at('edition.decide'), { change, reason, ...more })

describe('an edition that promises less than the last one', () => {
  it('is not signed before somebody decided about every change, and says who did and why', async () => {
    expect((await compared()).counts).toMatchObject({ decisions: 0, undecided: 0 })
    await json(
      await owner.post(at('measure.ignore'), {
        ...(await measureOf('12 characters')),
        reason: 'no passwords any more',
      }),
    )
    await json(await owner.post(at('measure.change'), { ...(await measureOf('Kornblume')), guarantor: 'customer' }))
    const editionId = await draft()
    const refused = await owner.post(at('edition.sign'), { editionId })
    expect(await refused.json()).toMatchObject({ status: 409, code: 'edition.decision_needed' })
    const changes = await open()
    expect(changes.map(({ kind, before }) => [kind, before?.text])).toEqual([
      ['changed', 'Visitors of the plant Kornblume are escorted at all times.'],
      ['removed', 'Passwords have at least 12 characters.'],
    ])
    const [first, second] = changes
    await json(await decide(first?.key ?? '', 'The hall belongs to the customer now.'))
    expect((await owner.post(at('edition.sign'), { editionId })).status).toBe(409)
    await json(await decide(second?.key ?? '', 'Everybody signs in with a key.'))
    expect(await json(await owner.post(at('edition.sign'), { editionId }))).toEqual({ number: 2 })

    const { editions } = await json<{ editions: { id: string; number: number | null }[] }>(
      await owner.get(at('edition.list')),
    )
    const two = editions.find(({ number }) => number === 2)?.id ?? ''
    const whole = await json<{ changes: Record<string, unknown> }>(
      await owner.get(`${at('edition.file')}?editionId=${two}&format=json`),
    )
    expect(whole.changes).toMatchObject({
      since: 1,
      decisions: [
        { reason: 'The hall belongs to the customer now.', by: 'owner', visibility: 'auditors' },
        { before: 'Passwords have at least 12 characters.', after: '', visibility: 'public' },
      ],
    })
    const shown = await (await fetch(`${server.local}/trust/alpha/edition.json`)).text()
    expect(shown).toContain('Everybody signs in with a key.')
    expect(shown).not.toContain('The hall belongs to the customer now.')
  })

  it('may be compared with any earlier one, too', async () => {
    const { from, counts } = await compared(`?from=${published}`)
    expect(from.number).toBe(1)
    expect(counts).toMatchObject({ removed: 1, changed: 1 })
    expect((await compared()).counts).toMatchObject({ removed: 0, changed: 0 })
  })
})

describe('a decision', () => {
  it('counts for the change that it was taken about, and for no later one', async () => {
    const soften = async (environments: string[]) =>
      await json(
        await owner.post(at('measure.change'), { ...(await measureOf('TLS 1.2')), cadence: environments.join('') }),
      )
    await soften(['P1D'])
    await json(await owner.post(at('edition.sign'), { editionId: await draft() }))
    await soften(['P1M'])
    const [monthly] = await open()
    await json(await decide(monthly?.key ?? ''))
    expect(await open()).toEqual([])
    await soften(['P1Y'])
    const [yearly, ...rest] = await open()
    expect(rest).toEqual([])
    expect(yearly?.key).not.toBe(monthly?.key)
    expect(await (await decide(monthly?.key ?? '')).json()).toMatchObject({ code: 'edition.no_such_change' })
    await json(await decide(yearly?.key ?? '', 'Nobody could look every month.'))
    await json(await decide(yearly?.key ?? '', 'Nobody could look every month, and nothing ever changed.'))
    const decided = (await compared()).changes.find(({ key }) => key === yearly?.key)?.decided
    expect(decided).toMatchObject({ reason: 'Nobody could look every month, and nothing ever changed.', by: 'owner' })
  })

  it('is no editor’s, needs a reason, and names a line that exists', async () => {
    const [change] = (await compared()).changes.filter(({ decision }) => decision === 'needed')
    const key = change?.key ?? ''
    const refused = await editor.post(at('edition.decide'), { change: key, reason: 'It seemed a good idea.' })
    expect(refused.status).toBe(403)
    expect((await decide(key, '  because  ')).status).toBe(400)
    expect((await decide('0'.repeat(64))).status).toBe(409)
    expect((await decide(key, 'Another line does the same.', { equivalent: crypto.randomUUID() })).status).toBe(409)
  })
})
