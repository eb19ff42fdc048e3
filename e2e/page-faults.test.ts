import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { invisibleFocus, pageFaults, walkTo } from './page-faults.ts'

const good = `<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><h2>Part</h2>
<label>Name <input></label><button aria-label="Close">×</button><a href="#a">Away</a></main></html>`

describe.skipIf(browserAbsent)('the search for faults of a page', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    ;({ page } = await openPage(browser, { viewport: { width: 400, height: 300 } }))
  })
  afterAll(() => browser.close())

  test('finds none on a good page', async () => {
    await page.setContent(good)
    expect(await pageFaults(page)).toEqual([])
    expect(await invisibleFocus(page, 4)).toEqual([])
  })

  test.each([
    ['no language', ['lang="en"', ''], 'no language'],
    ['no title', ['<title>Good</title>', ''], 'no title'],
    ['two first headings', ['<h2>Part</h2>', '<h1>Part</h1>'], '2 first headings'],
    ['a level left out', ['h2>', 'h3>'], 'level 3 follows'],
    ['an input without a label', ['label>', 'i>'], 'nameless: <input'],
    ['a button without a name', [' aria-label="Close">×', '>'], 'nameless: <button'],
    ['a picture without a text', ['<h2>', '<img src="data:,"><h2>'], 'without a text'],
    ['an id twice', ['<h2>', '<i id="a">a</i><i id="a">a</i><h2>'], 'the id a twice'],
    ['something too wide', ['<h2>', '<p style="width: 900px">wide</p><h2>'], 'points wide'],
  ] as const)('finds %s', async (_, [part, instead], expected) => {
    await page.setContent(good.replaceAll(part, instead))
    expect((await pageFaults(page)).join('\n')).toContain(expected)
  })

  test('finds where the keyboard stands unseen', async () => {
    await page.setContent(good.replace('<main>', '<style>button:focus { outline: none }</style><main>'))
    expect(await invisibleFocus(page, 4)).toEqual([expect.stringContaining('<button')])
  })

  test('walks to what the keyboard reaches, and to nothing past a stop that is unseen', async () => {
    await page.setContent(good)
    await walkTo(page, page.getByRole('link'))
    await walkTo(page, page.getByLabel('Name'), 'Shift+Tab')
    await page.setContent(good.replace('<main>', '<style>button:focus { outline: none }</style><main>'))
    await expect(walkTo(page, page.getByRole('link'))).rejects.toThrow(
      'nothing shows where the keyboard stands: <button',
    )
    await page.setContent(good.replace('<a ', '<a tabindex="-1" '))
    await expect(walkTo(page, page.getByRole('link'))).rejects.toThrow('does not get to')
  })
})
