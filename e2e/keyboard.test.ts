import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { walkTo } from './page-faults.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const home = 'this-installation'

/*
 * Nothing here clicks, and no script gives the focus. The second step of signing in stands in factor.test.ts, the sign-in of
 * an organisation in own-sign-in.test.ts, the making of a token in workplace.test.ts; they walk in the same way.
 */
describe.skipIf(browserAbsent)('by keyboard alone', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    const options = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' } as const
    ;({ page, problems } = await openPage(browser, options))
    page.setDefaultTimeout(15_000)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  const type = async (label: string, text: string) => {
    await walkTo(page, page.getByLabel(label, { exact: true }))
    await page.keyboard.type(text)
  }
  const press = async (name: string, key = 'Tab') => {
    await walkTo(page, page.getByRole('button', { name, exact: true }), key)
    await page.keyboard.press('Enter')
  }
  /** A new page takes the focus to its heading, from where the next key goes on. */
  const arrive = async (url: string) => {
    await page.waitForURL(url)
    await page.locator('h1:focus').waitFor()
    await page.locator('.loading').waitFor({ state: 'detached' })
  }
  /** Opens the menu of the person and goes down to one of its ways. */
  const choose = async (name: string) => {
    await press(person.name, 'Shift+Tab')
    await walkTo(page, page.getByRole('menuitem', { name, exact: true }), 'ArrowDown')
    await page.keyboard.press('Enter')
  }

  test('the first owner sets the installation up and makes a second tenant', async () => {
    await page.goto(installation.setupLink)
    await type('Your name', person.name)
    await type('Mail address', person.email)
    await type('Password', person.password)
    await page.keyboard.press('Enter')
    await arrive(`**/t/${home}`)
    await choose('Tenants')
    await arrive('**/tenants')
    await type('Name', 'Sample Ltd')
    await page.keyboard.press('Enter')
    await arrive('**/t/sample-ltd')
  })

  test('somebody switches to the other tenant and back', async () => {
    for (const [name, slug] of [
      ['This installation', home],
      ['Sample Ltd', 'sample-ltd'],
    ] as const) {
      await choose('Tenants')
      await arrive('**/tenants')
      await walkTo(page, page.getByRole('heading', { name, exact: true }).getByRole('link'))
      await page.keyboard.press('Enter')
      await arrive(`**/t/${slug}`)
      await page.locator('.bar-tenant').getByText(name).waitFor()
    }
  })

  test('a person signs out and in again by mail address and password', async () => {
    await choose('Sign out')
    await arrive('**/sign-in')
    await type('Mail address', person.email)
    await type('Password', 'wrong horse battery staple')
    await press('Sign in')
    await page.getByRole('alert').waitFor()
    await walkTo(page, page.getByLabel('Password', { exact: true }), 'Shift+Tab')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(person.password)
    await press('Sign in')
    await arrive('**/tenants')
  })

  test('has met nothing but the wrong password and the document that the new tenant has not yet', () => {
    expect(problems.filter((problem) => !/status of 40[14]/.test(problem))).toEqual([])
  })
})
