import { readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { catalogue } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isFor } from './engine/check.ts'
import { durationMs } from './engine/duration.ts'
import { fieldMeta } from './engine/text.ts'
import { checks, connectorOf, connectors } from './registry.ts'

const source = (path: string) => new URL(path, import.meta.url)
const files = readdirSync(source('.'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  /^\w+\/checks\/[\w-]+\.ts$/.test(path),
)
const text = (path: string) => readFileSync(source(path), 'utf8')
const list = text('checks.ts')

describe('the list of checks', () => {
  it('holds every check file once, and no file is left out', () => {
    expect(files.length).toBe(checks.length)
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
    for (const file of files) expect(list, file).toContain(`'./${file}'`)
  })

  it.each(files)('%s is examined by a test beside it', (file) => {
    expect(text(file.replace(/\.ts$/, '.test.ts'))).toMatch(
      new RegExp(`examine\\(\\w+, \\{[^]*from '\\./|from '\\./${basename(file)}'[^]*examine\\(`),
    )
  })

  it('counts at least 35 checks, and a connector for each', () => {
    expect(checks.length).toBeGreaterThanOrEqual(35)
    for (const check of checks) expect(connectorOf(check.connector), check.id).toBeDefined()
    expect(connectors.map(({ id }) => id).filter((id) => !checks.some((check) => isFor(check, id)))).toEqual([])
  })
})

describe.each(checks.map((check) => [check.id, check] as const))('the check %s', (_id, check) => {
  it('speaks both languages everywhere', () => {
    const texts = [check.title, check.why, check.remedy, ...Object.values(check.messages)]
    for (const { en, de } of texts) {
      expect(en.trim()).not.toBe('')
      expect(de.trim()).not.toBe('')
      const places = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort()
      expect(places(de)).toEqual(places(en))
    }
    expect(check.title.de).not.toBe(check.title.en)
  })

  it('reads groups that its connector has, has defaults for all parameters, and says how long it is fresh', () => {
    for (const id of [check.connector, ...(check.also ?? [])])
      for (const group of check.reads) expect(Object.keys(connectorOf(id)?.facts ?? {}), id).toContain(group)
    expect(check.params.parse({})).toBeDefined()
    for (const [name, schema] of Object.entries<z.ZodType>(check.params.shape))
      expect(fieldMeta(schema)?.label.de, name).toBeTruthy()
    expect(durationMs(check.maxAge)).toBeGreaterThan(0)
    expect(check.refs.length * check.sources.length).toBeGreaterThan(0)
    expect(check.pitfalls.length).toBeGreaterThan(0)
  })

  it('serves measures of the catalogue, as the catalogue says', () => {
    expect(check.serves.length).toBeGreaterThan(0)
    const own = new Map(check.serves.map(({ measure, as }) => [measure as string, as]))
    for (const measure of own.keys()) expect(catalogue.map(({ id }) => id as string)).toContain(measure)
    for (const { id, checks: named } of catalogue)
      for (const { id: named_, relation } of named) if (named_ === check.id) expect(own.get(id), id).toBe(relation)
    for (const { takes } of check.serves)
      for (const parameter of Object.values(takes ?? {})) expect(Object.keys(check.params.shape)).toContain(parameter)
  })
})

describe.each(connectors.map((connector) => [connector.id, connector] as const))(
  'the connector %s',
  (_id, connector) => {
    it('can be drawn as a form in both languages', () => {
      for (const [name, schema] of Object.entries<z.ZodType>(connector.settings.shape)) {
        const meta = fieldMeta(schema)
        expect(meta?.label.en, name).toBeTruthy()
        expect(meta?.label.de, name).toBeTruthy()
      }
      for (const { de, en } of [connector.title, connector.about, ...connector.needs.map(({ reason }) => reason)])
        expect(de.length * en.length).toBeGreaterThan(0)
      for (const schema of Object.values(connector.facts)) expect(z.toJSONSchema(schema)).toHaveProperty('type')
    })
  },
)
