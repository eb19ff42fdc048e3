import { readFileSync } from 'node:fs'

import { unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const asker = { name: 'Kim Sample', email: 'kim@example.com' }

describe.skipIf(browserAbsent)('a request of a data subject in a browser', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]
  /** Of whoever asks: without an account, and without a script. */
  let own: Page

  const dialog = () => page.locator('dialog[open]')
  const step = (name: string) => page.locator('section[aria-labelledby=next]').getByRole('button', { name })
  async function send(name: string) {
    await dialog().getByRole('button', { name, exact: true }).click()
    await dialog().waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    const ask = async (address: string, data: object) => {
      const sent = { headers: { origin: installation.url }, data }
      const response = await page.request.post(`${installation.url}/api/${address}`, sent)
      expect([address, response.status()]).toEqual([address, 200])
      return (await response.json()) as { id: string }
    }
    await ask('account/setup', { token, ...person })
    await ask('auth/sign-in/email', person)
    const { id } = await ask(`tenants/${slug}/edition/draft`, {})
    await ask(`tenants/${slug}/edition/sign`, { editionId: id })
    await ask(`tenants/${slug}/request/configure`, { formIsOpen: true })
    await ask(`tenants/${slug}/person/add`, asker)
    const stranger = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false })
    own = await stranger.newPage()
    own.setDefaultTimeout(15_000)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  test('is sent by the public form, which answers with the one link and the day of the answer', async () => {
    await own.goto(`${installation.url}/trust/${slug}?language=en`)
    await own.getByRole('link', { name: 'Ask, without an account' }).click()
    await own.locator('input[name=kind][value=access]').check()
    await own.getByLabel('In your words').fill('Which data about me do you hold?')
    await own.getByLabel('Your name').fill(asker.name)
    await own.getByLabel('Your mail address').fill(asker.email)
    await own.getByRole('button', { name: 'Send the request' }).click()
    await own.getByRole('heading', { name: 'Your request no.' }).waitFor()
    await own.getByText('Answer by').waitFor()
    expect(own.url()).toMatch(/\/request\/[0-9a-f]{64}/)
    await page.goto(`${installation.url}/t/${slug}/requests`)
    await page.getByText(/^Due on .*, in (?:2\d|3\d) days/).waitFor()
  })

  test('waits until its sender has proved who they are, by the link', async () => {
    await page
      .getByRole('main')
      .getByRole('link', { name: /access/i })
      .first()
      .click()
    await step('Say what and who').click()
    await send('Save')
    await step('Ask who it is').click()
    await dialog().getByLabel('What is asked for').fill('The number of your contract')
    await dialog().getByLabel('Why there are doubts').fill('Two people have this name.')
    await dialog().getByLabel('Letter').fill('Please tell us the number of your contract.')
    await dialog().getByLabel('How the person is told').selectOption('link')
    await send('Ask who it is')
    await own.reload()
    await own.getByText('Please tell us the number of your contract.').waitFor()
    await own.getByLabel('Add something').fill('It is 4711.')
    await own.getByRole('button', { name: 'Send', exact: true }).click()
    await own.getByText('It is 4711.').waitFor()
    await page.reload()
    await page.getByText('It is 4711.').waitFor()
    await step('Identity is clear').click()
    await dialog().getByLabel('How it became clear').fill('The number was right.')
    await send('Save')
    await page.getByText('The number was right.').first().waitFor()
  })

  test('is looked for in stores that have names, and answered with the data behind the link', async () => {
    await step('Look for the data').click()
    await send('Look for the data')
    await page.getByRole('heading', { name: 'Records of people' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    await step('Answer').click()
    await dialog().getByLabel('Hand out what was found behind the link').check()
    await dialog().getByLabel('Letter').fill('This is all that we hold about you.')
    await dialog().getByLabel('How the person is told').selectOption('link')
    await send('Answer')
    await page.getByText(/^The data are handed out by the link until/).waitFor()
    await own.reload()
    await own.getByText('This is all that we hold about you.').waitFor()
    const downloading = own.waitForEvent('download')
    await own.getByRole('link', { name: 'Take your data along (ZIP)' }).click()
    const parts = unzipSync(readFileSync(await (await downloading).path()))
    expect(new TextDecoder().decode(parts['data/person.csv'])).toContain(asker.email)
    expect(new TextDecoder().decode(parts['looked.csv'])).toContain('Records of people')
    await page.reload()
    await page.getByText(/They were taken 1 time/).waitFor()
    expect(problems).toEqual([])
  })
})
