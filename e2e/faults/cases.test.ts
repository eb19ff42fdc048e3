import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cases, numbered } from './cases.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a test may be called in: its file, and for an attack the table it stands in. */
function sourceOf(file: string): string {
  const folder = 'e2e/attacks/'
  const tables = file.startsWith(folder) ? readdirSync(root + folder).filter((name) => !name.endsWith('.test.ts')) : []
  return [file, ...tables.map((name) => folder + name)].map((path) => readFileSync(root + path, 'utf8')).join('\n')
}

describe('the table of faults and attacks', () => {
  it('has each number of the list, and nothing twice', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
    const numbers = Array.from({ length: numbered }, (_, place) => String(place + 1))
    expect(numbers.filter((number) => !ids.includes(number))).toEqual([])
  })

  it('names tests that there are', () => {
    const missing = cases.flatMap(({ id, tests }) =>
      Object.entries(tests).flatMap(([file, names]) => {
        if (!existsSync(root + file)) return [`${id}: ${file}`]
        const source = sourceOf(file)
        return names
          .filter((name) => ![`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => source.includes(quoted)))
          .map((name) => `${id}: ${file}: ${name}`)
      }),
    )
    expect(missing).toEqual([])
  })

  it('shows each by a test, or says why it is open or cannot be', () => {
    const silent = cases.filter(({ tests, open, absent }) => Object.keys(tests).length === 0 && !open && !absent)
    expect(silent.map(({ id }) => id)).toEqual([])
  })
})
