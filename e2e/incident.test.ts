import { readFileSync } from 'node:fs'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const what = 'I opened my invoice and saw the invoices of somebody else.'

describe.skipIf(browserAbsent)('an incident in a browser', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]

  const ask = async <T>(operation: string, data: object) => {
    const address = `${installation.url}/api/tenants/${slug}/${operation.replace('.', '/')}`
    const response = await page.request.post(address, { data, headers: { origin: installation.url } })
    expect([operation, response.status()]).toEqual([operation, 200])
    return (await response.json()) as T
  }
  const dialog = () => page.locator('dialog[open]')
  const gone = () => dialog().waitFor({ state: 'detached' })
  const step = (name: string) => page.locator('section[aria-labelledby=next]').getByRole('button', { name })

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    const sent = { headers: { origin: installation.url } }
    await page.request.post(`${installation.url}/api/account/setup`, { ...sent, data: { token, ...person } })
    await page.request.post(`${installation.url}/api/auth/sign-in/email`, { ...sent, data: person })
    const { id } = await ask<{ id: string }>('edition.draft', {})
    await ask('edition.sign', { editionId: id })
    await ask('incident.configure', { authority: 'de-be', contact: 'privacy@provider.example', formIsOpen: true })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  test('is reported by a stranger without an account and without a script', async () => {
    const stranger = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false })
    const form = await stranger.newPage()
    await form.goto(`${installation.url}/trust/${slug}?language=en`)
    await form.getByRole('link', { name: 'Report it, without an account' }).click()
    await form.getByLabel('What happened').fill(what)
    await form.getByLabel('How we can reach you').fill('reader@customer.example')
    await form.getByRole('button', { name: 'Send the report' }).click()
    await form.getByRole('heading', { name: 'Thank you, your report was received' }).waitFor()
    await stranger.close()
  })

  test('is triaged, decided, and runs against a clock with both limits', async () => {
    await page.goto(`${installation.url}/t/${slug}/incidents`)
    await page.getByRole('link', { name: new RegExp(what.slice(0, 30)) }).click()
    await page.getByText('Can be reached: reader@customer.example').waitFor()
    await step('Triage: severity, role, known since').click()
    await dialog().getByLabel('Severity').selectOption('high')
    await dialog().getByRole('button', { name: 'Now' }).click()
    await dialog().getByRole('button', { name: 'Save' }).click()
    await gone()
    await page.getByText(/71 h 5\d min left/).waitFor()
    await page.getByText('Outer limit, not to be planned with:').waitFor()
    await step('Breach of personal data?').click()
    await dialog()
      .getByLabel(/^Confidentiality/)
      .check()
    await dialog().getByLabel('Reasons').fill('Invoices of another customer were seen.')
    await dialog().getByRole('button', { name: 'Decide' }).click()
    await gone()
    await step('Assess the risk for people').click()
    await dialog().getByLabel('Reasons').fill('Names, addresses and what was bought.')
    await dialog().getByRole('button', { name: 'Decide' }).click()
    await gone()
    await step('Write down what is known').click()
    await dialog().getByLabel('What happened to which data').fill('Invoices were mixed up in the customer area.')
    await dialog().getByLabel('Categories of people').fill('Customers')
    await dialog().getByLabel('Number of people, roughly').fill('3')
    await dialog().getByLabel('What may come of it').fill('Somebody knows what they bought.')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await gone()
    expect(await pageFaults(page)).toEqual([])
  })

  test('gives the notification as a file, says what is missing, and stands in the register once it was told', async () => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Notification to the authority as Data (JSON)' }).click()
    const file = await (await downloading).path()
    const notification = JSON.parse(readFileSync(file, 'utf8')) as {
      format: string
      facts: { people: number; contact: string }
      missing: string[]
    }
    expect(notification.format).toBe('art32.breach-notification/1')
    expect(notification.facts).toMatchObject({ people: 3, contact: 'privacy@provider.example' })
    expect(notification.missing).toEqual(['recordCategories', 'records', 'measures'])
    await step('Record that somebody was told').click()
    await dialog().getByLabel('Reference').fill('AZ 4711')
    await dialog().getByRole('button', { name: 'Record that somebody was told' }).click()
    await gone()
    await page.getByText('Reference: AZ 4711').waitFor()
    await page.getByText(/^Told /).waitFor()
    await page.goto(`${installation.url}/t/${slug}/incidents`)
    const taking = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Register of breaches as Table (CSV)' }).click()
    const register = readFileSync(await (await taking).path(), 'utf8')
    expect(register).toContain('Invoices were mixed up in the customer area.')
    expect(register).toContain('supervisory authority: ')
    expect(problems).toEqual([])
  })

  test('tells users by a bulletin that somebody has looked at, in versions', async () => {
    await page.goBack()
    await page.getByRole('button', { name: 'Write a bulletin' }).click()
    const english = dialog().getByRole('group', { name: 'In English' })
    await english.getByLabel('Title').fill('Invoices of others could be seen')
    await english.getByLabel('What happened').fill('Since Monday some readers saw invoices of others.')
    await english.getByLabel('What users should do').fill('Look at your invoices of this week.')
    await dialog().getByRole('button', { name: 'Save the draft' }).click()
    await gone()
    await page.getByRole('button', { name: 'Look at it and publish' }).click()
    await dialog().getByText('It is written in one language only.').waitFor()
    const now = dialog().getByRole('button', { name: 'Publish now' })
    expect(await now.isDisabled()).toBe(true)
    await dialog().getByLabel('I have read it as it stands here').check()
    await now.click()
    await gone()
    await page.getByText(/^Version 1, .* · being investigated$/).waitFor()
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('link', { name: 'As users see it' }).click()
    await page.getByRole('heading', { name: 'Invoices of others could be seen' }).waitFor()
    await page.getByText('Look at your invoices of this week.').waitFor()
    const shown = await page.content()
    for (const secret of ['Invoices were mixed up in the customer area.', 'AZ 4711'])
      expect(shown).not.toContain(secret)
    expect(problems).toEqual([])
  })
})
