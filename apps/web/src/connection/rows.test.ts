import { describe, expect, it } from 'vitest'
import { cellsOf, withCell } from './rows.ts'

describe('rows of a form', () => {
  it('are read from JSON, and none from anything else', () => {
    expect(cellsOf('[{"id":"a","until":"2026-01-31"}]')).toEqual([{ id: 'a', until: '2026-01-31' }])
    for (const other of ['', '{}', 'x', '[1, null]']) expect(cellsOf(other).flatMap(Object.keys)).toEqual([])
  })

  it('change in one cell only', () => {
    const rows = [{ id: 'a' }, { id: 'b' }]
    expect(withCell(rows, 1, 'id', 'c')).toEqual([{ id: 'a' }, { id: 'c' }])
    expect(rows[1]).toEqual({ id: 'b' })
  })
})
