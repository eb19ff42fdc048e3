import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPages } from './pages.ts'
import { checks } from './registry.ts'

const folder = new URL('../../../docs/reference/checks/', import.meta.url)
const pages = checkPages()

describe('the pages of the checks', () => {
  it('exist for every check and are listed', () => {
    expect(Object.keys(pages).sort()).toEqual(['index.md', ...checks.map(({ id }) => `${id}.md`)].sort())
    for (const { id } of checks) expect(pages['index.md']).toContain(`(${id}.md)`)
  })

  it.each(Object.entries(pages))('%s is as the code says; if not: npm run docs', (name, page) => {
    const file = new URL(name, folder)
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(page)
  })

  it('leave no page behind of a check that is gone', () => {
    expect(readdirSync(folder).filter((name) => !(name in pages))).toEqual([])
  })
})
