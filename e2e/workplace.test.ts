import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { docx } from '../packages/reader/src/fixtures.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { art32, startInstallation, type Installation } from './installation.ts'
import { invisibleFocus, pageFaults, walkTo } from './page-faults.ts'

const person = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const slug = 'this-installation'
const lines = [
  'All network communication uses TLS 1.2 or newer.',
  'Administrators use multi-factor authentication.',
  'Backups are made daily and kept for 30 days.',
]
const text = [
  'Technical and organisational measures',
  '',
  'Confidentiality',
  '',
  ...lines.map((line) => `- ${line}`),
].join('\n')
const paragraphs = lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('')
const pages = [
  '',
  '/read',
  '/systems',
  '/computers',
  '/findings',
  '/editions',
  '/ledger',
  '/catalogue',
  '/members',
  '/settings',
]

describe.skipIf(browserAbsent)('the whole way in a browser', () => {
  let installation: Installation
  let browser: Browser
  let folder: string
  let page: Page
  let problems: readonly string[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'art32-downloads-'))
    ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
    ;({ page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }))
    page.setDefaultTimeout(15_000)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await installation?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (path: string) => {
    await page.goto(`${installation.url}/t/${slug}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }

  test('sets up the first owner by the printed link, who is signed in and sees the document', async () => {
    await page.goto(installation.setupLink)
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('Mail address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.waitForURL(`**/t/${slug}`)
    await page.locator('.line').nth(10).waitFor()
  })

  test('makes, renames, suspends, resumes and deletes a tenant, and gives the certificate', async () => {
    await page.goto(`${installation.url}/installation`)
    await page.getByLabel('Name', { exact: true }).fill('Sample Ltd')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Rename Sample Ltd' }).click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Sample & Co')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('button', { name: 'Suspend Sample & Co' }).click()
    expect(await pageFaults(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await page.getByRole('button', { name: 'Resume Sample & Co' }).waitFor()
    expect(await pageFaults(page)).toEqual([])
    const resume = page.getByRole('button', { name: 'Resume Sample & Co' })
    const other = await page.context().newPage()
    await other.goto(`${installation.url}/t/sample-ltd`)
    await other.getByText('This tenant is suspended').waitFor()
    await other.close()
    await resume.click()
    await page.getByRole('button', { name: 'Suspend Sample & Co' }).waitFor()
    await page.goto(`${installation.url}/t/sample-ltd/settings`)
    await page.getByRole('button', { name: 'Delete Sample & Co' }).click()
    const forGood = page.getByRole('button', { name: 'Delete for good' })
    expect(await forGood.isDisabled()).toBe(true)
    await page.getByLabel('Type the short name sample-ltd').fill('sample-ltd')
    expect(await pageFaults(page)).toEqual([])
    await forGood.click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Certificate of deletion' }).click()
    const file = join(folder, 'certificate.json')
    await (await downloading).saveAs(file)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ certificate: { traces: 'removed' } })
    expect(await pageFaults(page)).toEqual([])
    await page.goto(`${installation.url}/installation`)
    await page.getByRole('link', { name: 'Certificate of deletion' }).waitFor()
    expect(await page.getByText('Sample').count()).toBe(0)
    expect(await pageFaults(page)).toEqual([])
  })

  test('makes an API token and revokes it by the keyboard alone', async () => {
    await page.goto(`${installation.url}/account`)
    const tokens = page.getByRole('region', { name: 'API tokens' })
    await walkTo(page, tokens.getByLabel('Name'))
    await page.keyboard.type('Pipeline')
    await walkTo(page, tokens.getByLabel('Read the register'))
    await page.keyboard.press('Space')
    await walkTo(page, tokens.getByRole('button', { name: 'Make the token' }))
    await page.keyboard.press('Enter')
    const token = await tokens.locator('pre').textContent()
    expect(await pageFaults(page)).toEqual([])
    const use = async () => {
      const headers = { authorization: `Bearer ${token}` }
      return (await fetch(`${installation.url}/api/tenants/${slug}/access/list`, { headers })).status
    }
    expect(await use()).toBe(200)
    await walkTo(page, tokens.getByRole('button', { name: 'Revoke or remove the token Pipeline' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await tokens.getByText('Pipeline').waitFor({ state: 'detached' })
    expect(await use()).toBe(401)
  })

  test('offers the set-up link once', async () => {
    const other = await openPage(browser)
    await other.page.goto(installation.setupLink)
    await other.page.getByLabel('Your name').fill('Another')
    await other.page.getByLabel('Mail address').fill('another@example.com')
    await other.page.getByLabel('Password', { exact: true }).fill(person.password)
    await other.page.getByRole('button', { name: 'Create the account' }).click()
    await other.page.getByRole('alert').getByText('used already').waitFor()
    await other.page.context().close()
  })

  test('chooses a new password by a link whose token leaves no trace, and says how strong it is', async () => {
    const other = await openPage(browser)
    const asked: string[] = []
    other.page.on('request', (request) => asked.push(request.url()))
    await other.page.goto(`${installation.url}/sign-in`)
    await other.page.getByRole('link', { name: 'Password forgotten?' }).click()
    await other.page.getByText('sends no mail').waitFor()
    expect(await pageFaults(other.page)).toEqual([])
    await other.page.goto(`${installation.url}/reset#made-up-token`)
    const password = other.page.getByLabel('New password', { exact: true })
    await password.waitFor()
    expect(other.page.url()).toBe(`${installation.url}/reset`)
    expect(asked.some((url) => url.includes('estimate'))).toBe(false)
    await password.fill('Password2026!')
    await other.page.getByText('Easy to guess').waitFor()
    await password.fill('correct horse battery staple')
    await other.page.getByText('●●●● Strong').waitFor()
    expect(await pageFaults(other.page)).toEqual([])
    await other.page.getByRole('button', { name: 'Set the password' }).click()
    await other.page.getByRole('alert').getByText('used already').waitFor()
    expect(asked.filter((url) => url.includes('made-up-token'))).toEqual([])
    await other.page.context().close()
  })

  test('reads a Word document that is dropped', async () => {
    await open('/read')
    const bytes = [...docx(paragraphs)]
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(content)], 'measures.docx'))
      return data
    }, bytes)
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer })
    await page.waitForURL('**/read?document=*')
    for (const line of lines) await page.getByText(line).first().waitFor()
  })

  test('says in a sentence why a file is refused', async () => {
    await open('/read')
    await page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.of() })
    expect((await page.getByRole('alert').innerText()).length).toBeGreaterThan(15)
    await page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 no') })
    await page.getByRole('alert').getByText('damaged').waitFor()
  })

  test('reads a text file, confirms its lines by the keyboard alone, and puts it into use', async () => {
    await open('/read')
    await page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'measures.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.waitForURL('**/read?document=*')
    await page.getByText(`0 of ${lines.length} lines confirmed`).waitFor()
    await page.locator('.line[tabindex="0"]').focus()
    for (let confirmed = 1; confirmed <= lines.length; confirmed++) {
      await page.keyboard.press('c')
      await page.getByText(`${confirmed} of ${lines.length} lines confirmed`).waitFor()
    }
    await page.getByRole('button', { name: 'Use as our document' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Use as our document' }).click()
    await page.waitForURL(`**/t/${slug}`)
    await page.getByText(lines[0] ?? '').waitFor()
  })

  test('looks at the systems and shows how far it is', async () => {
    await open('/systems')
    await page.getByRole('button', { name: 'Look at all now' }).click()
    await page.getByRole('heading', { name: 'Looked', exact: true }).waitFor({ timeout: 60_000 })
    const said = await page.getByText(/\d+ of \d+ connections done/).innerText()
    const [, done, all] = /(\d+) of (\d+)/.exec(said) ?? []
    expect(done).toBe(all)
    expect(Number(all)).toBeGreaterThan(1)
  })

  test('makes a draft and signs it off', async () => {
    await open('/editions')
    await page.getByRole('button', { name: 'Make a draft' }).click()
    await page.getByText('Draft', { exact: true }).nth(1).waitFor()
    await page.getByRole('button', { name: 'Sign off and publish' }).first().click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Sign off and publish' }).isDisabled()).toBe(true)
    await dialog.getByLabel('I have read the draft').check()
    await dialog.getByRole('button', { name: 'Sign off and publish' }).click()
    await page.getByRole('heading', { name: 'Edition 1' }).waitFor()
  })

  test('publishes a page that a stranger reads without JavaScript and whose bundle verifies', async () => {
    const stranger = await openPage(browser, { javaScriptEnabled: false, acceptDownloads: true })
    await stranger.page.goto(`${installation.url}/trust/${slug}`)
    for (const line of lines) expect(await stranger.page.getByText(line).count()).toBeGreaterThan(0)
    expect(await stranger.page.locator('script').count()).toBe(0)
    const downloading = stranger.page.waitForEvent('download')
    await stranger.page.locator('a[href$="bundle.zip"]').first().click()
    const bundle = join(folder, 'bundle.zip')
    await (await downloading).saveAs(bundle)
    expect(await art32('verify', bundle)).toMatchObject({ status: 0 })
    const broken = join(folder, 'broken.zip')
    writeFileSync(broken, 'no bundle')
    expect(await art32('verify', broken)).toMatchObject({ status: 2 })
    expect(stranger.problems).toEqual([])
    await stranger.page.context().close()
  })

  test('is easy to reach on every page: names, headings, and where the keyboard stands', async () => {
    const faults: Record<string, string[]> = {}
    for (const path of pages) {
      await open(path)
      faults[path] = [...(await pageFaults(page)), ...(await invisibleFocus(page, 12))]
    }
    expect(faults).toEqual(Object.fromEntries(pages.map((path) => [path, []])))
  })

  test('speaks German and keeps to it', async () => {
    await open('')
    await page.getByRole('button', { name: person.name }).click()
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
    await page.getByRole('link', { name: 'Feststellungen', exact: true }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('de')
    await page.reload()
    await page.getByRole('link', { name: 'Fassungen', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Fassungen' }).waitFor()
    expect(await page.getByRole('main').innerText()).not.toMatch(/\b(edition|sign|draft|the|and)\b/i)
  })

  test('fits a phone on every page, in German and in the dark', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.emulateMedia({ colorScheme: 'dark' })
    const faults: Record<string, string[]> = {}
    for (const path of pages) {
      await open(path)
      faults[path] = await pageFaults(page)
    }
    for (const language of ['en', 'de']) {
      await page.goto(`${installation.url}/trust/${slug}?language=${language}`)
      faults[language] = await pageFaults(page)
    }
    expect(faults).toEqual(Object.fromEntries([...pages, 'en', 'de'].map((path) => [path, []])))
  })

  test('keeps the bar in one line on a phone, however long the name of the tenant', async () => {
    await open('')
    const lines = await page.evaluate(() => {
      const tenant = document.querySelector('.bar-tenant')
      if (tenant) tenant.textContent = 'A tenant with a rather long name (example)'
      return ['.mark', '.bar-tenant', '.ways-toggle', '.person'].map((part) => {
        const element = document.querySelector<HTMLElement>(part)
        return element !== null && element.offsetHeight < 2 * parseFloat(getComputedStyle(element).lineHeight)
      })
    })
    expect(lines).toEqual([true, true, true, true])
    await page.reload()
  })

  test('prints dark on white what a page says, without what is there to be pressed', async () => {
    await open('/read')
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color)
    const onScreen = await ink()
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        document.body.dataset['ink'] = getComputedStyle(document.body).color
      })
    })
    await page.pdf()
    const printed = (await page.locator('body').getAttribute('data-ink'))?.match(/\d+/g)?.map(Number) ?? []
    expect(printed).toHaveLength(3)
    expect(Math.max(...printed)).toBeLessThan(80)
    expect(await ink()).toBe(onScreen)
    await page.emulateMedia({ media: 'print' })
    const shown = await page.evaluate(
      () => [...document.querySelectorAll('.bar, .mantine-Button-root')].filter((one) => one.checkVisibility()).length,
    )
    expect(shown).toBe(0)
    await page.emulateMedia({ media: 'screen' })
  })

  test('signs out for good', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await open('')
    await page.getByRole('button', { name: person.name }).click()
    await page.getByRole('menuitem', { name: 'Abmelden' }).click()
    await page.waitForURL('**/sign-in')
    await page.goto(`${installation.url}/t/${slug}/editions`)
    await page.waitForURL('**/sign-in?next=*')
  })

  test('has met no console error, broken rule of the page or request to another origin on the way', () => {
    // A refused upload is answered with 422, which the browser itself prints as a console error.
    expect(problems.filter((problem) => !problem.includes('status of 422'))).toEqual([])
    expect(installation.printed.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})
