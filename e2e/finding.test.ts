import { readFileSync } from 'node:fs'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { findingsOn, startFaultySite } from './faulty-site.ts'
import type { Ask, FaultySite } from './faulty-site.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const hostile = '=HYPERLINK("https://attacker.example")<img src=x onerror=alert(1)>'

describe.skipIf(browserAbsent)('a finding in a browser', () => {
  let installation: Installation
  let browser: Browser
  let site: FaultySite
  let page: Page
  let problems: readonly string[]

  const ask: Ask = async <T>(operation: string, input: object) => {
    const address = `${installation.url}/api/tenants/${slug}/${operation.replace('.', '/')}`
    const response = operation.endsWith('.list')
      ? await page.request.get(address)
      : await page.request.post(address, { data: input, headers: { origin: installation.url } })
    expect([operation, response.status()]).toEqual([operation, 200])
    return (await response.json()) as T
  }
  const open = async (path = '') => {
    await page.goto(`${installation.url}/t/${slug}/findings${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const rowOf = (text: string) => page.locator('.finding', { hasText: 'Site ·' }).filter({ hasText: text }).first()

  beforeAll(async () => {
    ;[installation, browser, site] = await Promise.all([startInstallation(), launchBrowser(), startFaultySite()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    const sent = { headers: { origin: installation.url } }
    await page.request.post(`${installation.url}/api/account/setup`, { ...sent, data: { token, ...person } })
    await page.request.post(`${installation.url}/api/auth/sign-in/email`, { ...sent, data: person })
    await findingsOn(ask, site, 'Site')
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
    await site?.close()
  })

  test('is commented, and its history tells it with what happened', async () => {
    await open()
    await page
      .getByRole('button', { name: /^History and comments/ })
      .first()
      .click()
    const panel = page.locator('dialog[open]')
    await panel.getByLabel('Comment').fill(hostile)
    await panel.getByRole('button', { name: 'Say it' }).click()
    // The field still holds it until the answer is there, which the list may be before.
    await panel.getByRole('paragraph').filter({ hasText: hostile }).waitFor()
    await panel.getByText('Ada Owner ·').waitFor()
    await panel.getByText('Finding opened').waitFor()
    expect(await panel.getByLabel('Comment').inputValue()).toBe('')
    expect(await pageFaults(page)).toEqual([])
    await panel.getByRole('button', { name: 'Take back' }).click()
    await panel.getByText('Taken back.').waitFor()
    await page.keyboard.press('Escape')
  })

  test('is excepted by a form that says what it means, listed as excepted, and withdrawn', async () => {
    await open()
    const row = rowOf('Content')
    await row.getByRole('button', { name: /^Declare an exception/ }).click()
    const form = page.locator('dialog[open]')
    await form.getByText('It hides nothing').waitFor()
    await form.getByLabel('Reason').fill('The site is switched off in spring.')
    await form.getByLabel('Last day').fill('2099-12-31')
    expect(await form.getByLabel('Last day').evaluate((field: HTMLInputElement) => field.validity.rangeOverflow)).toBe(
      true,
    )
    const last = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
    await form.getByLabel('Last day').fill(last)
    await form.getByLabel('Owner').fill(hostile)
    expect(await pageFaults(page)).toEqual([])
    await form.getByRole('button', { name: 'Declare an exception' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /^Excepted 1/ }).click()
    await page.getByText('The site is switched off in spring.').waitFor()
    await page.getByText(`Owner: ${hostile}`).waitFor()
    expect(await pageFaults(page)).toEqual([])

    await page.getByRole('button', { name: /^Withdraw the exception/ }).click()
    await page.locator('dialog[open]').getByLabel('Reason').fill('It was switched off.')
    await page.locator('dialog[open]').getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('No exception holds.').waitFor()
  })

  test('is handed out as CSV without formulas, and closes once it is mended', async () => {
    await open()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
    expect(csv).toContain('http.headers')
    expect(csv).not.toMatch(/(^|,|\n)"?=/)
    site.mend()
    const { connections } = await ask<{ connections: { id: string; systemName: string }[] }>('connection.list', {})
    const connectionIds = connections.filter(({ systemName }) => systemName === 'Site').map(({ id }) => id)
    await ask('check.run', { connectionIds })
    await expect
      .poll(async () => (await ask<{ findings: { check: string }[] }>('finding.list', {})).findings, {
        timeout: 15_000,
      })
      .not.toContainEqual(expect.objectContaining({ check: 'http.headers' }))
    await open('?state=closed')
    await rowOf('closed').waitFor()
    expect(await pageFaults(page)).toEqual([])
    expect(problems).toEqual([])
  })
})
