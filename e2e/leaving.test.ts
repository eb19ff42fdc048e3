import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numbers, startVendors } from '../scripts/testing/leaving-vendors.ts'
import type { Vendors } from '../scripts/testing/leaving-vendors.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation } from './installation.ts'
import type { Installation } from './installation.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const kim = { name: 'Kim Sample', email: 'kim@example.com' }
const statement = 'All access is revoked promptly after an employee has left.'

interface Added {
  line: { measure: { id: string; revision: number; assurance: string } }
}

describe.skipIf(browserAbsent)('somebody who leaves, in a browser', () => {
  let installation: Installation
  let vendors: Vendors
  let browser: Browser
  let page: Page
  let problems: readonly string[]

  const post = async <T>(operation: string, data: object) => {
    const address = `${installation.url}/api/tenants/${slug}/${operation.replace('.', '/')}`
    const response = await page.request.post(address, { data, headers: { origin: installation.url } })
    expect([operation, response.status(), await response.text()]).toEqual([operation, 200, expect.any(String)])
    return (await response.json()) as T
  }
  const get = async <T>(operation: string, query = '') => {
    const response = await page.request.get(
      `${installation.url}/api/tenants/${slug}/${operation.replace('.', '/')}?${query}`,
    )
    expect([operation, response.status()]).toEqual([operation, 200])
    return (await response.json()) as T
  }
  /** Waits until the looks saw the accounts. */
  const isSeen = async (): Promise<void> => {
    for (let left = 60; left > 0; left--) {
      if ((await get<{ counts: { all: number } }>('holder.list')).counts.all >= 6) return
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  beforeAll(async () => {
    ;[installation, vendors, browser] = await Promise.all([startInstallation(), startVendors(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(20_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    const sent = { headers: { origin: installation.url } }
    await page.request.post(`${installation.url}/api/account/setup`, { ...sent, data: { token, ...person } })
    await page.request.post(`${installation.url}/api/auth/sign-in/email`, { ...sent, data: person })
    for (const [connector, settings] of Object.entries(vendors.settings))
      await post('connection.add', { connector, settings })
    await post('leaving.look', {})
    const { personId } = await post<{ personId: string }>('person.add', kim)
    await isSeen()
    const { accounts } = await get<{ accounts: { systemId: string; account: string }[] }>('holder.list')
    for (const account of Object.values(numbers)) {
      const found = accounts.find((one) => one.account === account)
      await post('holder.set', { systemId: found?.systemId, account, personId })
    }
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
    await vendors?.close()
  })

  test('leaves today, and three accounts at three vendors are open', async () => {
    await page.goto(`${installation.url}/t/${slug}/leaving`)
    await page.getByRole('button', { name: 'Somebody leaves' }).click()
    await page.getByLabel('Who leaves').selectOption({ label: kim.name })
    await page.getByRole('button', { name: 'Leaves', exact: true }).click()
    await page.getByRole('link', { name: kim.name }).click()
    await page.getByRole('button', { name: 'Look again now' }).click()
    await page.getByText('Looked at all of them.').waitFor({ timeout: 40_000 })
    await page.getByText('3 accounts open').waitFor()
    expect(await page.locator('.row .sign.bad').count()).toBe(3)
  }, 60_000)

  test('is not proven while one vendor still has the account, nor while nobody could look', async () => {
    vendors.set({ atlassian: 'gone', bitwarden: 'disabled', github: 'gone' })
    vendors.servers.github.fail('a missing right')
    await page.getByRole('button', { name: 'Look again now' }).click()
    await page.getByText('one account not looked at').waitFor({ timeout: 40_000 })
    expect(await page.getByText('proven: all accounts closed').count()).toBe(0)
    vendors.servers.github.fail(null)
  }, 60_000)

  test('is proven when every vendor was seen to have closed it', async () => {
    await page.getByRole('button', { name: 'Look again now' }).click()
    await page.getByText('proven: all accounts closed').waitFor({ timeout: 40_000 })
    expect(problems).toEqual([])
  }, 60_000)

  test('stands behind the line of the document', async () => {
    const { measures } = await get<{ measures: { id: string }[] }>('measure.list')
    const behind = measures[0]?.id
    const { line } = await post<Added>('measure.add', { behind, text: statement, catalogueIds: ['offboarding'] })
    const { id: measureId, revision } = line.measure
    await post('measure.confirm', { measureId, revision })
    await post('leaving.look', {})
    await expect
      .poll(async () => (await get<Added>('measure.show', `measureId=${measureId}`)).line.measure.assurance, {
        timeout: 40_000,
      })
      .toBe('verified')
  }, 60_000)
})
