import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fuzzedPage, inputsIn } from './fuzzed-page.ts'
import { parsers } from './parsers.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rows = parsers.flatMap(({ rows: all }) => all)

describe('the table of parsers', () => {
  it('names code and tests that there are', () => {
    const missing = rows.flatMap(({ code, tests }) => [
      ...code.filter((file) => !existsSync(root + file)),
      ...Object.entries(tests).flatMap(([file, names]) => {
        if (!existsSync(root + file)) return [file]
        const source = readFileSync(root + file, 'utf8')
        return names.filter((name) => !source.includes(`'${name}'`)).map((name) => `${file}: ${name}`)
      }),
    ])
    // What an attack is called stands in the table of attacks beside it.
    expect(missing.filter((one) => !one.startsWith('e2e/attacks/'))).toEqual([])
  })

  it('has inputs of a generator for each, or says which list there is', () => {
    const without = rows.filter(({ tests, listed }) => {
      const made = Object.entries(tests).some(
        ([file, names]) => inputsIn(readFileSync(root + file, 'utf8'), names).sum > 0,
      )
      return !made && listed === undefined
    })
    expect(without.map(({ reads }) => reads)).toEqual([])
  })

  it('makes a page with a row for each, and none without a count or a list', () => {
    const lines = fuzzedPage()
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:reads|-)/.test(line))
    expect(lines).toHaveLength(rows.length)
    expect(lines.filter((line) => !/\| (?:(?:at least )?[1-9][\d,]*|listed: .+) +\|$/.test(line))).toEqual([])
  })

  it('counts what stands in a test, and a hundred where nothing does', () => {
    const source =
      "it('a', () => {\n  fc.assert(x, { numRuns: 1_500 })\n  fc.assert(y)\n})\nit('b', () => fc.assert(z))\n"
    expect(inputsIn(source, ['a'])).toEqual({ sum: 1_600, isEach: false })
    expect(inputsIn("it.each(rows)('%s', () => fc.assert(x, seeded(20)))", ['%s'])).toEqual({ sum: 20, isEach: true })
    expect(inputsIn(source, ['c']).sum).toBe(0)
  })
})
