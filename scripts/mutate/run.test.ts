import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { read, repository } from '../gate.ts'
import { keyOfMutant, mutantsOf } from './mutants.ts'
import { pageOf, readKnown } from './page.ts'
import { keyOfKnown, mutate, unknownOf, type Known, type Seen } from './run.ts'
import { targets } from './targets.ts'

/** Two doors: a test looks at the border of the first one; what looks at the second one nothing could disturb. */
const door = 'export function mayEnter(age: number): boolean {\n  return age >= 18\n}\n'
const files = {
  'door.ts': door,
  'door.test.ts': `import { expect, it } from 'vitest'
import { mayEnter } from './door.ts'
it('opens at eighteen', () => expect([17, 18].map(mayEnter)).toEqual([false, true]))
`,
  'gate.ts': door,
  'gate.test.ts': `import { expect, it } from 'vitest'
import { mayEnter } from './gate.ts'
it('opens to a grown-up', () => expect(mayEnter(40)).toBe(true))
`,
  'count.ts': `export function upTo(n: number): number {
  let i = 0
  while (i !== n) i = i + 1
  return i
}

export const never = (a: boolean): boolean => !a
`,
  'count.test.ts': `import { expect, it } from 'vitest'
import { upTo } from './count.ts'
it('counts', () => expect(upTo(3)).toBe(3))
`,
  'broken.test.ts': `import { expect, it } from 'vitest'
it('fails by itself', () => expect(1).toBe(2))
`,
}

/** A dozen processes one after the other: some seconds, and minutes where the machine is busy. */
const patienceMs = 300_000

describe('a planted mutant', () => {
  let root: string
  const seen = new Map<string, Seen>()
  const run = (sources: readonly string[], tests: readonly string[]) =>
    mutate(
      root,
      { name: 'planted', about: '', files: sources, tests, database: false, most: 100, leastMs: 100 },
      [],
      (file, one) => void seen.set(file, one),
    )
  beforeAll(async () => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'art32-planted-'))
    fs.symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'))
    fs.writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }')
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(root, name), text)
    await run(['door.ts', 'gate.ts', 'count.ts'], ['door.test.ts', 'gate.test.ts', 'count.test.ts'])
  }, patienceMs)
  afterAll(() => fs.rmSync(root, { recursive: true }))

  it('is killed where a test looks', () => {
    expect(seen.get('door.ts')).toMatchObject({ mutants: 1, tried: 1, killed: 1, survivors: [] })
  })

  it('lives where a test passes by', () => {
    expect(seen.get('gate.ts')).toMatchObject({
      killed: 0,
      survivors: [{ was: 'return age >= 18', is: 'return age > 18', nth: 1, isReached: true }],
    })
  })

  it('is ended where it never ends, and told of where no test comes', () => {
    // Of a step that is left out, and of a step back, no test would ever say that it fails.
    expect(seen.get('count.ts')).toMatchObject({
      killed: 3,
      survivors: [{ is: 'export const never = (a: boolean): boolean => a', isReached: false }],
    })
  })

  it('leaves the files on the disk as they were', () => {
    for (const [name, text] of Object.entries(files)) expect(fs.readFileSync(path.join(root, name), 'utf8')).toBe(text)
  })

  it(
    'counts nothing where a test fails without it',
    async () => {
      seen.clear()
      await expect(run(['door.ts'], ['broken.test.ts'])).rejects.toThrow('broken.test.ts fails without any mutant')
      expect(seen.size).toBe(0)
    },
    patienceMs,
  )
})

describe('what may live', () => {
  const seen: Seen = {
    mutants: 9,
    tried: 5,
    killed: 3,
    survivors: [
      { was: 'a < b', is: 'a <= b', nth: 1, isReached: true },
      { was: 'a < b', is: 'a <= b', nth: 2, isReached: true },
    ],
    on: '2026-11-23',
  }
  const known: Known[] = [
    { file: 'x/a.ts', kind: 'equivalent', reason: 'a is never b.', mutants: [{ was: 'a < b', is: 'a <= b' }] },
  ]

  it('is known by its file, its lines and its place among the same ones', () => {
    expect(unknownOf('x/a.ts', seen, known)).toEqual([seen.survivors[1]])
    expect(unknownOf('x/b.ts', seen, known)).toEqual(seen.survivors)
  })

  it('stands on the page with its reason, and counts as nothing that a test could kill', () => {
    const [file = ''] = targets[0]?.files ?? []
    const page = pageOf({ [file]: seen }, [{ ...known[0]!, file }])
    expect(page).toContain('Tried 5 of 9: 3 killed, 1 equivalent; 75.0 %.')
    expect(page).toContain('- equivalent: a is never b.\n  - `a < b` → `a <= b`\n- without a reason yet\n  - `a < b`')
    expect(page.split('Not run yet')[1]).toContain(targets[0]?.files[1]?.split('/').at(-1)?.slice(0, -3))
  })

  it('is still a mutant of its file, each once, with a reason', () => {
    const all = readKnown()
    const sources = targets.flatMap(({ files: some }) => some)
    for (const { file, reason, mutants } of all) {
      expect(sources).toContain(file)
      expect(reason).toMatch(/\S \S.*\.$/)
      const there = new Set(mutantsOf(file, read(repository, file)).map(keyOfMutant))
      for (const one of mutants) expect(there.has(keyOfKnown(one)), `${file}: ${one.was} → ${one.is}`).toBe(true)
    }
    const keys = all.flatMap(({ file, mutants }) => mutants.map((one) => `${file}\0${keyOfKnown(one)}`))
    expect(keys).toEqual([...new Set(keys)])
  })
})
