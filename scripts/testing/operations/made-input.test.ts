import { describe, expect, it } from 'vitest'
import { methodOf } from '../../../apps/server/src/http/index.ts'
import { allOperations } from '../../../apps/server/src/operations.ts'
import { idOfNothing, madeInput } from './made-input.ts'

const operations = allOperations({} as Parameters<typeof allOperations>[0])
const withId = (wanted: string) => {
  const found = operations.find(({ id }) => id === wanted)
  if (!found) throw new Error(`there is no operation ${wanted}`)
  return found
}

describe('made input', () => {
  it.each([{}, { sparse: true }])('fits the schema of every operation: %o', (wish) => {
    const wrong = operations.flatMap((operation) => {
      const made = madeInput(operation, wish)
      // What travels in an address arrives as text.
      const isInAddress = operation.kind === 'upload' || methodOf(operation) === 'get'
      const sent = Object.entries(made).map(([name, value]) => [name, isInAddress ? String(value) : value])
      const { error } = operation.input.safeParse(Object.fromEntries(sent))
      return (error?.issues ?? []).map(({ path, message }) => `${operation.id} ${path.join('.')}: ${message}`)
    })
    expect(wrong).toEqual([])
  })

  it('names every field, or only those that must be there', () => {
    const change = withId('measure.change')
    expect(Object.keys(madeInput(change))).toEqual(Object.keys(change.input.shape))
    expect(madeInput(change, { sparse: true })).toEqual({ measureId: idOfNothing('measureId'), revision: 1 })
  })

  it('takes what exists by the name of the field, also in lists, and only where it fits', () => {
    const given = { connectionIds: ['1c9d3d0e-52ad-4f0e-8f0e-0a3f9d2b7c11'], measureId: 'no id', role: 'owner' }
    expect(madeInput(withId('check.run'), { given })).toMatchObject({ connectionIds: given.connectionIds })
    const fileId = '2c9d3d0e-52ad-4f0e-8f0e-0a3f9d2b7c12'
    expect(madeInput(withId('incident.note'), { given: { fileId } })).toMatchObject({ fileIds: [fileId] })
    expect(madeInput(withId('measure.show'), { given })).toEqual({ measureId: idOfNothing('measureId') })
  })

  it('is the same each time', () => {
    const wish = { now: new Date('2026-05-01T09:00:00Z') }
    expect(operations.map((one) => madeInput(one, wish))).toEqual(operations.map((one) => madeInput(one, wish)))
    expect(madeInput(withId('computer.push'), wish)).toMatchObject({ at: '2026-05-01T09:00:00.000Z' })
  })
})
