import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const rows = Array.from(
  { length: 120 },
  (_, n) => `${n},Wilrun,Ostermoor,w${n}@example.com,active,"Ms Ostermoor called, IBAN DE89370400440532013000"`,
)
const customers = Buffer.from(`id,first_name,last_name,email,status,note\n${rows.join('\n')}\n`)
const people = /Ostermoor|Wilrun|@example\.com|DE89/u

describe.skipIf(browserAbsent)('an import in a browser', () => {
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    const token = new URL(installation.setupLink).hash.slice(1)
    const sent = { headers: { origin: installation.url } }
    await page.request.post(`${installation.url}/api/account/setup`, { ...sent, data: { token, ...person } })
    await page.request.post(`${installation.url}/api/auth/sign-in/email`, { ...sent, data: person })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  test('begins with a plan that a person corrects, and the first rows before and after', async () => {
    await page.goto(`${installation.url}/t/${slug}/shield`)
    await page.getByText('Nothing was imported yet').waitFor()
    const file = { name: 'customers.csv', mimeType: 'text/csv', buffer: customers }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByLabel('What is done: email').waitFor()
    expect(await page.getByLabel('What is done: email').inputValue()).toBe('pseudonym')
    await page.getByLabel('What is done: last_name').selectOption('delete')
    await page.getByRole('button', { name: 'Show the first rows before and after' }).click()
    await page.getByRole('region', { name: 'Before' }).getByText('Wilrun').first().waitFor()
    const after = await page.getByRole('region', { name: 'After' }).textContent()
    expect(after).not.toMatch(people)
    expect(after).toContain('[iban]')
    expect(await pageFaults(page)).toEqual([])
  })

  test('keeps what came out, with a report in words', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('customers.csv is kept without its personal data.').waitFor()
    await page.getByText(/^120 records; /).waitFor()
    const kept = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download customers.clean.csv', exact: true }).click()
    const stream = await (await kept).createReadStream()
    let text = ''
    for await (const part of stream) text += String(part)
    expect(text.split('\n')).toHaveLength(122)
    expect(text).not.toMatch(people)
    await page.getByRole('link', { name: 'customers.clean.csv' }).click()
    await page.getByRole('heading', { name: 'The report of customers.clean.csv' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
  })

  test('takes the plan as a file, and obeys one that is brought', async () => {
    await page.goto(`${installation.url}/t/${slug}/shield`)
    const taken = page.waitForEvent('download')
    await page.getByRole('button', { name: 'As a file (YAML): customers' }).click()
    const stream = await (await taken).createReadStream()
    let text = ''
    for await (const part of stream) text += String(part)
    expect(text).toContain('plan: art32.shield/1')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: customers })
    await page.getByLabel('Begin with').selectOption({ label: 'a plan as a file' })
    // A name of its own each time: the page says which file it uses once it has read it.
    const bring = async (name: string, content: string) => {
      await page
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: `${name}.plan.yaml`, mimeType: 'application/yaml', buffer: Buffer.from(content) })
      await page.getByText(`The plan is used as ${name}.plan.yaml says.`).waitFor()
      await page.getByRole('button', { name: 'Import', exact: true }).click()
    }
    await bring('strange', text.replace('art32.shield/1', 'something else'))
    await page.getByRole('alert').getByText('The plan cannot be used.').waitFor()
    expect(await pageFaults(page)).toEqual([])
    await bring('strict', text)
    await page.getByText('customers.csv is kept without its personal data.').waitFor()
    await page.getByRole('heading', { name: 'strict', exact: true }).waitFor()
  })

  test('says what is wrong with a file, and can begin with the plan of before', async () => {
    await page.goto(`${installation.url}/t/${slug}/shield`)
    const broken = Buffer.concat([customers, Buffer.from('121,"never closed\n')])
    const choose = async (buffer: Buffer) =>
      await page.locator('input[type=file]').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer })
    await choose(broken)
    await page.getByRole('alert').getByText('never closed').waitFor()
    await choose(customers)
    await page.getByLabel('Begin with').selectOption({ label: 'customers' })
    await expect.poll(() => page.getByLabel('What is done: last_name').inputValue()).toBe('delete')
    expect(problems.filter((one) => !/415|400/u.test(one))).toEqual([])
  })
})
