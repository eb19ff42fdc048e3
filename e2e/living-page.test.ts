import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const home = 'this-installation'

describe.skipIf(browserAbsent)('the document as living page', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let other: Page
  let problems: readonly string[]

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    const options = { viewport: { width: 1280, height: 900 }, locale: 'en-GB' } as const
    ;({ page, problems } = await openPage(browser, options))
    ;({ page: other } = await openPage(browser, options))
    page.setDefaultTimeout(15_000)
    other.setDefaultTimeout(15_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    await send(page, 'account/setup', { ...person, token })
    for (const one of [page, other])
      await send(one, 'auth/sign-in/email', { email: person.email, password: person.password })
    const { id } = (await send(page, `tenants/${home}/edition/draft`, {})) as { id: string }
    await send(page, `tenants/${home}/edition/sign`, { editionId: id })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  const send = async (from: Page, path: string, data: object): Promise<unknown> => {
    const { url } = installation
    const answer = await from.request.post(`${url}/api/${path}`, { data, headers: { origin: new URL(url).origin } })
    expect(answer.status(), await answer.text()).toBe(200)
    return await answer.json()
  }
  const open = async (one: Page, query = 'order=own') => {
    await one.goto(`${installation.url}/t/${home}?${query}`)
    await one.locator('.line').first().waitFor()
  }
  /** Begins to write the line that says this, by its key. */
  const write = async (one: Page, line: string, text: string) => {
    await one.locator('.line', { hasText: line }).locator('.proof button').focus()
    await one.keyboard.press('e')
    const area = one.getByLabel('What the line says')
    await area.waitFor()
    expect(await area.evaluate((element) => element === document.activeElement)).toBe(true)
    await area.fill(text)
  }
  const line = 'Everybody signs in with a personal account'

  test('has the same lines in every order, and remembers the last one', async () => {
    await open(page)
    const own = await page.locator('.line .proof').count()
    for (const order of ['Classic German headings', 'Headings of the standard contractual clauses']) {
      await page.getByLabel('Order').selectOption({ label: order })
      await page
        .getByRole('heading', { name: order.startsWith('Classic') ? /Zutrittskontrolle/ : /events logging/ })
        .waitFor()
      expect([order, await page.locator('.line .proof').count()]).toEqual([order, own])
    }
    await page.goto(`${installation.url}/t/${home}`)
    await page.getByRole('heading', { name: /events logging/ }).waitFor()
    await page.getByLabel('Find lines').fill('personal account')
    await page.getByText('1 line found.').waitFor()
    expect(await page.locator('.line').count()).toBe(1)
  })

  test('warns of a weakening while it is written, saves it, and takes it back', async () => {
    await open(page)
    await write(page, line, 'Everybody signs in with a personal account where possible.')
    await page.getByText('It will need a decision before the next edition.').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('.saved-note').getByText('Saved.').waitFor()
    await page.locator('.saved-note').getByText('It will need a decision').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back.').waitFor()
    await page.locator('.line', { hasText: 'by mail address and password' }).waitFor()
  })

  test('leaves everything as it was when somebody cancels', async () => {
    await open(page)
    await write(page, line, 'Nothing of this is true.')
    await page.keyboard.press('Escape')
    await page.locator('.line', { hasText: line }).waitFor()
    expect(await page.getByText('Nothing of this is true.').count()).toBe(0)
  })

  test('shows two people who write one line each other’s words, and overwrites neither by itself', async () => {
    await open(page)
    await open(other)
    await write(page, line, 'Everybody signs in with a personal account, and with a passkey.')
    await write(other, line, 'Everybody signs in with a personal account, which somebody reviews.')
    await page.keyboard.press('Control+Enter')
    await page.locator('.saved-note').waitFor()
    await other.keyboard.press('Control+Enter')
    await other.getByRole('alert').getByText('and with a passkey').waitFor()
    await other.getByRole('button', { name: 'Go on with mine' }).click()
    await other.getByRole('button', { name: 'Save', exact: true }).click()
    await other.locator('.saved-note').waitFor()
    await open(page)
    await page.locator('.line', { hasText: 'which somebody reviews' }).waitFor()
  })

  test('adds a line, moves it, and takes it out with a reason', async () => {
    await open(page)
    const added = 'Screens are locked after 5 minutes.'
    await page.locator('.line', { hasText: 'which somebody reviews' }).locator('.proof button').focus()
    await page.keyboard.press('e')
    await page.getByRole('button', { name: 'Add a line below' }).click()
    await page.getByRole('dialog').getByLabel('What the line says').fill(added)
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
    const line = page.locator('.line', { hasText: added })
    await line.locator('.proof button').focus()
    await page.keyboard.press('e')
    await page.getByRole('button', { name: 'Up', exact: true }).click()
    await expect.poll(() => order(added, 'which somebody reviews')).toBe(true)
    await page.getByRole('button', { name: 'Take out' }).click()
    // A server that takes its time: nothing is asked meanwhile about a line that is already gone.
    await page.route('**/measure/remove', async (route) => {
      const response = await route.fetch()
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await route.fulfill({ response })
    })
    await page.getByRole('dialog').getByLabel('Why it goes').fill('It stands elsewhere.')
    await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
    await expect.poll(() => page.getByText(added).count(), { timeout: 15_000 }).toBe(0)
    expect(problems).toEqual([])
  })

  /** Whether one line stands before another, as it is or while it is written. */
  const order = async (first: string, second: string) => {
    const texts = await page
      .locator('.line')
      .evaluateAll((lines) => lines.map((one) => one.querySelector('textarea')?.value ?? one.textContent))
    const at = (words: string) => texts.findIndex((text) => text.includes(words))
    return at(first) >= 0 && at(first) < at(second)
  }
})
