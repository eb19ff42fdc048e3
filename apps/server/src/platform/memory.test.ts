import { expect, it } from 'vitest'
import { openMemoryRoom } from './memory.ts'

const mib = 1_048_576

it('gives half of what is free, once, and again when it was given back', () => {
  const room = openMemoryRoom(() => ({ limit: 100 * mib, used: 40 * mib }))
  const [first, none] = [room.take(20 * mib), room.take(11 * mib)]
  expect(none).toBeNull()
  const second = room.take(10 * mib)
  expect([first, second]).not.toContain(null)
  expect(room.take(1)).toBeNull()
  first?.()
  first?.()
  expect(room.take(21 * mib)).toBeNull()
  expect(room.take(20 * mib)).not.toBeNull()
})

it('gives nothing where nothing is free', () => {
  const room = openMemoryRoom(() => ({ limit: 100 * mib, used: 101 * mib }))
  expect([room.take(0), room.take(1)]).toEqual([null, null])
})

it('knows how much this process may have', () => {
  const room = openMemoryRoom()
  expect(room.take(1_024)).not.toBeNull()
  expect(room.take(1e15)).toBeNull()
})
