import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

const document = '# Measures\n\n## Confidentiality\n\n- All network communication uses TLS 1.2 or newer.\n'

describe.skipIf(browserAbsent)('the page of many tenants in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-e2e-documents-'))
  let installation: Installation
  let browser: Browser
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    mkdirSync(join(folder, 'clients'))
    for (const [name, text] of [
      ['TOM_Acme_2026.md', document],
      ['Quartz Labs.md', document],
      ['acme.pdf', 'no PDF'],
      ['clients/unknown.md', document],
      ['prices.xlsx', 'x'],
    ] as const)
      writeFileSync(join(folder, name), text)
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 390, height: 844 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
    await page.goto(installation.setupLink)
    await page.getByLabel('Your name').fill('Owner')
    await page.getByLabel('Mail address').fill('owner@example.com')
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.waitForURL('**/t/this-installation')
    await create('Acme Ltd')
    await page.goto(`${installation.url}/tenants`)
    await page.getByRole('heading', { name: 'Read several documents' }).waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = async (path: string, data?: object) =>
    data
      ? await page.request.post(`${installation.url}${path}`, { data, headers: { origin: installation.url } })
      : await page.request.get(`${installation.url}${path}`)
  const create = async (name: string) => await ask('/api/tenant/create', { name, language: 'en' })
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  const tenantOf = (name: string) => row(name).getByRole('combobox')

  test('a folder is matched by names before anything is sent', async () => {
    await page.getByLabel('Choose a folder').first().setInputFiles(folder)
    await page.getByText('One file was left out').waitFor()
    expect(await tenantOf('TOM_Acme_2026.md').inputValue()).toBe('acme-ltd')
    expect(await tenantOf('Quartz Labs.md').inputValue()).toBe('')
    expect(await tenantOf('clients/unknown.md').inputValue()).toBe('')
    await tenantOf('Quartz Labs.md').selectOption({ label: 'New tenant “Quartz Labs”' })
    expect(await pageFaults(page)).toEqual([])
    const { documents } = (await (await ask('/api/tenants/acme-ltd/document/list')).json()) as { documents: unknown[] }
    expect(documents).toEqual([])
  })

  test('each file is read into its tenant, what is refused holds up nobody, and nothing is taken into use', async () => {
    await page.getByRole('button', { name: 'Read 3 documents' }).click()
    await page.getByText('2 of 4 documents read · one refused').waitFor()
    expect(await row('acme.pdf').textContent()).toContain('Rename the file')
    expect(await row('clients/unknown.md').textContent()).toContain('not read until you choose one')
    expect(await pageFaults(page)).toEqual([])
    for (const slug of ['acme-ltd', 'quartz-labs']) {
      const listed = await (await ask(`/api/tenants/${slug}/document/list`)).json()
      expect((listed as { documents: { state: string }[] }).documents.map(({ state }) => state)).toEqual(['draft'])
    }
    await row('Quartz Labs.md').getByRole('link', { name: 'Look at what was read' }).click()
    await page.getByText('All network communication uses TLS 1.2 or newer.').waitFor()
  })

  test('reports are handed out as files', async () => {
    await page.goto(`${installation.url}/tenants`)
    for (const [name, file] of [
      ['Report Acme Ltd', /^report-acme-ltd-.*\.html$/],
      ['Reports of all', /^reports-.*\.zip$/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name, exact: true }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(file)
    }
    // The file that is no PDF was refused by the server, which the browser notes.
    expect(problems.filter((problem) => !problem.includes('422'))).toEqual([])
  })
})
