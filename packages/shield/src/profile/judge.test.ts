import { describe, expect, it } from 'vitest'
import { openInput } from '../file/input.ts'
import { profile } from '../file/profile.ts'

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text))
}

/** What is suggested for a column of 200 rows beside one of numbers. */
async function columnOf(header: string, valueOf: (row: number) => string) {
  const rows = Array.from({ length: 200 }, (_, row) => `${row * 7},${valueOf(row)}`)
  const plan = await profile(await openInput(once(`n,${header}\n${rows.join('\n')}\n`)), undefined)
  return plan.columns[header]
}
const of =
  (...values: readonly string[]) =>
  (row: number) =>
    values[row % values.length] ?? ''

describe('a column whose name says nothing', () => {
  it.each([
    ['a few first names', of('Annegret', 'Oluwaseun', 'Marijke'), 'given-name'],
    ['a few family names', of('Katzenellenbogen', 'Unterkircher', 'Stoyanov'), 'family-name'],
    ['a few towns', of('Bordeaux', 'Winterthur', 'Utrecht'), 'place'],
  ])('with %s is not taken for one of codes', async (_, values, type) => {
    const column = await columnOf('c1', values)
    expect(column?.do).toBe('pseudonym')
    expect([type, 'family-name', 'given-name', 'unclear']).toContain(column?.type)
  })

  it.each([
    ['words of every day', of('Active', 'Closed', 'Pending')],
    ['German ones', of('Offen', 'Erledigt', 'Geschlossen')],
    ['codes in capitals', of('EUR', 'USD', 'CHF')],
    ['codes in small letters', of('web', 'app', 'partner')],
  ])('with %s stays', async (_, values) => {
    expect(await columnOf('c1', values)).toMatchObject({ do: 'keep' })
  })

  it('with days spread over decades is taken for birthdays', async () => {
    expect(await columnOf('c1', (row) => `${1930 + (row % 70)}-03-${10 + (row % 18)}`)).toMatchObject({
      type: 'birth-date',
      do: 'generalise',
    })
  })

  it('with days of the last years stays', async () => {
    expect(await columnOf('c1', (row) => `${2015 + (row % 10)}-03-${10 + (row % 18)}`)).toMatchObject({
      type: 'date',
      do: 'keep',
    })
  })
})

describe('a column that is called', () => {
  it.each([
    ['first', 'given-name'],
    ['last', 'family-name'],
  ])('%s holds names of people, whatever the names', async (header, type) => {
    expect(await columnOf(header, of('Zyxxor', 'Qwerlin'))).toMatchObject({ type, do: 'pseudonym' })
  })

  it.each(['last login', 'first seen'])('%s does not', async (header) => {
    expect(await columnOf(header, (row) => `2026-01-${10 + (row % 18)}`)).toMatchObject({ type: 'date', do: 'keep' })
  })

  it('last and holds numbers, does not', async () => {
    expect(await columnOf('last', String)).toMatchObject({ do: 'keep' })
  })
})
