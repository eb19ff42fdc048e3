import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

const source = path.join(import.meta.dirname, '..')

/** Every sentence with the path of its key. */
function flat(words: object, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...flat(value as object, `${prefix}${key}.`)],
    ),
  )
}

const english = flat(en)
const german = flat(de)
const placeholders = (sentence: string) =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name = '']) => name)
    .toSorted((left, right) => left.localeCompare(right))

const files = (ending: string) =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('.test.') && !file.startsWith('language'))
    .map((file) => ({ file, code: readFileSync(path.join(source, file), 'utf8') }))

/** Texts of a component that people read: between tags, and in attributes that are read out. */
function hardCoded(file: string, code: string): string[] {
  const found: string[] = []
  const wordy = (text: string) => /\p{L}{3,}/u.test(text)
  const visitor = new Visitor({
    JSXText: ({ value }) => {
      if (wordy(value)) found.push(value.trim())
    },
    JSXAttribute: ({ name, value }) => {
      const read =
        name.type === 'JSXIdentifier' &&
        /^(aria-label|aria-description|title|label|placeholder|description|alt|lead|over)$/.test(name.name)
      if (read && value?.type === 'Literal' && typeof value.value === 'string' && wordy(value.value))
        found.push(value.value)
    },
  })
  visitor.visit(parseSync(file, code).program)
  return found
}

describe('words', () => {
  it('has the same keys in both languages', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  it('has no empty sentence', () => {
    expect([...english, ...german].filter(([, sentence]) => sentence.trim() === '')).toEqual([])
  })

  it('fills the same placeholders in both languages', () => {
    // A plural form may leave its number out: “One line …”.
    const differing = [...english].filter(([key, sentence]) => {
      const without = (text: string) =>
        placeholders(text).filter((name) => name !== 'count' || !/_(one|other)$/.test(key))
      return without(sentence).join() !== without(german.get(key) ?? '').join()
    })
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('translates every sentence of more than two words', () => {
    const copied = [...english].filter(
      ([key, sentence]) => sentence.split(' ').length > 2 && german.get(key) === sentence,
    )
    expect(copied.map(([key]) => key)).toEqual([])
  })

  it('has both forms of every plural', () => {
    const one = [...english.keys()].filter((key) => key.endsWith('_one'))
    expect(one.filter((key) => !english.has(key.replace(/_one$/, '_other')))).toEqual([])
  })

  it('is used: each key is asked for somewhere', () => {
    const code = [...files('.tsx'), ...files('.ts')].map(({ code }) => code).join('\n')
    const asked = (key: string) => {
      const bare = key.replace(/_(one|other)$/, '')
      // Of `a.b.c` the last part, or both, may be filled in.
      const folders = [...bare.matchAll(/\./g)].map(({ index }) => bare.slice(0, index + 1)).slice(-2)
      return code.includes(`'${bare}'`) || folders.some((folder) => code.includes(`\`${folder}\${`))
    }
    expect([...english.keys()].filter((key) => !asked(key))).toEqual([])
  })
})

describe('components', () => {
  it('hold no sentence of their own', () => {
    const components = files('.tsx')
    expect(components.length).toBeGreaterThan(30)
    // Names of the product and of formats, addresses that stand for others and commands are the same in every language.
    const found = components.flatMap(({ file, code }) => hardCoded(file, code).map((text) => `${file}: ${text}`))
    expect(
      found.filter((line) => !/: (art32|art32 verify bundle\.zip|OSCAL|TXT|trust\.example\.com)$/.test(line)),
    ).toEqual([])
  })

  it('would be caught with one', () => {
    expect(hardCoded('x.tsx', 'export const X = () => <p title="Read me">Hello there</p>')).toEqual([
      'Read me',
      'Hello there',
    ])
  })
})
