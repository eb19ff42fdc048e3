import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exampleEdition } from './example-edition.ts'
import { formatKeys, formats, keptFormats } from './formats.ts'
import { renderPage } from './page.ts'
import { renderKept } from './render.ts'

const guide = readFileSync(new URL('../../../docs/guides/publish-and-verify.md', import.meta.url), 'utf8')

describe('the forms of an edition', () => {
  it('have a key and a file of their own, and stand in the guide', () => {
    expect(new Set(formatKeys).size).toBe(formats.length)
    expect(new Set(formats.map(({ file }) => file)).size).toBe(formats.length)
    for (const { key, file } of formats) {
      expect(guide).toContain(`\`/trust/<tenant>/${file}\``)
      expect(guide).toContain(`\`${key}\``)
    }
  })

  it.each(['en', 'de'] as const)('are offered by the page in %s', (language) => {
    const links = Object.fromEntries(formats.map(({ key, file }) => [key, `/e/${file}`]))
    const page = renderPage(exampleEdition(language), { links }).html
    for (const { file, label } of formats) expect(page).toContain(`<a href="/e/${file}">${label[language]}</a>`)
  })

  it('are made by their makers, each file once, with the same bytes each time', async () => {
    const makers = [...new Set(keptFormats.map(({ by }) => by))]
    const twice = [exampleEdition('de'), exampleEdition('de')].map(async (edition) =>
      (await Promise.all(makers.map((by) => renderKept(edition, by)))).flatMap((files) => [...files]),
    )
    const [one = [], other = []] = await Promise.all(twice)
    expect(one.map(([file]) => file).toSorted()).toEqual(keptFormats.map(({ file }) => file).toSorted())
    for (const [index, [file, bytes]] of one.entries())
      expect([file, Buffer.compare(bytes, other[index]?.[1] ?? new Uint8Array())]).toEqual([file, 0])
  })
})
