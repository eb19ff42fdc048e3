import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'
import { startObjectStore } from '../scripts/testing/object-store.ts'

const person = { name: 'Ada Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const rows = Array.from(
  { length: 120 },
  (_, n) => `${n},Wilrun,Ostermoor,w${n}@example.com,active,"Ms Ostermoor called, IBAN DE89370400440532013000"`,
)
const customers = Buffer.from(`id,first_name,last_name,email,status,note\n${rows.join('\n')}\n`)
const plan = JSON.stringify({
  plan: 'art32.shield/1',
  format: { kind: 'csv', delimiter: ',' },
  columns: {
    id: { type: 'number', do: 'keep' },
    first_name: { type: 'given-name', do: 'pseudonym' },
    last_name: { type: 'family-name', do: 'delete' },
    email: { type: 'email', do: 'pseudonym' },
    status: { type: 'harmless', do: 'keep' },
    note: { type: 'text', do: 'text' },
  },
})
const people = /Ostermoor|Wilrun|@example\.com|DE89/u

describe.skipIf(browserAbsent)('a job over objects in a browser', () => {
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
    await page.request.post(`${installation.url}/api/tenants/${slug}/shield/plan_save`, {
      ...sent,
      data: { name: 'customers', plan },
    })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
  })

  test('sends a folder of an object store through, and names what failed', async () => {
    const bucket = await startObjectStore()
    try {
      bucket.put('raw/one.csv', customers)
      bucket.put('raw/two.csv', customers)
      bucket.put('raw/broken.csv', 'id,first_name\n1,"never closed\n')
      await page.goto(`${installation.url}/t/${slug}/shield`)
      await page.getByText('No object store is set up yet.').waitFor()
      await page.getByRole('button', { name: 'Add an object store' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add an object store' })
      await dialog.getByLabel('Name').fill('Exports')
      await dialog.getByLabel('Address of the storage').fill(bucket.endpoint)
      await dialog.getByLabel('Region').fill('eu-central-1')
      await dialog.getByLabel('Bucket', { exact: true }).fill('test-bucket')
      await dialog.getByLabel('Access key id').fill(bucket.settings.accessKeyId)
      await dialog.getByLabel('Secret access key').fill(bucket.settings.secretAccessKey)
      expect(await pageFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { name: 'Exports' }).waitFor()
      await page.getByLabel('Names begin with').fill('raw/')
      await page.getByLabel('What comes out begins with').fill('raw/clean/')
      await page.getByRole('button', { name: 'Start the job' }).click()
      await page.getByRole('alert').getByText('must not lie where it is read from').waitFor()
      await page.getByLabel('What comes out begins with').fill('clean/')
      await page.getByRole('button', { name: 'Start the job' }).click()
      await page.getByText('Done. 2 of 3 objects done, 1 failed.').waitFor()
      await page.getByText('never closed').waitFor()
      await page.getByText('2 objects with 240 records.').waitFor()
      expect(await pageFaults(page)).toEqual([])
      expect(bucket.objects.get('clean/one.csv')?.bytes.toString()).not.toMatch(people)
      expect([...bucket.objects.keys()].filter((key) => key.startsWith('clean/'))).toHaveLength(2)
      await page.goto(`${installation.url}/t/${slug}/shield`)
      await page.getByRole('link', { name: 'From raw/ to clean/' }).waitFor()
      expect(await pageFaults(page)).toEqual([])
      expect(problems.filter((one) => !one.includes('400'))).toEqual([])
    } finally {
      await bucket.close()
    }
  })
})
