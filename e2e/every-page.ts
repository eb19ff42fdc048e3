import { readFileSync } from 'node:fs'

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { de } from '../apps/web/src/language/de.ts'
import { en } from '../apps/web/src/language/en.ts'
import { accessibilityFaults } from './accessibility.ts'
import { browserAbsent, launchBrowser, openPage } from './browser.ts'
import { furnish, type Furnished } from './furnished.ts'
import { startInstallation, type Installation } from './installation.ts'
import { pageFaults } from './page-faults.ts'

type Words = typeof en
type Who = 'owner' | 'guest' | 'nobody'
type Open = (page: Page, words: Words) => Promise<void>

/** How a page is looked at: where, by whom, and with what opened on it, one after the other; Escape closes. */
interface Look {
  readonly at: (made: Furnished, language: string) => string
  readonly by?: Who
  readonly opened?: Readonly<Record<string, Open>>
  /** Whether the page says why it cannot be shown; any other that says so was not looked at. */
  readonly refused?: boolean
}

/** Some sixty pages; a busy machine needs its time. */
const patienceMs = 180_000

/** In which language, light and width pages are looked at. */
export const onADesk = { words: en, language: 'en', locale: 'en-GB', scheme: 'light', width: 1280 } as const
export const onAPhone = { words: de, language: 'de', locale: 'de-DE', scheme: 'dark', width: 390 } as const

/** The routes of the workplace, as its router says them: a page that is added there has to be looked at here. */
function routesOf(source: string): string[] {
  const routes = [
    ...source.matchAll(/const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*(?:path: '([^']+)')?/g),
  ]
  const parents = new Map(routes.map(([, name = '', parent = '', path = '']) => [name, { parent, path }]))
  const pathOf = (name: string): string => {
    const route = parents.get(name)
    return route ? pathOf(route.parent) + route.path : ''
  }
  const isParent = new Set([...parents.values()].map(({ parent }) => parent))
  return [...parents.keys()].filter((name) => !isParent.has(name)).map(pathOf)
}

/** Opens what the first button of a name opens, by default a dialog; what the name holds of a record may be anything. */
const press =
  (word: (words: Words) => string, opens = 'dialog[open]'): Open =>
  async (page, words) => {
    const name = new RegExp(
      `^${word(words)
        .split(/\{\{\w+\}\}/)
        .map((text) => RegExp.escape(text))
        .join('.+')}$`,
    )
    await page.getByRole('main').getByRole('button', { name }).first().click()
    const nothing = (cause: unknown) => {
      throw new Error(`${String(name)} opens nothing on ${new URL(page.url()).pathname}`, { cause })
    }
    await page.locator(opens).first().waitFor().catch(nothing)
  }

const tenant = (path: string): Look => ({ at: ({ slug }) => `/t/${slug}${path}` })

/** By route. */
const pages: Readonly<Record<string, readonly Look[]>> = {
  '/': [{ at: () => '/' }],
  '/sign-in': [
    {
      at: () => '/sign-in',
      by: 'nobody',
      opened: {
        'the refusal': async (page) => {
          await page.locator('input[type=email]').fill('nobody@example.com')
          await page.locator('input[type=password]').fill('wrong horse battery staple')
          await page.keyboard.press('Enter')
          await page.getByRole('alert').waitFor()
        },
      },
    },
  ],
  '/setup': [{ at: () => '/setup#made-up', by: 'nobody' }],
  '/reset': [
    { at: () => '/reset', by: 'nobody' },
    { at: () => '/reset#made-up', by: 'nobody' },
  ],
  '/address': [{ at: () => '/address#made-up', by: 'nobody' }],
  '/invitation': [{ at: ({ invitation }) => `/invitation${invitation}`, by: 'nobody' }, { at: () => '/invitation#x' }],
  '/unsubscribe': [{ at: () => '/unsubscribe?token=made-up', by: 'nobody' }],
  '/tenants': [{ at: () => '/tenants' }, { at: () => '/tenants', by: 'guest' }],
  '/account': [
    {
      at: () => '/account',
      opened: {
        'the set-up of an app': press(({ factor }) => factor.begin),
        'the deletion of the account': press(({ yourData }) => yourData.delete),
      },
    },
  ],
  '/installation': [
    {
      at: () => '/installation',
      opened: {
        'a new name': press(({ installation }) => installation.rename),
        'the suspension': press(({ installation }) => installation.suspendOf),
      },
    },
  ],
  '/t/$slug/': [
    {
      ...tenant(''),
      opened: {
        'the menu of the person': async (page) => {
          await page.locator('.person button').first().click()
          await page.getByRole('menu').waitFor()
        },
        'the keys': async (page) => {
          await page.keyboard.press('?')
          await page.getByRole('dialog').waitFor()
        },
        'the ways': async (page) => {
          const toggle = page.locator('.ways-toggle')
          if (await toggle.isVisible()) await toggle.click()
        },
      },
    },
    { at: ({ slug, lineId }) => `/t/${slug}?line=${lineId}` },
    { at: () => '/t/resting-ltd', refused: true },
    { at: () => '/t/sample-ltd' },
  ],
  '/t/$slug/read': [
    tenant('/read'),
    {
      at: ({ slug, documentId }) => `/t/${slug}/read?document=${documentId}`,
      opened: { 'putting it into use': press((words) => words.read.adopt) },
    },
    { at: ({ slug, lineId }) => `/t/${slug}/read?line=${lineId}` },
  ],
  '/t/$slug/systems': [
    {
      ...tenant('/systems'),
      opened: {
        outcomes: press(({ systems }) => systems.outcomes, '.outcomes'),
        'the export': async (page, { export: words }) => {
          await page.getByText(words.title).click()
          await page.getByRole('button', { name: words.download }).waitFor()
        },
        'the history': press(({ history }) => history.of),
        'the removal': press(({ systems }) => systems.remove),
        'the keys of a drill': press(({ drillKeys }) => drillKeys.of),
      },
    },
  ],
  '/t/$slug/platforms': [
    { ...tenant('/platforms'), opened: { 'the acknowledgement': press(({ platform }) => platform.acknowledgeOf) } },
    tenant('/platforms?all=true'),
  ],
  '/t/$slug/parameters': [tenant('/parameters'), tenant('/parameters?check=web.security-txt')],
  '/t/$slug/accounts': [
    { ...tenant('/accounts'), opened: { 'whose it is': press(({ holder }) => holder.setOf) } },
    tenant('/accounts?of=left'),
  ],
  '/t/$slug/leaving': [{ ...tenant('/leaving'), opened: { 'who leaves': press(({ leaving }) => leaving.start) } }],
  '/t/$slug/reviews': [tenant('/reviews')],
  '/t/$slug/duties': [
    {
      ...tenant('/duties'),
      opened: { 'setting up': press(({ duty }) => duty.setUp), adding: press(({ duty }) => duty.add) },
    },
    tenant('/duties?of=open'),
    tenant('/duties?of=done'),
  ],
  '/t/$slug/files': [
    {
      ...tenant('/files'),
      opened: {
        'a preview': press(({ file }) => file.previewOf),
        deleting: press(({ file }) => file.deleteOf),
      },
    },
  ],
  '/t/$slug/shield': [
    { ...tenant('/shield'), opened: { 'a new object store': press(({ shieldJob }) => shieldJob.add) } },
  ],
  '/t/$slug/shield/jobs/$jobId': [{ at: ({ slug, jobId }) => `/t/${slug}/shield/jobs/${jobId}` }],
  '/t/$slug/shield/$importId': [{ at: ({ slug, importId }) => `/t/${slug}/shield/${importId}` }],
  '/t/$slug/people': [
    {
      ...tenant('/people'),
      opened: { 'a new person': press(({ record }) => record.add), 'reading in': press(({ record }) => record.import) },
    },
    { ...tenant('/people?view=courses'), opened: { 'a course of others': press(({ course }) => course.add) } },
    { ...tenant('/people?view=points'), opened: { 'a template': press(({ checklist }) => checklist.addTemplate) } },
    { ...tenant('/people?view=items'), opened: { 'a key': press(({ item }) => item.add) } },
    tenant('/people?view=mine'),
  ],
  '/t/$slug/people/$personId': [
    {
      at: ({ slug, personId }) => `/t/${slug}/people/${personId}`,
      opened: {
        confidentiality: press(({ record }) => record.addAgreement),
        'the last day': press(({ record }) => record.leave),
      },
    },
  ],
  '/t/$slug/course/$courseId': [{ at: ({ slug, courseId }) => `/t/${slug}/course/${courseId}` }],
  '/t/$slug/customers': [
    {
      ...tenant('/customers'),
      opened: {
        adding: press(({ customer }) => customer.add),
        'a file of customers': press(({ customer }) => customer.import.open),
      },
    },
    tenant('/customers?of=open'),
    { ...tenant('/customers?of=notices'), opened: { 'the contact': press(({ notice }) => notice.setContact) } },
  ],
  '/t/$slug/customer/$customerId': [
    {
      at: ({ slug, customerId }) => `/t/${slug}/customer/${customerId}`,
      opened: {
        'the customer': press(({ customer }) => customer.change),
        'the agreement': press(({ contract }) => contract.change),
        'the end': press(({ contract }) => contract.end),
      },
    },
  ],
  '/t/$slug/processing': [
    { ...tenant('/processing'), opened: { proposals: press(({ processing }) => processing.propose) } },
  ],
  '/t/$slug/apps': [
    {
      ...tenant('/apps'),
      opened: {
        'a new app': press(({ app }) => app.add),
        'what art32 deletes': press(({ deletionRun }) => deletionRun.ownShow),
      },
    },
  ],
  '/t/$slug/app/$appId': [
    {
      at: ({ slug, appId }) => `/t/${slug}/app/${appId}`,
      opened: {
        'its facts': press(({ app }) => app.edit),
        'the publication': press(({ app }) => app.publish),
        'the end': press(({ app }) => app.end),
        'the runs': press(({ deletionRun }) => deletionRun.showOf),
        'a rule': press(({ deletionRun }) => deletionRun.add),
      },
    },
  ],
  '/t/$slug/computers': [tenant('/computers')],
  '/t/$slug/changes': [tenant('/changes'), tenant('/changes?all=true')],
  '/t/$slug/findings': [
    {
      ...tenant('/findings'),
      opened: {
        'the history with comments': press(({ finding }) => finding.historyOf),
        'the exception': press(({ exception }) => exception.declareOf),
      },
    },
    {
      ...tenant('/findings?state=excepted'),
      opened: { 'the withdrawal': press(({ exception }) => exception.withdrawOf) },
    },
    tenant('/findings?state=closed'),
  ],
  '/t/$slug/processors': [
    { ...tenant('/processors'), opened: { 'a new processor': press(({ processor }) => processor.add) } },
    {
      ...tenant('/processors?changes=true'),
      opened: { 'an announcement': press(({ processor }) => processor.announce) },
    },
  ],
  '/t/$slug/processor/$processorId': [
    {
      at: ({ slug, processorId }) => `/t/${slug}/processor/${processorId}`,
      opened: {
        'its fields': press(({ processor }) => processor.edit),
        'an agreement': press(({ processor }) => processor.addAgreement),
        'a certificate': press(({ processor }) => processor.addProof),
        'what it guarantees': press(({ processor }) => processor.editShares, 'main form'),
      },
    },
  ],
  '/t/$slug/incidents': [
    {
      ...tenant('/incidents'),
      opened: {
        'a report': press(({ incident }) => incident.report),
        'an exercise': press(({ incident }) => incident.drill),
      },
    },
    tenant('/incidents?state=closed'),
  ],
  '/t/$slug/incidents/settings': [tenant('/incidents/settings')],
  '/t/$slug/incident/$incidentId': [
    {
      at: ({ slug, incidentId }) => `/t/${slug}/incident/${incidentId}`,
      opened: {
        'the triage': press(({ incident }) => incident.step.triage),
        'what is known': press(({ incident }) => incident.describe),
        'the decision': press(({ incident }) => incident.step.breach),
        'the notice': press(({ incident }) => incident.record),
        'the bulletin': press(({ incident }) => incident.bulletin.write),
      },
    },
  ],
  '/t/$slug/requests': [
    {
      ...tenant('/requests'),
      opened: {
        'a new request': press(({ request }) => request.record),
        'the settings': press(({ request }) => request.settings),
      },
    },
    tenant('/requests?state=answered'),
  ],
  '/t/$slug/request/$requestId': [
    {
      at: ({ slug, requestId }) => `/t/${slug}/request/${requestId}`,
      opened: {
        'the role': press(({ request }) => request.triage),
        'the look': press(({ request }) => request.look),
        'the answer': press(({ request }) => request.act.answer),
        'the refusal': press(({ request }) => request.act.refusal),
      },
    },
  ],
  '/t/$slug/guidelines': [
    { ...tenant('/guidelines'), opened: { 'a new guideline': press(({ guideline }) => guideline.add) } },
    tenant('/guidelines?mine=true'),
  ],
  '/t/$slug/guideline/$guidelineId': [
    {
      at: ({ slug, guidelineId }) => `/t/${slug}/guideline/${guidelineId}`,
      opened: {
        'the draft': press(({ guideline }) => guideline.edit, 'select[multiple]'),
        'the withdrawal': press(({ guideline }) => guideline.withdraw),
      },
    },
  ],
  '/t/$slug/risks': [{ ...tenant('/risks'), opened: { 'a new risk': press(({ risk }) => risk.add) } }],
  '/t/$slug/risk/$riskId': [
    {
      at: ({ slug, riskId }) => `/t/${slug}/risk/${riskId}`,
      opened: {
        'the assessment': press(({ risk }) => risk.assess, 'select[multiple]'),
        'the acceptance': press(({ risk }) => risk.accept),
      },
    },
  ],
  '/t/$slug/audits': [{ ...tenant('/audits'), opened: { 'a new audit': press(({ audit }) => audit.plan) } }],
  '/t/$slug/audit/$auditId': [
    {
      at: ({ slug, auditId }) => `/t/${slug}/audit/${auditId}`,
      opened: { 'what somebody saw': press(({ audit }) => audit.note) },
    },
  ],
  '/t/$slug/reports': [
    { ...tenant('/reports'), opened: { 'writing one down': press(({ report }) => report.add) } },
    tenant('/reports?over=true'),
  ],
  '/t/$slug/report/$reportId': [{ at: ({ slug, reportId }) => `/t/${slug}/report/${reportId}` }],
  '/t/$slug/advisory/$advisoryId': [{ at: ({ slug, advisoryId }) => `/t/${slug}/advisory/${advisoryId}` }],
  '/t/$slug/editions/compare': [tenant('/editions/compare')],
  '/t/$slug/editions/letterhead': [tenant('/editions/letterhead')],
  '/t/$slug/editions': [{ ...tenant('/editions'), opened: { 'the signature': press(({ edition }) => edition.sign) } }],
  '/t/$slug/ledger': [tenant('/ledger')],
  '/t/$slug/catalogue': [tenant('/catalogue')],
  '/t/$slug/members': [{ ...tenant('/members'), opened: { 'the removal': press(({ members }) => members.removeWho) } }],
  '/t/$slug/access': [tenant('/access')],
  '/t/$slug/history': [tenant('/history')],
  '/t/$slug/rooms': [tenant('/rooms'), { ...tenant('/rooms'), by: 'guest' }],
  '/t/$slug/room/$roomId': [
    { at: ({ slug, roomId }) => `/t/${slug}/room/${roomId}`, by: 'guest' },
    { at: ({ slug, roomId }) => `/t/${slug}/room/${roomId}` },
  ],
  '/t/$slug/settings': [
    tenant('/settings'),
    {
      at: () => '/t/sample-ltd/settings',
      opened: { 'the deletion': press(({ deletion }) => deletion.of) },
    },
  ],
  '/t/$slug/public-page': [tenant('/public-page')],
  '/t/$slug/notifications': [tenant('/notifications')],
  '/t/$slug/webhooks': [
    {
      ...tenant('/webhooks'),
      opened: { deliveries: press(({ webhook }) => webhook.historyOf, '[aria-expanded=true]') },
    },
  ],
}

/** Pages of no route: the server writes them, or nobody wrote them. */
const others: readonly Look[] = [
  { at: ({ slug }, language) => `/trust/${slug}?language=${language}`, by: 'nobody' },
  { at: ({ slug }, language) => `/trust/${slug}/confirm?token=made-up&language=${language}`, by: 'nobody' },
  { at: ({ slug }, language) => `/trust/${slug}/unsubscribe?token=made-up&language=${language}`, by: 'nobody' },
  { at: ({ slug }, language) => `/trust/${slug}/editions?language=${language}`, by: 'nobody' },
  { at: ({ slug }, language) => `/trust/${slug}/documents?language=${language}`, by: 'nobody' },
  { at: (_, language) => `/privacy?language=${language}`, by: 'nobody' },
  { at: (_, language) => `/verify?language=${language}`, by: 'nobody' },
  { at: () => '/nothing', by: 'nobody' },
]

/** Looks at every page of a furnished installation by axe and by the rules of our own. */
export function examineEveryPage(
  name: string,
  { words, language, locale, scheme, width }: typeof onADesk | typeof onAPhone,
  half: 0 | 1,
): void {
  describe.skipIf(browserAbsent)(`every other page, ${name}`, () => {
    let installation: Installation
    let browser: Browser
    let made: Furnished

    beforeAll(async () => {
      ;[installation, browser] = await Promise.all([startInstallation(), launchBrowser()])
      made = await furnish(browser, installation)
    }, 120_000)

    afterAll(async () => {
      await browser?.close()
      await installation?.stop()
    })

    test('knows every route of the workplace', () => {
      const source = readFileSync(new URL('../apps/web/src/router.tsx', import.meta.url), 'utf8')
      const routes = routesOf(source)
      // All but the two that have no page of their own: those signed in, and those of a tenant.
      expect(routes.length + 2).toBe([...source.matchAll(/= createRoute\(/g)].length)
      expect(Object.keys(pages).toSorted()).toEqual(routes.toSorted())
    })

    test('finds a button without a name', async () => {
      const { page } = await openPage(browser)
      await page.goto(`${installation.url}/sign-in`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')))
      expect(await accessibilityFaults(page)).toEqual([expect.stringContaining('button-name: <button>')])
      await page.context().close()
    })

    /** Until everything was answered; the browser's own "network idle" is half a second more, a hundred times. */
    const settled = async (page: Page) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForFunction(() => document.querySelector('.loading, [aria-busy=true]') === null)
    }
    const contexts = async (options: BrowserContextOptions): Promise<Record<Who, Page>> => {
      const open = async (of?: BrowserContext) => {
        const state = of ? { storageState: await of.storageState() } : {}
        const { page } = await openPage(browser, { ...options, ...state, reducedMotion: 'reduce' })
        page.setDefaultTimeout(10_000)
        return page
      }
      return { owner: await open(made.owner), guest: await open(made.guest), nobody: await open() }
    }

    test(
      'gives axe nothing to find',
      async () => {
        const people = await contexts({ locale, colorScheme: scheme, viewport: { width, height: 900 } })
        const faults: Record<string, string[]> = {}
        const look = async (name: string, page: Page) => {
          const found = [...(await accessibilityFaults(page)), ...(await pageFaults(page))]
          if (found.length > 0) faults[name] = found
        }
        const looks = [...Object.values(pages).flat(), ...others].filter((_, place) => place % 2 === half)
        for (const { at, by = 'owner', opened = {}, refused = false } of looks) {
          const [page, path] = [people[by], at(made, language)]
          await page.goto(`${installation.url}${path}`)
          await settled(page)
          await look(`${path} by ${by}`, page)
          const failed = (await page.locator('h1').textContent()) === words.error.title
          expect({ path, failed }).toEqual({ path, failed: refused })
          for (const [what, open] of Object.entries(opened)) {
            const isOpen = await open(page, words).then(
              () => true,
              (error: unknown) => {
                faults[`${path} with ${what}`] = [String(error)]
                return false
              },
            )
            if (!isOpen) continue
            await settled(page)
            await look(`${path} with ${what}`, page)
            await page.keyboard.press('Escape')
            await page.locator('dialog[open]').waitFor({ state: 'detached' })
          }
        }
        await people.nobody.goto(`${installation.url}/sign-in`)
        await people.nobody.locator('input[type=email]').fill(made.careful.email)
        await people.nobody.locator('input[type=password]').fill(made.careful.password)
        await people.nobody.keyboard.press('Enter')
        await people.nobody.getByLabel(words.factor.code, { exact: true }).waitFor()
        await look('the second step of signing in', people.nobody)
        expect(faults).toEqual({})
        await Promise.all(Object.values(people).map((page) => page.context().close()))
      },
      patienceMs,
    )
  })
}
