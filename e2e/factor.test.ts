import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { appCode } from '../scripts/testing/visitor.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults, walkTo } from './page-faults.ts'

const person = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'

describe.skipIf(browserAbsent)('second factors in a browser', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]
  let keys: CDPSession
  let secret = ''
  let recoveryCodes: string[] = []

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    keys = await page.context().newCDPSession(page)
    await page.goto(installation.setupLink)
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('Mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.waitForURL(`**/t/${slug}`)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  const signOut = async () => {
    // A page that still reads would be refused, and say so among the problems.
    await page.goto('about:blank')
    await page.context().clearCookies()
    await page.goto(`${installation.url}/sign-in`)
  }
  /** Types into the field that has the focus, and sends the form. */
  const type = async (text: string) => {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  test('an authenticator app is set up by picture or secret, and gives recovery codes once', async () => {
    await page.goto(`${installation.url}/account`)
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
    await page.getByRole('img', { name: 'Picture with the secret' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
    await page.getByLabel('Code of the app').fill(appCode(secret, -1))
    await page.getByRole('button', { name: 'Finish' }).click()
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    recoveryCodes = await page.locator('.recovery-codes code').allTextContents()
    expect(recoveryCodes).toHaveLength(10)
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 recovery codes are left.').waitFor()
    expect(await page.content()).not.toContain(recoveryCodes[0])
  })

  test('the second step is passed by keyboard alone, with a code and with a recovery code', async () => {
    for (const way of ['code', 'recovery code']) {
      await signOut()
      await walkTo(page, page.getByLabel('Mail address'))
      await page.keyboard.type(person.email)
      await walkTo(page, page.getByLabel('Password', { exact: true }))
      await type(person.password)
      await page.getByLabel('Code of the app').waitFor()
      expect(await pageFaults(page)).toEqual([])
      if (way === 'code') {
        await walkTo(page, page.getByLabel('Code of the app'))
        await type(appCode(secret))
      } else {
        await walkTo(page, page.getByRole('button', { name: 'Use a recovery code instead' }))
        await page.keyboard.press('Enter')
        await walkTo(page, page.getByLabel('Recovery code'))
        await type(recoveryCodes[0] ?? '')
      }
      await page.waitForURL(`**/t/${slug}`)
    }
  })

  test('a passkey is added, and signs in without a password', async () => {
    await keys.send('WebAuthn.enable')
    await keys.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.goto(`${installation.url}/account`)
    await page.getByLabel('Name of the passkey').fill('Work laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('heading', { name: 'Work laptop' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    await signOut()
    await walkTo(page, page.getByRole('button', { name: 'Sign in with a passkey' }))
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/t/${slug}`)
  })

  test('a tenant asks for a second factor, and what is dangerous for a confirmation', async () => {
    await page.goto(`${installation.url}/t/${slug}/settings`)
    const asks = page.getByRole('switch', { name: 'Only members who have shown a second factor' })
    const required = page.waitForResponse((response) => response.url().endsWith('/require_factor') && response.ok())
    await asks.click()
    await required
    await page.reload()
    expect(await asks.isChecked()).toBe(true)
    expect(await pageFaults(page)).toEqual([])
    // Ten minutes are too long for a test: the refusal that follows them is played once.
    let isRefused = false
    await page.route('**/api/tenant/require_factor', async (route) => {
      if (isRefused) return await route.continue()
      isRefused = true
      return await route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'account.confirm_needed', detail: 'Please confirm.' }),
      })
    })
    await asks.click()
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await page.getByRole('button', { name: 'Confirm with a passkey' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    const repeated = page.waitForResponse((response) => response.url().endsWith('/require_factor') && response.ok())
    await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
    await repeated
    await page.reload()
    expect(await asks.isChecked()).toBe(false)
  })

  test('a tenant that asks stays shut for the password alone, and opens by the passkey', async () => {
    await page.goto(`${installation.url}/t/${slug}/settings`)
    const required = page.waitForResponse((response) => response.url().endsWith('/require_factor') && response.ok())
    await page.getByRole('switch', { name: 'Only members who have shown a second factor' }).click()
    await required
    await page.goto(`${installation.url}/account`)
    await page.getByRole('button', { name: 'Remove Authenticator app' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor()
    await signOut()
    await page.getByLabel('Mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await page.getByText('asks for a second factor').waitFor()
    expect(await pageFaults(page)).toEqual([])
    await page.goto(`${installation.url}/t/${slug}`)
    await page.getByRole('heading', { name: 'This tenant asks for a second factor' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
    await page.locator('.line').first().waitFor()
  })

  test('a passkey is renamed and removed', async () => {
    await page.goto(`${installation.url}/account`)
    await page.getByRole('button', { name: 'Rename Work laptop' }).click()
    await page.getByRole('dialog').getByLabel('Name of the passkey').fill('Home')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('button', { name: 'Remove Home' }).click()
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('heading', { name: 'Home', exact: true }).waitFor({ state: 'detached' })
  })

  test('nothing went wrong on any of these pages but the refusals that were meant', () => {
    expect(problems.filter((problem) => !/403|asks for a second factor/.test(problem))).toEqual([])
  })
})
