import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startProvider, type TestProvider } from '../scripts/testing/provider.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults, walkTo } from './page-faults.ts'

const person = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'

describe.skipIf(browserAbsent)("the tenant's own sign-in in a browser", () => {
  let installation: Installation
  let browser: Browser
  let provider: TestProvider
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await provider?.stop()
    await installation?.stop()
  })

  test('is set up by an owner, who also allows the mail domain', async () => {
    await page.goto(installation.setupLink)
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('Mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.waitForURL(`**/t/${slug}`)
    await page.goto(`${installation.url}/installation`)
    await page.getByRole('textbox', { name: 'Mail domain' }).fill('example.com')
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('button', { name: 'Withdraw example.com' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    await page.goto(`${installation.url}/t/${slug}/settings`)
    const redirect = page.locator('[aria-labelledby=own-sign-in] pre')
    provider = await startProvider((await redirect.textContent()) ?? '', [
      { sub: 'ada', name: 'Ada', email: 'ada@example.com', groups: ['editors'] },
    ])
    await page.getByLabel('Issuer').fill(provider.issuer)
    await page.getByLabel('Client id').fill(provider.clientId)
    await page.getByLabel('Client secret').fill(provider.clientSecret)
    await page.getByRole('button', { name: 'Add a group' }).click()
    await page.getByLabel('Group', { exact: true }).fill('editors')
    await page.getByLabel('Role', { exact: true }).selectOption('editor')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Try it' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    expect(problems).toEqual([])
  })

  test('lets somebody in by keyboard alone, who sees that tenant with the role of the group', async () => {
    const { page: hers, problems: seen } = await openPage(await launchBrowser(), {
      viewport: { width: 390, height: 844 },
      locale: 'en-GB',
    })
    await hers.goto(`${installation.url}/sign-in`)
    await hers.getByRole('textbox', { name: 'Organisation' }).waitFor()
    expect(await pageFaults(hers)).toEqual([])
    await walkTo(hers, hers.getByRole('textbox', { name: 'Organisation' }))
    await hers.keyboard.type('example.com')
    // What the provider's page asks for is not ours.
    expect(seen).toEqual([])
    await hers.keyboard.press('Enter')
    await hers.waitForURL('**/interaction/*')
    await hers.locator('input[name=login]').fill('ada')
    await hers.locator('input[name=password]').fill('any')
    await hers.keyboard.press('Enter')
    await hers.waitForURL(`${installation.url}/t/${slug}`)
    await hers.goto(`${installation.url}/t/${slug}/members`)
    await hers.getByText('ada@example.com').waitFor()
    await hers.goto(`${installation.url}/account`)
    await hers.getByRole('heading', { level: 1 }).waitFor()
    await hers.getByText('connected', { exact: true }).waitFor()
    expect(await pageFaults(hers)).toEqual([])
    await hers.context().browser()?.close()
  })
})
