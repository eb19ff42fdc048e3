import { zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { sampleBundle } from '../apps/cli/src/testing/bundle.ts'
import { accessibilityFaults } from './accessibility.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const sample = sampleBundle()
const zipped = (files: ReadonlyMap<string, Uint8Array>) => Buffer.from(zipSync(Object.fromEntries(files)))
const changed = (path: string) =>
  new Map(sample.files).set(
    path,
    Uint8Array.from(sample.files.get(path) ?? [], (byte, at) => (at === 40 ? byte ^ 1 : byte)),
  )

describe.skipIf(browserAbsent)(`the page that verifies ${browserAbsent ?? ''}`, () => {
  let installation: Installation
  let browser: Browser

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  /** The page, loaded and then without a network. */
  const openOffline = async (language: 'en' | 'de', options = {}) => {
    const { page, problems } = await openPage(browser, options)
    await page.goto(`${installation.url}/verify?language=${language}`)
    await page.locator('#check').waitFor()
    await page.context().setOffline(true)
    return { page, problems }
  }
  const give = async (page: Page, buffer: Buffer, name = 'bundle.zip') => {
    await page.locator('#bundle').setInputFiles({ name, mimeType: 'application/zip', buffer })
  }
  const says = async (page: Page, text: string) =>
    await page.locator('#result', { hasText: text }).waitFor({ timeout: 15_000 })

  test('checks a good bundle and tampered ones without a network', async () => {
    const { page, problems } = await openOffline('en')
    await give(page, zipped(sample.files))
    await says(page, '✓ It holds.')
    const shown = await page.locator('#result').innerText()
    expect(shown).toContain('holds 4 entries, and none was changed, removed or moved')
    expect(shown).toContain('Each of the 2 lines says no more than the records it cites: 1 verified')
    expect(shown).toContain('Who made this: the key was taken from the bundle itself.')
    expect(await page.locator('#result a').getAttribute('href')).toContain(encodeURIComponent(sample.checkpoint))
    expect([...(await accessibilityFaults(page)), ...(await pageFaults(page))]).toEqual([])
    for (const path of ['tile/entries/000.p/4', 'openings/1/outcome.content', 'checkpoint', 'files/edition.pdf']) {
      await give(page, zipped(changed(path)))
      await says(page, '✗ It does not hold.')
      await says(page, path)
      await says(page, 'Nothing in it is proven.')
    }
    expect(problems).toEqual([])
    await page.context().close()
  })

  test('trusts the key and continues the checkpoint that it is given, and no others', async () => {
    const { page } = await openOffline('en')
    const other = sampleBundle({ seed: 'other ' })
    await page.locator('#key').fill(sample.vkey)
    await give(page, zipped(sample.files))
    await says(page, '✓ It holds.')
    expect(await page.locator('#result').innerText()).not.toContain('Who made this')
    await give(page, zipped(other.files))
    await says(page, 'is one that you trust')
    await page.locator('#key').fill('nonsense')
    await page.locator('#key').blur()
    await says(page, 'The key cannot be read.')
    await page.locator('#key').fill('')
    await page.locator('#key').blur()
    await says(page, '✓ It holds.')
    const held = sampleBundle({ after: 3 }).checkpoint
    await page.locator('#held').setInputFiles({ name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from(held) })
    await give(page, zipped(sample.files))
    await says(page, 'You kept a checkpoint of 6 entries; the log was cut to 4.')
    await page.context().close()
  })

  test('says clearly what is no bundle, however large', async () => {
    const { page, problems } = await openOffline('en')
    await give(page, Buffer.from('hello'))
    await says(page, 'This is no ZIP archive')
    await give(page, Buffer.from(zipSync({ 'a.txt': Uint8Array.of(1) })))
    await says(page, 'is no proof bundle of a format that is known here')
    await page.evaluate(() => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(200 * 1_048_576)], 'large.zip'))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: files }))
    })
    await says(page, 'This file is too large for a browser')
    expect(problems).toEqual([])
    await page.context().close()
  })

  test('cannot be made to show markup of a bundle', async () => {
    const { page, problems } = await openOffline('en')
    const edit = (edition: object) => ({ ...edition, title: '<img src=x onerror=alert(1)>\u202E' })
    await give(page, zipped(sampleBundle({ edit }).files))
    await says(page, '<img src=x onerror=alert(1)>')
    expect(await page.locator('#result img').count()).toBe(0)
    expect(problems).toEqual([])
    await page.context().close()
  })

  test('says it all in German, on a phone in the dark, accessibly', async () => {
    const options = { locale: 'de-DE', colorScheme: 'dark', viewport: { width: 390, height: 800 } } as const
    const { page } = await openOffline('de', options)
    await give(page, zipped(sample.files))
    await says(page, '✓ Es hält stand.')
    await says(page, 'Keine der 2 Zeilen sagt mehr als die Aufzeichnungen')
    expect(await page.locator('#result [lang=en]').allInnerTexts()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect([...(await accessibilityFaults(page)), ...(await pageFaults(page))]).toEqual([])
    await page.context().close()
  })

  test('says without JavaScript how to do it', async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false })
    await page.goto(`${installation.url}/verify?language=en`)
    expect(await page.locator('#check').isVisible()).toBe(false)
    expect(await page.locator('main').innerText()).toContain('This way needs JavaScript; the two below do not.')
    await page.context().close()
  })
})
